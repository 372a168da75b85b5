/** The faults of a scenario at a moment. */
import type { Instant } from '../../shared/model.ts';
import type { ScheduledFault } from '../scenario.ts';
import { parseMoment, parseSpan } from '../span.ts';
import type { FaultRule } from './fault.ts';

/** Answers which rules hold at a moment. Faults that come again never stop coming. */
export function faultSchedule(faults: readonly ScheduledFault[], origin: Instant): (now: Instant) => FaultRule[] {
  const entries = faults.map(({ from, for: length, every, ...rule }) => ({
    rule,
    first: parseMoment(from, origin),
    length: parseSpan(length),
    every: every === undefined ? null : parseSpan(every),
  }));
  return (now) =>
    entries
      .filter(({ first, length, every }) => {
        const since = now - first;
        return since >= 0 && (every === null ? since : since % every) < length;
      })
      .map(({ rule }) => rule);
}
