import type { Instant, Lane, LaneState, Lanes, LaneValue, Millis } from '../../../shared/model.ts';
import { duration } from '../../format/duration.ts';
import { exactTime, shortTime } from '../../format/time.ts';
import type { HealthShare } from '../en/lane.ts';

const NAMES: Readonly<Record<Lane, string>> = { bgp: 'BGP', health: 'Zustand', psk: 'PSK', config: 'Konfiguration' };

const VALUES: { readonly [L in Lane]: { readonly [V in LaneValue<L>]: string } } = {
  bgp: {
    up: 'aktiv',
    establishing: 'im Aufbau',
    down: 'ausgefallen',
    unconfigured: 'nicht konfiguriert',
    unreported: 'nicht gemeldet',
    unknown: 'unbekannt',
    unobserved: 'nicht beobachtet',
  },
  health: {
    healthy: 'gesund',
    degraded: 'beeinträchtigt',
    down: 'ausgefallen',
    disabled: 'nicht geprüft',
    nodata: 'ohne Ergebnisse',
    unobserved: 'nicht beobachtet',
  },
  psk: {
    fresh: 'frisch',
    aging: 'alternd',
    due: 'fällig',
    stale: 'überaltert',
    missing: 'nicht gemeldet',
    unobserved: 'nicht beobachtet',
  },
  config: {
    ok: 'in Ordnung',
    info: 'mit Hinweisen',
    warning: 'mit Warnungen',
    error: 'mit Fehlern',
    unobserved: 'nicht geprüft',
  },
};

/** `BGP`, `Zustand`, `PSK`, `Konfiguration`. */
export function name(lane: Lane): string {
  return NAMES[lane];
}

/** Das schlichte Wort für einen Wert: `ausgefallen`, `nicht gemeldet`. */
export function value<L extends Lane>(lane: L, of: LaneValue<L>): string {
  const words: { readonly [V in LaneValue<L>]: string } = VALUES[lane];
  return words[of];
}

/** Kürzer als das sagt „mindestens so lange“ nichts. */
const WORTH_TELLING: Millis = 60_000;

/** `seit 10:02 (14 min)`; `seit 10:02 oder früher (mindestens 14 min)`, wenn es vor unserem Hinsehen begann. */
export function since(state: Pick<LaneState, 'since' | 'exact'>, now: Instant): string {
  const length = duration(now - state.since);
  const at = shortTime(state.since, now);
  if (state.exact) return `seit ${at} (${length})`;
  const least = now - state.since < WORTH_TELLING ? '' : ` (mindestens ${length})`;
  return `seit ${at} oder früher${least}`;
}

/** ` seit 3 d 4 h`, ` seit mind. 3 d 4 h` (die Spalte der Übersicht ist schmal); nichts, wenn wir kaum hingesehen haben. */
function lasting(state: Pick<LaneState, 'since' | 'exact'>, now: Instant): string {
  if (state.exact) return ` seit ${duration(now - state.since)}`;
  return now - state.since < WORTH_TELLING ? '' : ` seit mind. ${duration(now - state.since)}`;
}

/** In einer Zeile, wo der Platz knapp ist: ` seit 10:02 (14 min)`, ` seit mind. 14 min`. */
function began(state: Pick<LaneState, 'since' | 'exact'>, now: Instant): string {
  if (state.exact || now - state.since < WORTH_TELLING) return ` ${since(state, now)}`;
  return lasting(state, now);
}

/** Der Augenblick hinter einem „seit“, für einen Hinweis beim Zeigen. */
export function beganTitle({ since: at, exact }: LaneState): string {
  return exact ? exactTime(at) : `${exactTime(at)} oder früher`;
}

/** BGP als kurzer Satz: `BGP ausgefallen seit 10:02 (14 min)`, `BGP im Aufbau seit 4 min`, `Kein BGP konfiguriert`. */
export function bgp(state: Lanes['bgp'], now: Instant): string {
  switch (state.value) {
    case 'up':
      return `BGP aktiv${lasting(state, now)}`;
    case 'establishing':
      return `BGP im Aufbau${lasting(state, now)}`;
    case 'down':
      return `BGP ausgefallen${began(state, now)}`;
    case 'unconfigured':
      return 'Kein BGP konfiguriert';
    case 'unreported':
      return 'BGP-Zustand nicht gemeldet';
    case 'unknown':
      return `BGP-Zustand unbekannt${began(state, now)}`;
    case 'unobserved':
      return state.exact ? `BGP nicht beobachtet ${since(state, now)}` : 'BGP noch nicht beobachtet';
  }
}

/** Der Zustand als kurzer Satz: `Gesund in 14 von 14 Rechenzentren`, `Zustand ausgefallen seit 10:02 (14 min)`. */
export function health(state: Lanes['health'], share: HealthShare | null, recovering: boolean, now: Instant): string {
  const reach = share === null || share.colos === 0 ? null : colos(share);
  const short = share === null ? '' : ratio(share);
  switch (state.value) {
    case 'healthy':
      return reach === null ? `Gesund${lasting(state, now)}` : `Gesund in ${reach}`;
    case 'degraded':
      if (recovering) return reach === null ? 'Erholt sich' : `Erholt sich, ${short} gesund`;
      // Jedes für sich gesund und im Mittel doch beeinträchtigt: der Anteil würde nur verwirren.
      if (reach === null || share?.healthy === share?.colos) return `Beeinträchtigt${lasting(state, now)}`;
      return `Beeinträchtigt${state.exact ? lasting(state, now) : ''}, ${short} gesund`;
    case 'down':
      return `Zustand ausgefallen${began(state, now)}`;
    case 'disabled':
      return 'Zustandsprüfungen sind aus';
    case 'nodata':
      return 'Keine Prüfergebnisse';
    case 'unobserved':
      return state.exact ? `Zustand nicht beobachtet ${since(state, now)}` : 'Zustand noch nicht beobachtet';
  }
}

/** Was die Konfiguration in einer Zeile zu sagen hat, oder nichts: `Konfiguration: Fehler`. */
export function finding(of: LaneValue<'config'>): string | null {
  if (of === 'error') return 'Konfiguration: Fehler';
  return of === 'warning' ? 'Konfiguration: Warnung' : null;
}

/** Ein alter Stand: `BGP war vor 14 min aktiv`; was ausgefallen war, behält seinen Anfang, wo er bekannt ist. */
export function was(lane: 'bgp' | 'health', state: LaneState<typeof lane>, ageMs: Millis | null, now: Instant): string {
  if (state.value === 'unconfigured') return bgp({ ...state, value: 'unconfigured' }, now);
  const word = value(lane, state.value);
  const told =
    ageMs === null ? `${name(lane)} war zuletzt ${word}` : `${name(lane)} war vor ${duration(ageMs)} ${word}`;
  return state.value === 'down' && state.exact ? `${told}, seit ${shortTime(state.since, now)}` : told;
}

/** `12 von 14 Rechenzentren`. */
export function colos(share: HealthShare): string {
  return `${ratio(share)} ${share.colos === 1 ? 'Rechenzentrum' : 'Rechenzentren'}`;
}

/** `12 von 14`. */
export function ratio({ healthy, colos: of }: HealthShare): string {
  return `${healthy} von ${of}`;
}
