/**
 * Generating and setting pre-shared keys. These answers are the one time that a key can be read: it goes into the reply and
 * nowhere else. The header for the new health-check target is not sent here; these calls do not know it.
 */
import type { AccountId, Instant, TunnelId } from '../../shared/model.ts';
import { openEnvelope } from './answer.ts';
import type { Answer } from './contract.ts';
import type { Exchange, Question } from './exchange.ts';
import { foreignText, PERMISSIONS } from './fault.ts';
import { bulkPskPath, tunnelsPath, type WriteOptions, withOptions } from './paths.ts';
import { PskEntriesSchema } from './request.ts';
import { BulkPskResult, explain, PskResult } from './schema.ts';

/** A key as Cloudflare took or made it. */
export interface AppliedPsk {
  readonly tunnelId: TunnelId;
  /** The secret. `null` only where nothing was changed (`validateOnly`) or the bulk call did not repeat it. */
  readonly psk: string | null;
  /** `<numeric account>_<tunnel>`: the IKE id of type KEY_ID, where Cloudflare tells it. */
  readonly ipsecId: string | null;
  readonly generatedAt: Instant | null;
}

export interface PskEntry {
  readonly tunnelId: TunnelId;
  readonly psk: string;
}

/** Setting several keys can succeed in part: each tunnel is in one of the two lists. */
export interface PskOutcome {
  readonly applied: readonly AppliedPsk[];
  readonly refused: readonly { readonly tunnelId: TunnelId; readonly reason: string }[];
}

export interface PskWriter {
  /** Cloudflare makes a new key, valid at once. */
  generatePsk(accountId: AccountId, tunnelId: TunnelId, options?: WriteOptions): Promise<Answer<AppliedPsk>>;
  setPsks(accountId: AccountId, entries: readonly PskEntry[], options?: WriteOptions): Promise<Answer<PskOutcome>>;
}

export function createPskWriter(exchange: Exchange): PskWriter {
  return {
    generatePsk: (accountId, tunnelId, options) => generatePsk(exchange, accountId, tunnelId, options),
    setPsks: (accountId, entries, options) => setPsks(exchange, accountId, entries, options),
  };
}

function pskQuestion(accountId: AccountId, path: string, body: unknown, options: WriteOptions | undefined): Question {
  return {
    method: 'POST',
    path: withOptions(path, options),
    body,
    account: accountId,
    permission: PERMISSIONS.write,
    write: options?.validateOnly !== true,
    signal: options?.signal,
  };
}

async function generatePsk(
  exchange: Exchange,
  accountId: AccountId,
  tunnelId: TunnelId,
  options: WriteOptions | undefined,
): Promise<Answer<AppliedPsk>> {
  const path = tunnelsPath(accountId, tunnelId, 'psk_generate');
  // The body is required and has no fields.
  const asked = await exchange.ask(pskQuestion(accountId, path, {}, options));
  if (!asked.ok) return asked;
  const { meta, value: opened } = asked;
  const envelope = exchange.open(opened, meta, openEnvelope);
  if (!envelope.ok) return envelope;
  const { result } = envelope.value;
  const parsed = PskResult.safeParse(result ?? {});
  if (!parsed.success) return exchange.reject(opened, meta, 'wrong-shape', explain(parsed.error, result));
  if (parsed.data.psk === null && options?.validateOnly !== true) {
    return exchange.reject(opened, meta, 'wrong-shape', 'it holds no key');
  }
  return { ok: true, value: toApplied(tunnelId, parsed.data), meta };
}

async function setPsks(
  exchange: Exchange,
  accountId: AccountId,
  entries: readonly PskEntry[],
  options: WriteOptions | undefined,
): Promise<Answer<PskOutcome>> {
  const secrets = entries.map((entry) => entry.psk);
  const body = { psks: entries.map(({ tunnelId, psk }) => ({ id: tunnelId, psk })) };
  const question: Question = { ...pskQuestion(accountId, bulkPskPath(accountId), body, options), secrets };
  const checked = PskEntriesSchema.safeParse(entries);
  if (!checked.success) return exchange.unsent(question, explain(checked.error, entries));
  const asked = await exchange.ask(question);
  if (!asked.ok) return asked;
  const { meta, value: opened } = asked;
  const envelope = exchange.open(opened, meta, openEnvelope);
  if (!envelope.ok) return envelope;
  const { result } = envelope.value;
  const parsed = BulkPskResult.safeParse(result ?? {});
  if (!parsed.success) return exchange.reject(opened, meta, 'wrong-shape', explain(parsed.error, result));
  return { ok: true, value: outcomeOf(entries, parsed.data, options?.validateOnly === true), meta };
}

type BulkResult = ReturnType<typeof BulkPskResult.parse>;

/** Every tunnel that was asked for, once. One that Cloudflare does not mention counts as refused, where keys were set. */
function outcomeOf(entries: readonly PskEntry[], result: BulkResult, validateOnly: boolean): PskOutcome {
  const secrets = entries.map((entry) => entry.psk);
  const taken = new Map(Object.entries(result.successfully_applied_psks ?? {}));
  const refusals = new Map(Object.entries(result.unapplied_psks ?? {}));
  const applied: AppliedPsk[] = [];
  const refused: { tunnelId: TunnelId; reason: string }[] = [];
  for (const tunnelId of new Set(entries.map((entry) => entry.tunnelId))) {
    const psk = taken.get(tunnelId) ?? (validateOnly ? NOTHING_SAID : undefined);
    if (psk !== undefined && !refusals.has(tunnelId)) {
      applied.push(toApplied(tunnelId, psk));
      continue;
    }
    const said = refusals.get(tunnelId);
    const reason = typeof said === 'string' ? foreignText(said, secrets) : '';
    refused.push({ tunnelId, reason: reason === '' ? 'Cloudflare did not say why.' : reason });
  }
  return { applied, refused };
}

const NOTHING_SAID = PskResult.parse({});

function toApplied(tunnelId: TunnelId, psk: ReturnType<typeof PskResult.parse>): AppliedPsk {
  return {
    tunnelId,
    psk: psk.psk,
    ipsecId: psk.ipsec_id,
    generatedAt: psk.psk_metadata?.last_generated_on ?? null,
  };
}
