/**
 * Doing what a plan says: read again, refused when somebody was faster, sent once, and believed only when it can be read
 * back. An answer that is lost is never asked for by sending again.
 */
import type { Fault } from '../../shared/fault.ts';
import type { Millis } from '../../shared/model.ts';
import type { FieldProblem, OperationOutcome, OperationState } from '../../shared/operations.ts';
import type { Clock } from '../clock.ts';
import type { CloudflareClient } from '../cloudflare/client.ts';
import type { Answer } from '../cloudflare/contract.ts';
import { cloudProblems } from './cloud-problems.ts';
import { inWords } from './fields.ts';
import { type Clash, clashes, type Looked, lookAt, type Presents, readTunnels } from './look.ts';
import { verdictOf, waitWords } from './lost.ts';
import { answered, type Settled, unanswered } from './outcome.ts';
import type { Prepared } from './plans.ts';
import { type Sent, send } from './send.ts';
import { keysOf, type Target, targetsOf } from './targets.ts';
import { failed, type Words, words } from './words.ts';

/** Before each look at what became of a change. Cloudflare shows its own changes at once, as a rule. */
const LOOKS: readonly Millis[] = [0, 1_500, 4_000];

export interface Doing {
  readonly client: CloudflareClient;
  readonly clock: Clock;
  readonly prepared: Prepared;
  /** Asked last thing before the change leaves: reading takes time, in which a lock may fall. */
  readonly isOpen: () => boolean;
}

/** An outcome without tunnels that were changed. */
export function nothingDone(
  state: OperationState,
  why: Words,
  more: {
    readonly problems?: readonly FieldProblem[];
    readonly cfRay?: string | null;
    readonly targets?: readonly Target[];
  } = {},
): OperationOutcome {
  const tunnels = (more.targets ?? []).map(({ key, name }) => ({ key, name, applied: false, ...why }));
  return { state, ...why, problems: more.problems ?? [], tunnels, newKeys: [], cfRay: more.cfRay ?? null };
}

/** Carries a plan out, to its end. Never throws for what can happen between us and Cloudflare. */
export async function carryOut(doing: Doing): Promise<OperationOutcome> {
  const { client, clock, prepared, isOpen } = doing;
  const { account, operation, targets } = prepared;
  const locked = (): OperationOutcome =>
    nothingDone(
      'not-sent',
      words(`${account.name} was locked meanwhile. Nothing was sent.`, 'locked-meanwhile', { account: account.name }),
      { targets },
    );
  if (!isOpen()) return locked();
  const read = await readTunnels(client, account.id, keysOf(operation));
  if (!read.ok) return notSent(read.error, targets);
  const clashing = clashes(operation, targets, read.value);
  if (clashing.length > 0) return clash(clashing, targets);
  // The same tunnels, from this moment's reading.
  const fresh = operation.kind === 'create' ? targets : targetsOf(operation, read.value, clock.now());
  if (!isOpen()) return locked();
  const answer = await send(client, operation, fresh, {});
  if (answer.ok) return settle(doing, fresh, answer);
  const { error, meta } = answer;
  const verdict = verdictOf(error, meta);
  if (verdict === 'unsent') return notSent(error, targets);
  if (verdict === 'no') {
    const problems = cloudProblems(
      error,
      targets.map(({ key }) => key),
    );
    const why = words(`${error.sentence}${waitWords(error)} Nothing was changed.`, 'refused', failed(error));
    return nothingDone('refused', why, { problems, cfRay: error.cfRay, targets });
  }
  const seen = await look(doing, fresh, null, verdict === 'lost' ? 'all' : 'any');
  return unanswered(operation.kind, fresh, seen, { error, over: verdict === 'failed' });
}

function notSent(error: Fault, targets: readonly Target[]): OperationOutcome {
  const why = words(`${error.sentence}${waitWords(error)} Nothing was sent.`, 'not-sent', failed(error));
  return nothingDone('not-sent', why, { cfRay: error.cfRay, targets });
}

function clash(found: readonly Clash[], targets: readonly Target[]): OperationOutcome {
  const problems = found.flatMap(({ target: { key, name }, gone, changes }): FieldProblem[] => {
    if (gone) return [{ key, field: null, ...words(`${name} does not exist any more.`, 'gone-meanwhile', { name }) }];
    if (key === null)
      return [{ key, field: 'name', ...words(`There is a tunnel ${name} by now.`, 'name-taken', { name }) }];
    if (changes.length === 0) {
      const unseen = `${name} was modified meanwhile, in what cannot be read.`;
      return [{ key, field: null, ...words(unseen, 'modified-unseen', { name }) }];
    }
    return changes.map((change) => ({
      key,
      field: change.field,
      ...words(`Changed meanwhile: ${inWords([change])}.`, 'changed-meanwhile', { change }),
    }));
  });
  const [first] = found;
  const changes = first === undefined || first.target.key === null ? [] : first.changes;
  const what = changes.length === 0 ? '' : ` (${inWords(changes)})`;
  const all = found.map(({ target }) => target.name);
  const names = all.slice(0, 3);
  const more = all.length - names.length;
  const who = `${names.join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
  const sentence = `Somebody was faster: ${who}${what}. Nothing was sent; look at it and plan again.`;
  return nothingDone('clash', words(sentence, 'clash', { names, more, changes }), { problems, targets });
}

async function settle(
  doing: Doing,
  targets: readonly Target[],
  answer: Answer<Sent> & { ok: true },
): Promise<OperationOutcome> {
  const { value: sent, meta } = answer;
  const taken = targets.filter(({ key }) => key === null || !sent.refused.has(key));
  const seen = await look(doing, taken, sent, 'all');
  return answered(doing.prepared.operation.kind, targets, seen, sent, meta.cfRay);
}

/** Looks until all targets are as they should be, a few times at most. `any`: the first answer counts, nothing is under way. */
async function look(
  { client, clock, prepared }: Doing,
  targets: readonly Target[],
  sent: Sent | null,
  until: 'all' | 'any',
): Promise<Settled> {
  const { account, operation } = prepared;
  let last: Settled = { ok: false, error: null };
  for (const wait of LOOKS) {
    if (wait > 0) await new Promise<void>((resolve) => void clock.after(wait, resolve));
    const read = await readTunnels(client, account.id, keysOf(operation));
    if (!read.ok) {
      last = last.ok ? last : { ok: false, error: read.error };
      continue;
    }
    last = { ok: true, looked: lookAll(operation.kind, targets, read.value, sent) };
    if (until === 'any' || [...last.looked.values()].every(({ is }) => is === 'done')) break;
  }
  return last;
}

function lookAll(
  kind: Prepared['operation']['kind'],
  targets: readonly Target[],
  presents: Presents,
  sent: Sent | null,
): ReadonlyMap<Target, Looked> {
  return new Map(targets.map((target) => [target, lookAt(kind, target, presents, sent?.created ?? null)]));
}
