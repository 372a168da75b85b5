/** Words of the strip "since you were away". */
import type { Instant } from '../../../shared/model.ts';
import { duration } from '../../format/duration.ts';
import { plural } from '../../format/number.ts';
import { shortTime } from '../../format/time.ts';

export const label = 'Since you were away';
/** `Since you were away (Tue 18:02, 14 h 3 min):`. */
export const since = (from: Instant, to: Instant): string =>
  `${label} (${shortTime(from, to)}, ${duration(to - from)}):`;
export const read = 'Read it';
export const dismiss = 'Done';
export const dismissTitle = 'Put this away: you know about it.';

/** What happened meanwhile, in numbers. */
export interface AwayNews {
  readonly opened: number;
  readonly resolved: number;
  readonly open: number;
  readonly findings: number;
  readonly changes: number;
}

/** `3 incidents opened, 2 resolved, 1 still open; 5 changes of configuration`; what is none is left out. */
export function news({ opened, resolved, open, findings, changes }: AwayNews): string {
  const incidents = [
    opened > 0 ? `${plural(opened, 'incident', 'incidents')} opened` : null,
    resolved > 0
      ? opened > 0
        ? `${resolved} resolved`
        : `${plural(resolved, 'incident', 'incidents')} resolved`
      : null,
    open > 0 && opened + resolved > 0 ? `${open} open now` : null,
  ];
  const rest = [
    changes > 0 ? plural(changes, 'change of configuration', 'changes of configuration') : null,
    findings > 0 ? plural(findings, 'new finding', 'new findings') : null,
  ];
  return [incidents, rest]
    .map((part) => part.filter((text) => text !== null).join(', '))
    .filter((text) => text !== '')
    .join('; ');
}
