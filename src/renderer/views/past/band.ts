/** The marks of a window as a dense, quiet band: one path for each kind. Pure. */
import type { PastMark } from '../../../shared/past.ts';
import { isIncident } from '../../state/past-marks.svelte.ts';
import type { Stretch } from '../../state/past-window.ts';

/** Pixels of a row, and from one to the next. */
export const BAND_ROW = 6;
export const BAND_STEP = 8;
/** Nothing is drawn narrower. */
const THINNEST = 2;

export interface Band {
  /** Paths of the three rows, empty where there is nothing. */
  readonly incidents: string;
  readonly outages: string;
  readonly others: string;
  readonly counts: { readonly incidents: number; readonly outages: number; readonly others: number };
}

/** Where incidents lasted: from opened to resolved, as far as both are in the window. */
function incidentSpans(marks: readonly PastMark[], window: Stretch): Stretch[] {
  const open = new Map<string, number>();
  const spans: Stretch[] = [];
  for (const { at, kind, incidentId } of marks) {
    if (incidentId === null) continue;
    if (kind === 'incident-opened') open.set(incidentId, at);
    else if (kind === 'incident-resolved') {
      spans.push({ from: open.get(incidentId) ?? window.from, to: at });
      open.delete(incidentId);
    }
  }
  return [...spans, ...[...open.values()].map((from) => ({ from, to: window.to }))];
}

function pathOf(spans: readonly Stretch[], row: number, window: Stretch, width: number): string {
  const x = (at: number): number => Math.round(((at - window.from) / (window.to - window.from)) * width);
  const taken = new Set<string>();
  for (const { from, to } of spans) {
    const left = Math.min(Math.max(0, x(from)), width - THINNEST);
    taken.add(`M${left} ${row * BAND_STEP}h${Math.max(THINNEST, Math.min(width, x(to)) - left)}v${BAND_ROW}H${left}z`);
  }
  return [...taken].join('');
}

/** @param width Pixels of the whole window. */
export function bandOf(marks: readonly PastMark[], window: Stretch, width: number): Band {
  const inside = marks.filter(({ at }) => at >= window.from && at <= window.to);
  const outages = inside.filter(({ kind }) => kind === 'outage');
  const others = inside.filter((mark) => mark.kind !== 'outage' && !isIncident(mark));
  const point = ({ at }: PastMark): Stretch => ({ from: at, to: at });
  return {
    incidents: pathOf(incidentSpans(inside, window), 0, window, width),
    outages: pathOf(outages.map(point), 1, window, width),
    others: pathOf(others.map(point), 2, window, width),
    counts: {
      incidents: inside.filter(({ kind }) => kind === 'incident-opened').length,
      outages: outages.length,
      others: others.length,
    },
  };
}
