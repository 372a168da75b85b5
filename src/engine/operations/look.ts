/** Reading the tunnels of an operation, and what that says about whether it was done. */
import type { FieldChange } from '../../shared/lint.ts';
import { type AccountId, type TunnelId, type TunnelKey, tunnelOf } from '../../shared/model.ts';
import type { Operation } from '../../shared/operations.ts';
import type { CloudflareClient } from '../cloudflare/client.ts';
import type { Answer } from '../cloudflare/contract.ts';
import type { Present } from '../cloudflare/present.ts';
import { differences } from './fields.ts';
import { presentFields, type Target } from './targets.ts';

/** Tunnels as they are now; for a single one nothing else is read. */
export type Presents = ReadonlyMap<TunnelId, Present>;

/** Reads the tunnels that `keys` name, or all of them where something is to be created. A tunnel that is gone is no fault. */
export async function readTunnels(
  client: CloudflareClient,
  accountId: AccountId,
  keys: readonly TunnelKey[],
): Promise<Answer<Presents>> {
  const [only] = keys;
  if (keys.length === 1 && only !== undefined) {
    const answer = await client.readPresent(accountId, tunnelOf(only));
    if (answer.ok) return { ...answer, value: new Map([[answer.value.tunnel.id, answer.value]]) };
    // 1032 alone says that the tunnel is gone; another "not found" is about the account.
    if (answer.error.kind !== 'not-found' || answer.error.code !== 1032) return answer;
    return { ok: true, value: new Map(), meta: answer.meta };
  }
  const answer = await client.readPresents(accountId);
  return answer.ok ? { ...answer, value: answer.value.tunnels } : answer;
}

/**
 * `done`: it is as it should be. `before`: it is as it was. `other`: neither, `changes` tells how it differs from what was
 * wanted.
 */
export interface Looked {
  readonly is: 'done' | 'before' | 'other';
  readonly changes: readonly FieldChange[];
  readonly present: Present | null;
}

const found = (is: Looked['is'], present: Present | null, changes: readonly FieldChange[] = []): Looked => ({
  is,
  changes,
  present,
});

function ofName(presents: Presents, name: string): Present | null {
  return [...presents.values()].find(({ tunnel }) => tunnel.name === name) ?? null;
}

/** What one target looks like now. `created`: the tunnel that the answer named. */
export function lookAt(kind: Operation['kind'], target: Target, presents: Presents, created: TunnelKey | null): Looked {
  const { key, base, wanted } = target;
  if (key === null) {
    const made = created === null ? ofName(presents, target.name) : (presents.get(tunnelOf(created)) ?? null);
    return made === null ? found('before', null) : compared(target, made);
  }
  const present = presents.get(tunnelOf(key)) ?? null;
  if (kind === 'delete') return found(present === null ? 'done' : 'before', present);
  if (present === null || base === null || wanted === null) return found('other', present);
  if (kind === 'psk-generate' || kind === 'psk-set') {
    const moved = present.tunnel.pskGeneratedAt !== base.tunnel.pskGeneratedAt;
    return found(moved ? 'done' : 'before', present);
  }
  if (present.fingerprint === base.fingerprint) return found('before', present);
  return compared(target, present);
}

/** Only what was to change counts: what Cloudflare fills in by itself, and the key, which nobody can read, do not. */
function compared({ wanted, diff, base }: Target, present: Present): Looked {
  const touched = new Set(diff.changes.map(({ field }) => field));
  touched.delete('psk');
  const now = presentFields(present);
  // An MD5 mark is of one tunnel: that of a draft cannot be compared with that of the tunnel that became of it.
  if (base === null && now.get('bgp.md5Key') !== null) touched.delete('bgp.md5Key');
  const changes = differences(wanted, now).filter(({ field }) => touched.has(field));
  return found(changes.length === 0 ? 'done' : 'other', present, changes);
}

/** Somebody was faster. `gone`: the tunnel is no more. */
export interface Clash {
  readonly target: Target;
  readonly gone: boolean;
  readonly changes: readonly FieldChange[];
}

/** What somebody changed since the targets were read: by tunnel, empty where nothing moved. */
export function clashes(operation: Operation, targets: readonly Target[], presents: Presents): readonly Clash[] {
  return targets.flatMap((target): readonly Clash[] => {
    const { key, base } = target;
    if (operation.kind === 'create' || key === null || base === null) {
      const taken = ofName(presents, target.name);
      return taken === null ? [] : [{ target, gone: false, changes: [nameTaken(target.name)] }];
    }
    const present = presents.get(tunnelOf(key));
    if (present === undefined) return [{ target, gone: true, changes: [] }];
    if (present.fingerprint === base.fingerprint) return [];
    return [{ target, gone: false, changes: differences(presentFields(base), presentFields(present)) }];
  });
}

const nameTaken = (name: string): FieldChange => ({ field: 'name', before: null, after: name });
