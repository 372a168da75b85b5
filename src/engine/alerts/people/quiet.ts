/** What hides alerts from people: silences that they made, and maintenance windows of the settings. */
import type { Alert, MaintenanceView, Matcher, Silence } from '../../../shared/alerts.ts';
import type { Instant, Millis } from '../../../shared/model.ts';
import type { AlertConfig, MaintenanceWindow, Quiet } from '../contract.ts';
import { compile, type Fits, labelsOf } from '../match.ts';
import { type Calendar, calendarOf } from './week-time.ts';

/** Silences that ended stay listed for this long, so that their end is seen. */
const ENDED_SHOWN_MS: Millis = 24 * 3_600_000;

/** `pending` before it starts, `active`, `expired` from its end on. */
export function silenceState({ startsAt, endsAt }: Silence, now: Instant): 'pending' | 'active' | 'expired' {
  if (now >= endsAt) return 'expired';
  return now < startsAt ? 'pending' : 'active';
}

interface Window {
  readonly id: string;
  readonly name: string;
  readonly matchers: readonly Matcher[];
  readonly zone: string;
  readonly fits: Fits;
  readonly calendar: Calendar;
}

function windowOf({ name, matchers, times, once }: MaintenanceWindow, zone: string): Window {
  return {
    id: `maintenance:${name}`,
    name,
    matchers,
    zone: times[0]?.zone ?? zone,
    fits: compile(matchers),
    calendar: calendarOf(times, once === null ? [] : [once]),
  };
}

function viewOf({ id, name, matchers, zone, calendar }: Window, now: Instant): MaintenanceView | null {
  const current = calendar.current(now);
  const span = current ?? calendar.next(now);
  if (span === null) return null;
  return { id, name, matchers, zone, active: current !== null, startsAt: span.from, endsAt: span.to };
}

/** Oldest first: the one that everybody forgot is on top. */
const byAge = (a: Silence, b: Silence): number => a.createdAt - b.createdAt || (a.id < b.id ? -1 : 1);

/** What is in force, and the times between which that stays so. */
interface InForce {
  readonly from: Instant;
  readonly to: Instant;
  readonly hiders: readonly { readonly id: string; readonly fits: Fits }[];
}

/** `silences` are those of the store, in any order. */
export function createQuiet(config: AlertConfig, silences: readonly Silence[]): Quiet {
  const held = new Map(silences.map((silence) => [silence.id, { silence, fits: compile(silence.matchers) }]));
  const windows = config.maintenance.map((window) => windowOf(window, config.zone));
  let force: InForce | null = null;

  /** The moments around `now` at which something begins or ends: after it, next first. */
  const due = (now: Instant): Instant | null => {
    const times = [...held.values()].flatMap(({ silence }) => [silence.startsAt, silence.endsAt]);
    for (const { calendar } of windows) {
      const [current, next] = [calendar.current(now), calendar.next(now)];
      times.push(current?.to ?? now, next?.from ?? now);
    }
    const coming = times.filter((time) => time > now);
    return coming.length === 0 ? null : coming.reduce((a, b) => Math.min(a, b));
  };

  /** Thousands of alerts are asked about at one moment: what is in force is found once. */
  const inForce = (now: Instant): InForce => {
    if (force !== null && force.from <= now && now < force.to) return force;
    const active = [...held.values()].filter(({ silence }) => silenceState(silence, now) === 'active');
    const open = windows.filter(({ calendar }) => calendar.current(now) !== null);
    force = {
      from: now,
      to: due(now) ?? Number.POSITIVE_INFINITY,
      hiders: [
        ...active.map(({ silence, fits }) => ({ id: silence.id, fits })),
        ...open.map(({ id, fits }) => ({ id, fits })),
      ],
    };
    return force;
  };

  const put = (silence: Silence): void => {
    held.set(silence.id, { silence, fits: compile(silence.matchers) });
    force = null;
  };

  return {
    silencedBy(alert: Alert, now) {
      const { hiders } = inForce(now);
      if (hiders.length === 0) return [];
      const labels = labelsOf(alert);
      return hiders.filter(({ fits }) => fits(labels)).map(({ id }) => id);
    },
    silences: (now) =>
      [...held.values()]
        .map(({ silence }) => silence)
        .filter(({ endsAt }) => now - endsAt < ENDED_SHOWN_MS)
        .sort(byAge),
    maintenance: (now) =>
      windows.map((window) => viewOf(window, now)).filter((view): view is MaintenanceView => view !== null),
    add: put,
    expire(id, now, by) {
      const found = held.get(id)?.silence;
      if (found === undefined || silenceState(found, now) === 'expired') return null;
      const ended: Silence = { ...found, startsAt: Math.min(found.startsAt, now), endsAt: now, endedBy: by };
      put(ended);
      return ended;
    },
    due,
  };
}
