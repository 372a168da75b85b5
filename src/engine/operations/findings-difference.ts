/** Which findings a change would cause, and which it would end. Pure. */
import type { Finding, Tunnel, TunnelKey } from '../../shared/model.ts';
import type { LintDifference } from '../lint/contract.ts';
import { lintContext, lintTunnel } from '../lint/lint.ts';

function findingsOf(tunnels: readonly Tunnel[]): ReadonlyMap<string, Finding> {
  const context = lintContext(tunnels);
  const all = tunnels.flatMap((tunnel) => lintTunnel(tunnel, context));
  return new Map(all.map((finding) => [`${finding.rule} ${finding.key}`, finding]));
}

/** Over all tunnels of an account: a change of one may end a finding of another. */
export function findingsDifference(
  before: readonly Tunnel[],
  changed: readonly Tunnel[],
  removed: readonly TunnelKey[],
): LintDifference {
  const after = new Map(before.map((tunnel) => [tunnel.key, tunnel]));
  for (const tunnel of changed) after.set(tunnel.key, tunnel);
  for (const key of removed) after.delete(key);
  const [old, young] = [findingsOf(before), findingsOf([...after.values()])];
  return {
    causes: [...young].flatMap(([name, finding]) => (old.has(name) ? [] : [finding])),
    solves: [...old].flatMap(([name, finding]) => (young.has(name) ? [] : [finding])),
  };
}
