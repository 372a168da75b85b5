/**
 * Who is who between two lists. Health results know tunnels only by name, routers only by id, so a rename and a
 * recreation must be told apart from a tunnel that went and another that came.
 */
import type { TunnelKey } from '../../shared/model.ts';

export interface Named {
  readonly key: TunnelKey;
  readonly name: string;
}

export interface IdentityChange {
  readonly appeared: readonly Named[];
  readonly renamed: readonly { readonly key: TunnelKey; readonly from: string; readonly to: string }[];
  /** The same name with another id: the IKE identities of the router are void. */
  readonly recreated: readonly { readonly from: TunnelKey; readonly to: TunnelKey; readonly name: string }[];
}

/**
 * Compares the tunnels that a list shows as new or different with those known before. `missing` are known tunnels that
 * the list no longer has; only they can be the forerunner of a recreated one.
 */
export function identityChanges(
  known: ReadonlyMap<TunnelKey, string>,
  changed: readonly Named[],
  missing: ReadonlySet<TunnelKey>,
): IdentityChange {
  const missingByName = new Map<string, TunnelKey>();
  for (const key of missing) {
    const name = known.get(key);
    if (name !== undefined) missingByName.set(name, key);
  }
  const appeared: Named[] = [];
  const renamed: { key: TunnelKey; from: string; to: string }[] = [];
  const recreated: { from: TunnelKey; to: TunnelKey; name: string }[] = [];
  for (const { key, name } of changed) {
    const before = known.get(key);
    if (before !== undefined) {
      if (before !== name) renamed.push({ key, from: before, to: name });
      continue;
    }
    const forerunner = missingByName.get(name);
    if (forerunner === undefined) appeared.push({ key, name });
    else recreated.push({ from: forerunner, to: key, name });
  }
  return { appeared, renamed, recreated };
}
