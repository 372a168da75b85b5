/**
 * `/events`: one stream of server-sent events for each page. Every client begins with a full board, so nothing that it
 * missed stays missing. A message is encoded once and its bytes are shared by all clients.
 */
import type { ServerResponse } from 'node:http';
import type { BridgeHost } from '../engine/bridge/host.ts';
import type { Clock } from '../engine/clock.ts';
import type { HostMessage } from '../shared/bridge.ts';
import type { Millis } from '../shared/model.ts';

export interface EventLimits {
  /** More pages than this are refused. */
  readonly clients: number;
  /** A client that has more than this, beyond one board, waiting in our memory is dropped; it will come back. */
  readonly bufferBytes: number;
  /** So is one that took nothing for this long: two pulses and a little. */
  readonly stallMs: Millis;
}

export const EVENT_LIMITS: EventLimits = { clients: 500, bufferBytes: 4_194_304, stallMs: 35_000 };

export interface EventHub {
  readonly clients: number;
  /** False when there are too many clients already; the response is then untouched. */
  add(response: ServerResponse, headers: Readonly<Record<string, string>>): boolean;
  /** Ends all streams. */
  close(): void;
}

interface Client {
  readonly response: ServerResponse;
  /** Since when its socket takes nothing; `null` while it flows. */
  stalledSince: Millis | null;
}

/** The ages in a board count from its making: an older one would make facts look younger than they are. */
const BOARD_KEEPS_MS: Millis = 250;

/** How soon a browser comes back after a broken connection. */
const RETRY_MS: Millis = 2_000;

const encode = (message: HostMessage): Buffer => Buffer.from(`data: ${JSON.stringify(message)}\n\n`);

/** Subscribes to the host once, for all clients. */
export function createEventHub(host: BridgeHost, clock: Clock, limits: EventLimits = EVENT_LIMITS): EventHub {
  const clients = new Set<Client>();
  /** The board of this moment, until anything is announced: a hundred pages that come back at once cost one. */
  let board: { readonly bytes: Buffer; readonly madeAt: Millis } | null = null;
  let boardBytes = 0;

  function boardNow(): Buffer {
    const now = clock.monotonic();
    if (board === null || now - board.madeAt > BOARD_KEEPS_MS) board = { bytes: encode(host.board()), madeAt: now };
    boardBytes = board.bytes.length;
    return board.bytes;
  }

  function drop(client: Client): void {
    clients.delete(client);
    client.response.destroy();
  }

  function write(client: Client, bytes: Buffer): void {
    const { response } = client;
    const stalled = client.stalledSince !== null && clock.monotonic() - client.stalledSince > limits.stallMs;
    if (stalled || response.writableLength > boardBytes + limits.bufferBytes) drop(client);
    else if (!response.write(bytes)) client.stalledSince ??= clock.monotonic();
  }

  const unsubscribe = host.subscribe((message) => {
    board = null;
    if (clients.size === 0) return;
    const bytes = encode(message);
    if (message.type === 'board') boardBytes = bytes.length;
    for (const client of [...clients]) write(client, bytes);
  });

  return {
    get clients() {
      return clients.size;
    },
    add(response, headers) {
      if (clients.size >= limits.clients) return false;
      const client: Client = { response, stalledSince: null };
      response.writeHead(200, {
        ...headers,
        'content-type': 'text/event-stream; charset=utf-8',
        'cache-control': 'no-store, no-transform',
        'x-accel-buffering': 'no',
      });
      response.on('drain', () => {
        client.stalledSince = null;
      });
      response.on('close', () => clients.delete(client));
      response.on('error', () => drop(client));
      clients.add(client);
      const first = boardNow();
      write(client, Buffer.from(`retry: ${RETRY_MS}\n\n`));
      write(client, first);
      return true;
    },
    close() {
      unsubscribe();
      for (const client of [...clients]) {
        clients.delete(client);
        client.response.end();
      }
    },
  };
}
