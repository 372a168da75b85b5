/** What findings amount to in the config lane, and which of them somebody is called for. */
import type { Finding, LaneValue } from '../../shared/model.ts';

/**
 * Findings about how a tunnel is doing, or about what happened to it: other lanes and events tell of those, with alerts of their
 * own, and a second alert for one cause would be one too many. The page of findings has them all.
 */
const TOLD_ELSEWHERE: ReadonlySet<string> = new Set([
  'psk-missing',
  'psk-age-warning',
  'psk-age-critical',
  'psk-never-rotated',
  'psk-pair-rotated-together',
  'bgp-status-missing',
  'bgp-status-stale',
  'bgp-state-inconsistent',
  'drift-config-changed',
  'tunnel-recreated',
  'x:health-rest-mismatch',
  'x:backup-idle',
  // How a site was built: everybody there knows.
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
