/** The pre-shared key's age explained. The key itself can be read by nobody; its age is all there is to watch. */
import type { Instant, LaneState, PskPolicy } from '../../shared/model.ts';
import { DAY, duration, wholeDays } from '../format/duration.ts';
import { calendarDate } from '../format/time.ts';
import { explainPsk as words } from '../words/explain-psk.ts';
import { type Explanation, explanation } from './explanation.ts';

export interface PskFacts {
  readonly lane: LaneState<'psk'>;
  readonly generatedAt: Instant | null;
  /** The tunnel carries packets: a missing PSK is then a gap in the record, not the cause of an outage. */
  readonly works?: boolean;
}

/** How old a key is: `412 days old`, `3 h old` on its first day, `dated 2 min ahead` when clocks differ. */
export function pskAge(generatedAt: Instant, now: Instant): string {
  const age = now - generatedAt;
  if (age < 0) return words.ahead(duration(-age));
  return age < DAY ? words.old(duration(age)) : words.old(words.days(wholeDays(age)));
}

/** `aging after 90 days, due after 180 days, stale after 365 days`. */
export function policyWords({ agingMs, dueMs, staleMs }: PskPolicy): string {
  const after = (ms: number): string => words.afterDays(wholeDays(ms));
  return words.policy(after(agingMs), after(dueMs), after(staleMs));
}

/** One sentence about the key's age against the policy, and what to do. */
export function explainPsk({ lane, generatedAt, works }: PskFacts, policy: PskPolicy, now: Instant): Explanation {
  if (generatedAt === null) {
    if (lane.value === 'unobserved') return explanation('unknown', words.unobserved);
    return works === true
      ? explanation('critical', words.noneYetWorks, [words.rotateWhenMovable])
      : explanation('critical', words.none, [words.generate]);
  }
  const notes = generatedAt > now - DAY ? [words.latent] : [];
  const made = words.made(pskAge(generatedAt, now), calendarDate(generatedAt));
  const due = generatedAt + policy.dueMs;
  if (generatedAt > now) return explanation('ok', words.clocksDiffer(made), [], notes);
  if (now < due) {
    const left = Math.ceil((due - now) / DAY);
    const rest = left <= 1 ? words.dueWithinDay : words.dueIn(left, calendarDate(due));
    const aging = now - generatedAt >= policy.agingMs;
    return explanation(aging ? 'info' : 'ok', words.joined(made, rest), aging ? [words.plan] : [], notes);
  }
  const late = wholeDays(now - due);
  const overdue = late === 0 ? words.dueToday : words.dueFor(late, calendarDate(due));
  const stale = now - generatedAt >= policy.staleMs;
  return explanation(stale ? 'critical' : 'warning', words.joined(made, overdue), [words.rotate]);
}
