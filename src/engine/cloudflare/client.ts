/**
 * The API client of one credential: the reads that monitoring needs, and the writes that a person may ask for. It keeps the
 * last good list of each account, so one client serves one credential for as long as it is watched.
 */
import type { AccountId, Millis, Tunnel, TunnelId } from '../../shared/model.ts';
import { type Clock, systemClock } from '../clock.ts';
import { openEnvelope } from './answer.ts';
import { parseApiBase } from './api-base.ts';
import type { Answer, CloudflareReader, CredentialSource, ListSnapshot, Transport } from './contract.ts';
import { createExchange, type Exchange, type Question } from './exchange.ts';
import { PERMISSIONS } from './fault.ts';
import { readHealth } from './health-pages.ts';
import { createListReader, type ListReader } from './list-reader.ts';
import { tunnelsPath } from './paths.ts';
import { unwrapTunnel } from './schema.ts';
import { createSurroundingsReader, type SurroundingsReader } from './surroundings.ts';
import { readTraffic } from './traffic.ts';
import { createMarker, type Marker, readTunnel } from './tunnel.ts';
import { createVerifier, type Verifier } from './verify.ts';
import { createWriteProbe, type WriteProbe } from './write-probe.ts';
import { type CloudflareWriter, createWriter } from './writer.ts';

export interface CloudflareClientOptions {
  /** https, or http to this machine; `parseApiBase` says beforehand whether it will do. */
  readonly apiBase: string;
  readonly credentials: CredentialSource;
  readonly transport: Transport;
  /** `tunnelwatch/VERSION`: Cloudflare's support can find us by it. */
  readonly userAgent: string;
  /** For the whole of each exchange; 20 s by default. */
  readonly deadlineMs?: Millis;
  /** Largest body, decoded; 64 MiB by default, room for about 30,000 tunnels. */
  readonly maxBytes?: number;
  /** Rows of one page of health results; 10,000 by default, the most that GraphQL usually grants. */
  readonly healthPageSize?: number;
  readonly clock?: Clock;
}

export interface CloudflareClient
  extends CloudflareReader,
    SurroundingsReader,
    CloudflareWriter,
    Verifier,
    WriteProbe {}

const DEADLINE_MS: Millis = 20_000;
const MAX_BYTES = 64 * 1_048_576;
const HEALTH_PAGE_SIZE = 10_000;

/** @throws when the API address is not acceptable: the settings are checked before a client is made. */
export function createCloudflareClient(options: CloudflareClientOptions): CloudflareClient {
  const base = parseApiBase(options.apiBase);
  if (!base.ok) throw new TypeError(base.error);
  const exchange = createExchange({
    base: base.value,
    credentials: options.credentials,
    transport: options.transport,
    clock: options.clock ?? systemClock(),
    userAgent: options.userAgent,
    deadlineMs: options.deadlineMs ?? DEADLINE_MS,
    maxBytes: options.maxBytes ?? MAX_BYTES,
  });
  const marker = createMarker();
  const readers = new Map<AccountId, ListReader>();
  const readerOf = (accountId: AccountId): ListReader => {
    const reader = readers.get(accountId) ?? createListReader(accountId, marker);
    readers.set(accountId, reader);
    return reader;
  };
  const pageSize = options.healthPageSize ?? HEALTH_PAGE_SIZE;
  return {
    listTunnels: (accountId, signal) => listTunnels(exchange, readerOf(accountId), accountId, signal),
    getTunnel: (accountId, tunnelId, signal) => getTunnel(exchange, accountId, tunnelId, marker, signal),
    tunnelHealth: (accountId, window, signal) => readHealth({ exchange, accountId, window, pageSize, signal }),
    tunnelTraffic: (accountId, window, signal) => readTraffic({ exchange, accountId, window, pageSize, signal }),
    ...createSurroundingsReader(exchange),
    ...createVerifier(exchange, options.credentials),
    ...createWriter(exchange),
    ...createWriteProbe(exchange),
  };
}

/** A question that only reads tunnels. */
function reading(accountId: AccountId, path: string, signal: AbortSignal | undefined): Question {
  return { method: 'GET', path, body: null, account: accountId, permission: PERMISSIONS.read, newTarget: true, signal };
}

async function listTunnels(
  exchange: Exchange,
  reader: ListReader,
  accountId: AccountId,
  signal: AbortSignal | undefined,
): Promise<Answer<ListSnapshot>> {
  const asked = await exchange.ask(reading(accountId, tunnelsPath(accountId), signal));
  if (!asked.ok) return asked;
  const { meta, value: opened } = asked;
  let read = reader.read(opened.reply.body);
  if (read === null) {
    const envelope = exchange.open(opened, meta, openEnvelope);
    if (!envelope.ok) return envelope;
    read = reader.readParsed(envelope.value);
  }
  return read.ok ? { ...read, meta } : exchange.reject(opened, meta, 'wrong-shape', read.error);
}

async function getTunnel(
  exchange: Exchange,
  accountId: AccountId,
  tunnelId: TunnelId,
  marker: Marker,
  signal: AbortSignal | undefined,
): Promise<Answer<Tunnel>> {
  const asked = await exchange.ask(reading(accountId, tunnelsPath(accountId, tunnelId), signal));
  if (!asked.ok) return asked;
  const { meta, value: opened } = asked;
  const envelope = exchange.open(opened, meta, openEnvelope);
  if (!envelope.ok) return envelope;
  const read = readTunnel(accountId, unwrapTunnel(envelope.value.result), marker);
  if (!read.ok) return exchange.reject(opened, meta, 'wrong-shape', read.error);
  if (read.value.id !== tunnelId) return exchange.reject(opened, meta, 'wrong-shape', 'it is about another tunnel');
  return { ...read, meta };
}
