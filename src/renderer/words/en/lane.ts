import type { Instant, Lane, LaneState, Lanes, LaneValue, Millis } from '../../../shared/model.ts';
import { duration } from '../../format/duration.ts';
import { exactTime, shortTime } from '../../format/time.ts';

const NAMES: Readonly<Record<Lane, string>> = { bgp: 'BGP', health: 'Health', psk: 'PSK', config: 'Configuration' };

const VALUES: { readonly [L in Lane]: { readonly [V in LaneValue<L>]: string } } = {
  bgp: {
    up: 'up',
    establishing: 'establishing',
    down: 'down',
    unconfigured: 'not configured',
    unreported: 'not reported',
    unknown: 'unknown',
    unobserved: 'not observed',
  },
  health: {
    healthy: 'healthy',
    degraded: 'degraded',
    down: 'down',
    disabled: 'not checked',
    nodata: 'no results',
    unobserved: 'not observed',
  },
  psk: {
    fresh: 'fresh',
    aging: 'aging',
    due: 'due for rotation',
    stale: 'over the limit',
    missing: 'not reported',
    unobserved: 'not observed',
  },
  config: {
    ok: 'in order',
    info: 'has notes',
    warning: 'has warnings',
    error: 'has errors',
    unobserved: 'not checked',
  },
};

/** `BGP`, `Health`, `PSK`, `Configuration`. */
export function name(lane: Lane): string {
  return NAMES[lane];
}

/** The plain word for a value of a lane: `down`, `not reported`. */
export function value<L extends Lane>(lane: L, of: LaneValue<L>): string {
  const words: { readonly [V in LaneValue<L>]: string } = VALUES[lane];
  return words[of];
}

/** Shorter than this "at least so long" says nothing. */
const WORTH_TELLING: Millis = 60_000;

/** `since 10:02 (14 min)`; `since 10:02 or earlier (at least 14 min)` when it had begun before we looked. */
export function since(state: Pick<LaneState, 'since' | 'exact'>, now: Instant): string {
  const length = duration(now - state.since);
  const at = shortTime(state.since, now);
  if (state.exact) return `since ${at} (${length})`;
  const least = now - state.since < WORTH_TELLING ? '' : ` (at least ${length})`;
  return `since ${at} or earlier${least}`;
}

/** ` for 3 d 4 h`, ` for at least 3 d 4 h`; nothing when we have hardly begun to look. */
function lasting(state: Pick<LaneState, 'since' | 'exact'>, now: Instant): string {
  if (state.exact) return ` for ${duration(now - state.since)}`;
  return now - state.since < WORTH_TELLING ? '' : ` for at least ${duration(now - state.since)}`;
}

/** In a row, where room is scarce: ` since 10:02 (14 min)`, ` for at least 14 min`. */
function began(state: Pick<LaneState, 'since' | 'exact'>, now: Instant): string {
  if (state.exact || now - state.since < WORTH_TELLING) return ` ${since(state, now)}`;
  return lasting(state, now);
}

/** The moment behind a "since", for a tooltip. */
export function beganTitle({ since: at, exact }: LaneState): string {
  return exact ? exactTime(at) : `${exactTime(at)}, or earlier`;
}

/** The BGP lane as a short sentence: `BGP down since 10:02 (14 min)`, `BGP establishing for 4 min`, `No BGP configured`. */
export function bgp(state: Lanes['bgp'], now: Instant): string {
  switch (state.value) {
    case 'up':
      return `BGP up${lasting(state, now)}`;
    case 'establishing':
      return `BGP establishing${lasting(state, now)}`;
    case 'down':
      return `BGP down${began(state, now)}`;
    case 'unconfigured':
      return 'No BGP configured';
    case 'unreported':
      return 'BGP state not reported';
    case 'unknown':
      return `BGP state unknown${began(state, now)}`;
    case 'unobserved':
      return state.exact ? `BGP not observed ${since(state, now)}` : 'BGP not observed yet';
  }
}

/** How many data centres report healthy, of how many that report. */
export interface HealthShare {
  readonly healthy: number;
  readonly colos: number;
  readonly worst: string | null;
}

/** The health lane as a short sentence: `Healthy in 14 of 14 data centres`, `Health down since 10:02 (14 min)`. */
export function health(state: Lanes['health'], share: HealthShare | null, recovering: boolean, now: Instant): string {
  const reach = share === null || share.colos === 0 ? null : colos(share);
  const short = share === null ? '' : ratio(share);
  switch (state.value) {
    case 'healthy':
      return reach === null ? `Healthy${lasting(state, now)}` : `Healthy in ${reach}`;
    case 'degraded':
      if (recovering) return reach === null ? 'Recovering' : `Recovering, ${short} healthy`;
      // All healthy by themselves and yet degraded together, by their average: the share would only confuse.
      if (reach === null || share?.healthy === share?.colos) return `Degraded${lasting(state, now)}`;
      // A lower bound and a share together are longer than a row.
      return `Degraded${state.exact ? lasting(state, now) : ''}, ${short} healthy`;
    case 'down':
      return `Health down${began(state, now)}`;
    case 'disabled':
      return 'Health checks are off';
    case 'nodata':
      return 'No health results';
    case 'unobserved':
      return state.exact ? `Health not observed ${since(state, now)}` : 'Health not observed yet';
  }
}

/** What the configuration lane has to say in a row, or nothing: `Configuration: error`. */
export function finding(value: LaneValue<'config'>): string | null {
  return value === 'error' || value === 'warning' ? `Configuration: ${value}` : null;
}

/**
 * A lane whose fact is old: `BGP was up 14 min ago`. What was down keeps its beginning, where it is known: `BGP was down 14 min ago, since 09:48`.
 * @param ageMs Age of the fact, or `null` when it is not known: `BGP was last up`.
 */
export function was(lane: 'bgp' | 'health', state: LaneState<typeof lane>, ageMs: Millis | null, now: Instant): string {
  if (state.value === 'unconfigured') return bgp({ ...state, value: 'unconfigured' }, now);
  const word = value(lane, state.value);
  const told = ageMs === null ? `${name(lane)} was last ${word}` : `${name(lane)} was ${word} ${duration(ageMs)} ago`;
  return state.value === 'down' && state.exact ? `${told}, since ${shortTime(state.since, now)}` : told;
}

/** `12 of 14 data centres`. */
export function colos(share: HealthShare): string {
  return `${ratio(share)} data ${share.colos === 1 ? 'centre' : 'centres'}`;
}

/** `12 of 14`. */
export function ratio({ healthy, colos: of }: HealthShare): string {
  return `${healthy} of ${of}`;
}
