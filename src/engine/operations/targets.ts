/** The tunnels that an operation is about, as they are and as they should be. */
import { type Tunnel, type TunnelId, type TunnelKey, tunnelOf } from '../../shared/model.ts';
import type { Operation, TouchedDiff, TunnelChange } from '../../shared/operations.ts';
import { checkChange, checkDraft, checkField, type FormProblem, formProblem } from '../../shared/tunnel-form/index.ts';
import { md5MarkOf, type Present } from '../cloudflare/present.ts';
import { afterChange, afterCreation } from './after.ts';
import { differences, type Fields, fieldsOf } from './fields.ts';

export interface Target {
  /** `null`: it does not exist yet. */
  readonly key: TunnelKey | null;
  readonly name: string;
  readonly base: Present | null;
  /** For updates. */
  readonly change: TunnelChange | null;
  /** `null`: it is deleted. */
  readonly after: Tunnel | null;
  readonly wanted: Fields | null;
  readonly diff: TouchedDiff;
}

/** The keys that an operation names. */
export function keysOf(operation: Operation): readonly TunnelKey[] {
  switch (operation.kind) {
    case 'create':
      return [];
    case 'bulk-update':
      return operation.changes.map(({ key }) => key);
    case 'psk-set':
      return operation.keys.map(({ key }) => key);
    default:
      return [operation.key];
  }
}

/** The fields of a tunnel as it was read. */
export const presentFields = (present: Present): Fields =>
  fieldsOf(present.tunnel, present.md5Mark, pskMark(present.tunnel));

/** There is no way to read a key: its time stands for it. */
const pskMark = ({ pskGeneratedAt }: Tunnel): string | null => (pskGeneratedAt === null ? null : `${pskGeneratedAt}`);
const NEW_KEY = 'new';

function target(
  base: Present | null,
  after: Tunnel | null,
  wanted: Fields | null,
  change: TunnelChange | null,
): Target {
  const key = base?.tunnel.key ?? null;
  const name = base?.tunnel.name ?? after?.name ?? '';
  const changes = differences(base === null ? null : presentFields(base), wanted);
  return { key, name, base, change, after, wanted, diff: { key, name, changes } };
}

function updated(base: Present, change: TunnelChange, now: number): Target {
  const after = afterChange(base.tunnel, change, now);
  const md5 = change.bgp?.md5Key;
  const md5Mark =
    after.bgp === null || md5 === null ? null : md5 === undefined ? base.md5Mark : md5MarkOf(after.key, md5);
  const psk = change.psk === undefined ? pskMark(base.tunnel) : NEW_KEY;
  return target(base, after, fieldsOf(after, md5Mark, psk), change);
}

/** One target for each tunnel; `presents` holds every tunnel that `keysOf` names. `now`: wall time. */
export function targetsOf(
  operation: Operation,
  presents: ReadonlyMap<TunnelId, Present>,
  now: number,
): readonly Target[] {
  const at = (key: TunnelKey): readonly Present[] => {
    const present = presents.get(tunnelOf(key));
    return present === undefined ? [] : [present];
  };
  switch (operation.kind) {
    case 'create': {
      const { draft } = operation;
      const after = afterCreation(operation.accountId, draft, now);
      const md5 = draft.bgp?.md5Key;
      const md5Mark = md5 === undefined ? null : md5MarkOf(after.key, md5);
      return [target(null, after, fieldsOf(after, md5Mark, draft.psk === undefined ? null : NEW_KEY), null)];
    }
    case 'update':
      return at(operation.key).map((base) => updated(base, operation.change, now));
    case 'bulk-update':
      return operation.changes.flatMap(({ key, change }) => at(key).map((base) => updated(base, change, now)));
    case 'delete':
      return at(operation.key).map((base) => target(base, null, null, null));
    default:
      return keysOf(operation).flatMap((key) => at(key).map((base) => rekeyed(base, now)));
  }
}

function rekeyed(base: Present, now: number): Target {
  const after = { ...base.tunnel, pskGeneratedAt: now };
  return target(base, after, fieldsOf(after, base.md5Mark, NEW_KEY), null);
}

/** What is wrong with an operation before anybody is asked; the tunnels as they are must have been read. */
export function localProblems(operation: Operation, targets: readonly Target[]): readonly FormProblem[] {
  switch (operation.kind) {
    case 'create':
      return checkDraft(operation.draft);
    case 'update':
    case 'bulk-update': {
      const found = targets.flatMap(({ base, change }) =>
        base === null || change === null ? [] : checkChange(change, base.tunnel),
      );
      if (found.length > 0) return found;
      const still = targets.filter(({ diff }) => diff.changes.length === 0);
      return still.map(({ key }) => ({ ...formProblem('nothing-changed', null), key }));
    }
    case 'psk-set':
      return operation.keys.flatMap(({ key, psk }) => checkField('psk', psk).map((problem) => ({ ...problem, key })));
    default:
      return [];
  }
}
