/** Which findings count: those that nobody decided to live with for now. Pure. */
import type { Waiver } from '../../shared/lint.ts';
import type { Finding, Instant } from '../../shared/model.ts';

/** Is the waiver in force at `now`? */
export const inForce = ({ until }: Waiver, now: Instant): boolean => now < until;

/** The findings without those that a waiver in force takes out; their order stays. An expired waiver hides nothing. */
export function standing(findings: readonly Finding[], waivers: readonly Waiver[], now: Instant): readonly Finding[] {
  const waived = waivers.filter((waiver) => inForce(waiver, now));
  if (waived.length === 0) return findings;
  return findings.filter(({ rule, key }) => !waived.some((waiver) => waiver.rule === rule && waiver.key === key));
}
