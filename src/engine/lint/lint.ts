/**
 * (tunnels of an account) -> findings. Pure. What a rule cannot see it does not judge.
 */
import type { Finding, LaneValue, Tunnel } from '../../shared/model.ts';
import { ADDRESSING } from './addressing.ts';
import { BGP } from './bgp.ts';
import { HEALTH_CHECKS } from './health-checks.ts';
import { IDENTITY_AND_CRYPTO } from './identity-and-crypto.ts';
import type { LintContext, Rule } from './rule.ts';

/** Every rule there is. */
export const RULES: readonly Rule[] = [...ADDRESSING, ...HEALTH_CHECKS, ...IDENTITY_AND_CRYPTO, ...BGP];

/** What the rules need to know of the account as a whole. */
export function lintContext(tunnels: Iterable<Tunnel>): LintContext {
  const names = new Map<string, number>();
  const interfaces = new Map<string, string[]>();
  for (const { name, interfaceAddress } of tunnels) {
    names.set(name, (names.get(name) ?? 0) + 1);
    const users = interfaces.get(interfaceAddress);
    if (users === undefined) interfaces.set(interfaceAddress, [name]);
    else users.push(name);
  }
  return { names, interfaces };
}

/** The findings of one tunnel, worst first. */
export function lintTunnel(tunnel: Tunnel, context: LintContext): readonly Finding[] {
  const findings: Finding[] = [];
  for (const rule of RULES) {
    const evidence = rule.check(tunnel, context);
    if (evidence === null) continue;
    const { id, severity, why, fix, source } = rule;
    const where = { field: null, value: null, grouping: null, remedy: null };
    findings.push({ rule: id, severity, key: tunnel.key, evidence, ...where, why, fix, source });
  }
  return findings.sort((a, b) => RANK[b.severity] - RANK[a.severity]);
}

const RANK: Readonly<Record<Finding['severity'], number>> = { info: 1, warning: 2, error: 3 };

/** Findings that are no news as misconfiguration, mostly since another lane and its alerts tell them already. */
const TOLD_ELSEWHERE: ReadonlySet<string> = new Set([
  'psk-missing',
  'psk-age-warning',
  'psk-age-critical',
  'bgp-state-inconsistent',
  'tunnel-recreated',
  // How a site was built: everybody there knows, and the page of findings says so.
  'no-redundancy',
]);

/** The findings that count as misconfiguration, in their order. */
export function misconfigurations(findings: readonly Finding[]): readonly Finding[] {
  return findings.filter(({ rule }) => !TOLD_ELSEWHERE.has(rule));
}

/** The lane value that findings (worst first) amount to. */
export function configLane(findings: readonly Finding[]): LaneValue<'config'> {
  return misconfigurations(findings)[0]?.severity ?? 'ok';
}
