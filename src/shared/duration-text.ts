/** Lengths of time as people write them in settings: `30s`, `5m`, `2h`, `90d`. */
import type { Millis } from './model.ts';

const UNITS = { s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 } as const;
type Unit = keyof typeof UNITS;

/** One whole number and one unit; combinations such as `1h30m` are written in the smaller unit (`90m`). */
export const DURATION_PATTERN = /^(\d{1,6})(s|m|h|d)$/;

function isUnit(text: string | undefined): text is Unit {
  return text !== undefined && text in UNITS;
}

/** Milliseconds of a written duration, or `null` when the text is none. */
export function parseDuration(text: string): Millis | null {
  const match = DURATION_PATTERN.exec(text);
  const unit = match?.[2];
  return match !== null && isUnit(unit) ? Number(match[1]) * UNITS[unit] : null;
}

/** The shortest exact way to write a duration of whole seconds: `90s`, but `2m` and `90d`. Part seconds are rounded. */
export function formatDuration(span: Millis): string {
  const seconds = Math.round(span / UNITS.s) * UNITS.s;
  for (const unit of ['d', 'h', 'm'] as const) {
    if (seconds > 0 && seconds % UNITS[unit] === 0) return `${seconds / UNITS[unit]}${unit}`;
  }
  return `${seconds / UNITS.s}s`;
}
