/** What to tell of an operation that was sent: from Cloudflare's answer, where there is one, and from reading back. Pure. */
import type { Fault } from '../../shared/fault.ts';
import type { NewKey, OperationKind, OperationOutcome, OperationState } from '../../shared/operations.ts';
import { inWords } from './fields.ts';
import type { Looked } from './look.ts';
import type { Sent } from './send.ts';
import type { Target } from './targets.ts';

/** What reading back gave: each target as it looks, or why it could not be read. */
export type Settled =
  | { readonly ok: true; readonly looked: ReadonlyMap<Target, Looked> }
  | { readonly ok: false; readonly error: Fault | null };

type Told = OperationOutcome['tunnels'][number] & { readonly state: OperationState };

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

function sum(tunnels: readonly Told[]): string {
  const [only] = tunnels;
  if (tunnels.length === 1 && only !== undefined) return only.sentence;
  const done = tunnels.filter(({ applied }) => applied).length;
  const open = tunnels.find(({ state }) => state !== 'done');
  return `${done} of ${tunnels.length} tunnels: done.${open === undefined ? '' : ` ${open.sentence}`}`;
}

function outcome(
  tunnels: readonly Told[],
  newKeys: readonly NewKey[],
  cfRay: string | null,
  before = '',
): OperationOutcome {
  return {
    state: whole(tunnels),
    sentence: before + sum(tunnels),
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
        sentence: `${name} was left as it is. Cloudflare says: ${reason}`,
        state: 'refused',
      };
    }
    const tell = (state: OperationState, sentence: string, as = key): Told => ({
      key: as,
      name,
      applied: true,
      sentence,
      state,
    });
    if (!seen.ok) {
      const why = seen.error === null ? '' : ` ${seen.error.sentence}`;
      return tell('unknown', `Cloudflare says that ${name} ${DONE[kind]}, but it could not be read back.${why}`);
    }
    const looked = seen.looked.get(target);
    const as = looked?.present?.tunnel.key ?? key;
    // Cloudflare may leave the time of a key where it was when somebody brings his own.
    if (looked?.is === 'done' || (isKey(kind) && looked?.present != null))
      return tell('done', `${name} ${DONE[kind]}.`, as);
    if (looked?.is === 'other' && looked.changes.length > 0) {
      return tell(
        'partial',
        `Cloudflare accepted the change of ${name}, but not all of it took hold: ${inWords(looked.changes)}.`,
        as,
      );
    }
    return tell('unknown', `Cloudflare says that ${name} ${DONE[kind]}, but reading does not show it so far.`, as);
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
    const tell = (state: OperationState, applied: boolean, sentence: string): Told => ({
      key: as,
      name,
      applied,
      sentence,
      state,
    });
    if (looked === undefined) {
      return tell(
        'unknown',
        false,
        `Nobody could say what became of ${name}: it could not be read either. Look at it before you try again.`,
      );
    }
    if (looked.is === 'done' && kind === 'psk-generate') {
      return tell(
        'unknown',
        true,
        `${name} has a new key, but it was lost with the answer. Generate another one, and put that into the router.`,
      );
    }
    if (looked.is === 'done') return tell('done', true, `${name} ${DONE[kind]}: reading shows it.`);
    if (looked.is === 'other') {
      const what = looked.changes.length === 0 ? '' : `: ${inWords(looked.changes)}`;
      return tell(
        'unknown',
        false,
        `${name} is neither as it was nor as it should be${what}. Look at it before you try again.`,
      );
    }
    if (over && kind === 'psk-set') {
      return tell(
        'unknown',
        false,
        `${name} shows no new key, but Cloudflare need not date one that is brought to it. Set the same key again.`,
      );
    }
    if (over) return tell('refused', false, `${name} is as it was: nothing was changed.`);
    return tell(
      'unknown',
      false,
      `${name} is as it was so far; the change may still come. Look at it before you try again.`,
    );
  });
  return outcome(tunnels, [], error.cfRay, `The answer was lost (${reason(error)}). `);
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
