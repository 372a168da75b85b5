/** The moment in a field of date and time, in the reader's zone. Pure but for the zone. */
import type { Instant } from '../../../shared/model.ts';
import { fromReader, readerDate } from '../../format/zone.ts';

/** `2026-11-17T10:02:30`, as a field `datetime-local` wants it. */
export function fieldValue(at: Instant): string {
  return readerDate(at).toISOString().slice(0, 19);
}

/** The instant of what stands in the field; `null` while it is not whole. */
export function fieldInstant(value: string): Instant | null {
  const [year, month, day, hour, minute, second = 0] = value.split(/[-T:]/).map(Number);
  if (year === undefined || month === undefined || day === undefined || hour === undefined || minute === undefined)
    return null;
  const at = fromReader(year, month - 1, day, hour, minute) + second * 1_000;
  return Number.isFinite(at) ? at : null;
}
