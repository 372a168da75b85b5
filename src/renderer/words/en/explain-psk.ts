/** The pre-shared key's age explained. The key itself can be read by nobody; its age is all there is to watch. */
import type { Instant, LaneState, PskPolicy } from '../../../shared/model.ts';
import { DAY, duration, wholeDays } from '../../format/duration.ts';
import { plural } from '../../format/number.ts';
import { calendarDate } from '../../format/time.ts';
import { type Explanation, explanation } from './explanation.ts';

export interface PskFacts {
  readonly lane: LaneState<'psk'>;
  readonly generatedAt: Instant | null;
  /** The tunnel carries packets: a missing PSK is then a gap in the record, not the cause of an outage. */
  readonly works?: boolean;
}

const days = (count: number): string => plural(count, 'day', 'days');

/** How old a key is: `412 days`, `3 h` on its first day, `dated 2 min ahead` when clocks differ. */
export function pskAge(generatedAt: Instant, now: Instant): string {
  const age = now - generatedAt;
  if (age < 0) return `dated ${duration(-age)} ahead`;
  return age < DAY ? `${duration(age)} old` : `${days(wholeDays(age))} old`;
}

/** `aging after 90 days, due after 180 days, stale after 365 days`. */
export function policyWords(policy: PskPolicy): string {
  const after = (ms: number): string => days(wholeDays(ms));
  return `aging after ${after(policy.agingMs)}, due after ${after(policy.dueMs)}, stale after ${after(policy.staleMs)}`;
}

/** One sentence about the key's age against the policy, and what to do. */
export function explainPsk({ lane, generatedAt, works }: PskFacts, policy: PskPolicy, now: Instant): Explanation {
  if (generatedAt === null) {
    if (lane.value === 'unobserved') return explanation('unknown', 'The PSK is not being observed at the moment.');
    return works === true ? noneYetWorks() : none();
  }
  const notes = generatedAt > now - DAY ? [LATENT] : [];
  const made = `The PSK is ${pskAge(generatedAt, now)} (${calendarDate(generatedAt)})`;
  const due = generatedAt + policy.dueMs;
  if (generatedAt > now) {
    return explanation('ok', `${made}: Cloudflare’s clock and this one differ. It counts as new.`, [], notes);
  }
  if (now < due) {
    const left = Math.ceil((due - now) / DAY);
    const rest =
      left <= 1 ? 'rotation is due within a day' : `rotation is due in ${days(left)}, on ${calendarDate(due)}`;
    const aging = now - generatedAt >= policy.agingMs;
    return explanation(aging ? 'info' : 'ok', `${made}; ${rest}.`, aging ? ['Plan the rotation.'] : [], notes);
  }
  const late = wholeDays(now - due);
  const overdue =
    late === 0
      ? 'rotation has been due since today'
      : `rotation has been due for ${days(late)}, since ${calendarDate(due)}`;
  const stale = now - generatedAt >= policy.staleMs;
  return explanation(stale ? 'critical' : 'warning', `${made}; ${overdue}.`, [
    'Rotate it: move traffic to the other tunnel of the site first, and never rotate both on one day.',
  ]);
}

const LATENT =
  'A mismatch stays hidden after a rotation: IKE checks the key only when it negotiates anew. Clear the IKE SA on the router to be sure.';

function none(): Explanation {
  return explanation(
    'critical',
    'No PSK is reported: as far as Cloudflare says, none was ever generated, and without one a tunnel cannot come up.',
    ['Generate a PSK and set it on the customer router.'],
  );
}

function noneYetWorks(): Explanation {
  return explanation(
    'critical',
    'No PSK is reported, yet the tunnel works: Cloudflare’s record of it is incomplete, so its age is not known.',
    ['Rotate the PSK when traffic can be moved away; from then on its age is on record.'],
  );
}
