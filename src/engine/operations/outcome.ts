/** What to tell of an operation that was sent: from Cloudflare's answer, where there is one, and from reading back. Pure. */
import type { Fault } from '../../shared/fault.ts';
import type { NewKey, OperationKind, OperationOutcome, OperationState } from '../../shared/operations.ts';
import { inWords } from './fields.ts';
import type { Looked } from './look.ts';
import type { Sent } from './send.ts';
import type { Target } from './targets.ts';
import { told, type Words, words } from './words.ts';

/** What reading back gave: each target as it looks, or why it could not be read. */
export type Settled =
  | { readonly ok: true; readonly looked: ReadonlyMap<Target, Looked> }
  | { readonly ok: false; readonly error: Fault | null };

type Told = OperationOutcome['tunnels'][number] & Words & { readonly state: OperationState };

const DONE: Readonly<Record<OperationKind, string>> = {
  create: 'was created',
  update: 'was changed',
  'bulk-update': 'was changed',
  delete: 'was deleted',
  'psk-generate': 'has a new key',
  'psk-set': 'has its new key',
};
const isKey = (kind: OperationKind): boolean => kind === 'psk-generate' || kind === 'psk-set';

/** One state for all: `partial` as soon as they differ. */
function whole(tunnels: readonly Told[]): OperationState {
  const states = new Set(tunnels.map(({ state }) => state));
  const [only] = states;
  if (states.size === 1 && only !== undefined) return only;
  return states.has('unknown') ? 'unknown' : 'partial';
}

function sum(tunnels: readonly Told[]): Words {
  const [only] = tunnels;
  if (tunnels.length === 1 && only !== undefined) return { sentence: only.sentence, said: only.said };
  const done = tunnels.filter(({ applied }) => applied).length;
  const open = tunnels.find(({ state }) => state !== 'done');
  const sentence = `${done} of ${tunnels.length} tunnels: done.${open === undefined ? '' : ` ${open.sentence}`}`;
  return words(sentence, 'sum', { done, all: tunnels.length, open: open?.said ?? null });
}

function outcome(
  tunnels: readonly Told[],
  newKeys: readonly NewKey[],
  cfRay: string | null,
  all = sum(tunnels),
): OperationOutcome {
  return {
    state: whole(tunnels),
    ...all,
    problems: [],
    tunnels: tunnels.map(({ state: _, ...told }) => told),
    newKeys,
    cfRay,
  };
}

/** Cloudflare said yes. Whatever could not be verified is said, and a key that came with the answer is handed out anyway. */
export function answered(
  kind: OperationKind,
  targets: readonly Target[],
  seen: Settled,
  sent: Sent,
  cfRay: string | null,
): OperationOutcome {
  const tunnels = targets.map((target): Told => {
    const { key, name } = target;
    const reason = key === null ? undefined : sent.refused.get(key);
    if (reason !== undefined) {
      return {
        key,
        name,
        applied: false,
        ...words(`${name} was left as it is. Cloudflare says: ${reason}`, 'left-as-is', { name, reason }),
        state: 'refused',
      };
    }
    const tell = (state: OperationState, what: Words, as = key): Told => ({
      key: as,
      name,
      applied: true,
      ...what,
      state,
    });
    if (!seen.ok) {
      const why = seen.error === null ? '' : ` ${seen.error.sentence}`;
      const sentence = `Cloudflare says that ${name} ${DONE[kind]}, but it could not be read back.${why}`;
      const fault = seen.error === null ? null : told(seen.error);
      return tell('unknown', words(sentence, 'unread', { name, kind, fault }));
    }
    const looked = seen.looked.get(target);
    const as = looked?.present?.tunnel.key ?? key;
    // Cloudflare may leave the time of a key where it was when somebody brings his own.
    if (looked?.is === 'done' || (isKey(kind) && looked?.present != null))
      return tell('done', words(`${name} ${DONE[kind]}.`, 'done', { name, kind }), as);
    if (looked?.is === 'other' && looked.changes.length > 0) {
      const { changes } = looked;
      const part = `Cloudflare accepted the change of ${name}, but not all of it took hold: ${inWords(changes)}.`;
      return tell('partial', words(part, 'took-hold-in-part', { name, changes }), as);
    }
    const unseen = `Cloudflare says that ${name} ${DONE[kind]}, but reading does not show it so far.`;
    return tell('unknown', words(unseen, 'not-shown', { name, kind }), as);
  });
  const keys = sent.newKeys.length > 0 ? sent.newKeys : [];
  return outcome(tunnels, keys, cfRay);
}

/** No usable answer: what reading shows. `over`: Cloudflare is done with the request, so that nothing can come later. */
export function unanswered(
  kind: OperationKind,
  targets: readonly Target[],
  seen: Settled,
  { error, over }: { readonly error: Fault; readonly over: boolean },
): OperationOutcome {
  const tunnels = targets.map((target): Told => {
    const { key, name } = target;
    const looked = seen.ok ? seen.looked.get(target) : undefined;
    const as = looked?.present?.tunnel.key ?? key;
    const tell = (state: OperationState, applied: boolean, what: Words): Told => ({
      key: as,
      name,
      applied,
      ...what,
      state,
    });
    if (looked === undefined) {
      const lost = `Nobody could say what became of ${name}: it could not be read either. Look at it before you try again.`;
      return tell('unknown', false, words(lost, 'nobody-knows', { name }));
    }
    if (looked.is === 'done' && kind === 'psk-generate') {
      const lost = `${name} has a new key, but it was lost with the answer. Generate another one, and put that into the router.`;
      return tell('unknown', true, words(lost, 'key-lost', { name }));
    }
    if (looked.is === 'done')
      return tell('done', true, words(`${name} ${DONE[kind]}: reading shows it.`, 'done-as-read', { name, kind }));
    if (looked.is === 'other') {
      const { changes } = looked;
      const what = changes.length === 0 ? '' : `: ${inWords(changes)}`;
      const neither = `${name} is neither as it was nor as it should be${what}. Look at it before you try again.`;
      return tell('unknown', false, words(neither, 'neither', { name, changes }));
    }
    if (over && kind === 'psk-set') {
      const undated = `${name} shows no new key, but Cloudflare need not date one that is brought to it. Set the same key again.`;
      return tell('unknown', false, words(undated, 'key-not-dated', { name }));
    }
    if (over) return tell('refused', false, words(`${name} is as it was: nothing was changed.`, 'unchanged', { name }));
    const later = `${name} is as it was so far; the change may still come. Look at it before you try again.`;
    return tell('unknown', false, words(later, 'may-come', { name }));
  });
  const { sentence, said: shown } = sum(tunnels);
  const lost = { fault: told(error), status: error.status, shown };
  const all = words(`The answer was lost (${reason(error)}). ${sentence}`, 'answer-lost', lost);
  return outcome(tunnels, [], error.cfRay, all);
}

/** The fault's sentence without what it advises: that is what the reading was for. */
const reason = (error: Fault): string =>
  error.status !== null && error.status >= 500
    ? `Cloudflare answered ${error.status}`
    : (LOST[error.kind] ?? error.kind);

const LOST: Readonly<Record<string, string>> = {
  timeout: 'no answer in time',
  offline: 'the connection broke',
  truncated: 'the connection broke in the middle of it',
  'not-json': 'it cannot be read',
  'not-http': 'it cannot be read',
  'too-large': 'it is too long',
  'wrong-shape': 'it is not as documented',
  'server-error': 'Cloudflare had an error',
  redirected: 'we were sent elsewhere',
  aborted: 'we stopped',
};
