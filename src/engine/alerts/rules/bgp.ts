/**
 * Rules about the BGP session. A router that cannot set up its session tries again for ever, and the session goes down and
 * establishing by turns; so `bgp-down` and `bgp-stuck-establishing` watch over one another: whichever fires first stays until
 * the session is up, and the other keeps still.
 */
import type { AlertPhase } from '../../../shared/alerts.ts';
import type { BoardRow, EventDetail, Millis } from '../../../shared/model.ts';
import { FLAP_CALM, FLAP_WINDOW_MS } from './flapping.ts';
import { ABSENT, HELD, type Judgement, MINUTE, type TunnelLook, type TunnelRule, UNKNOWN } from './rule.ts';
import { outageSeverity } from './severity.ts';

/** Cloudflare's hold time of sessions over IPsec; the smaller of both peers' wins. */
export const HOLD_TIME_MS: Millis = 90_000;
/**
 * As long as Cloudflare itself waits before it believes a tunnel again: a session that falls every few minutes is then one
 * message and not one for each fall. An all-clear that comes later wakes nobody.
 */
const RECOVER_MS: Millis = 5 * MINUTE;
const TIMERS = 'Cloudflare, traffic steering: BGP timers over IPsec and GRE, hold time 90 s';
const READING = 'Reading of bgp_status (state, bgp_state, tcp_established) after the states of RFC 4271';

/** It fires, or did a moment ago. */
const told = (phase: AlertPhase | null): boolean => phase === 'firing' || phase === 'recovering';

const sees = ({ view, seen }: TunnelLook): boolean => seen.list && view.row.unreadable === null;

function sessionFacts({ bgpStatus, lanes }: BoardRow): EventDetail {
  return {
    tcpEstablished: bgpStatus?.tcpEstablished ?? null,
    bgpState: bgpStatus?.bgpState ?? null,
    health: lanes.health.value,
    since: lanes.bgp.since,
  };
}

function notUp(look: TunnelLook): Judgement {
  const { row } = look.view;
  const { since, exact } = row.lanes.bgp;
  return { is: 'present', since, exact, severity: outageSeverity(look), facts: sessionFacts(row) };
}

/** The judgement about a session that is `own` (present), in the `other` bad state, up, or something else. */
function session(
  look: TunnelLook,
  own: 'down' | 'establishing',
  rule: 'bgp-down' | 'bgp-stuck-establishing',
): Judgement {
  if (!sees(look)) return UNKNOWN;
  const { value } = look.view.row.lanes.bgp;
  if (value === 'up' || value === 'unconfigured') return ABSENT;
  if (value !== 'down' && value !== 'establishing') return UNKNOWN;
  if (told(look.phase(rule))) return notUp(look);
  if (told(look.phase(rule === 'bgp-down' ? 'bgp-stuck-establishing' : 'bgp-down'))) return ABSENT;
  if (value === own) return notUp(look);
  return look.phase(rule) === 'pending' ? HELD : ABSENT;
}

/** What contradicts itself in a session's record; `null` when nothing does. */
function contradiction({ bgpStatus }: BoardRow): string | null {
  if (bgpStatus === null) return null;
  const { state, raw, bgpState, tcpEstablished } = bgpStatus;
  if (state === 'unknown') return `unknown word ${raw}`;
  if (state !== 'up') return null;
  if (!tcpEstablished) return 'up without a TCP connection';
  const established = bgpState === null || bgpState === '' || bgpState.toLowerCase() === 'established';
  return established ? null : `up, yet ${bgpState}`;
}

export const BGP_RULES: readonly TunnelRule[] = [
  {
    id: 'bgp-down',
    scope: 'tunnel',
    what: 'Cloudflare reports BGP_DOWN for the session of the tunnel, in two reads.',
    why: 'The routes that the session carried are gone, and Cloudflare has no alert for it.',
    source: `${READING}; confirmed by a second read`,
    // The next list, 30 s later, confirms it.
    defaults: { enabled: true, severity: null, pendingMs: 25_000, recoverMs: RECOVER_MS },
    measure: 'list',
    longer: false,
    confirmed: false,
    fatal: true,
    judge: (look) => session(look, 'down', 'bgp-down'),
  },
  {
    id: 'bgp-stuck-establishing',
    scope: 'tunnel',
    what: 'The session is establishing for longer than two hold times.',
    why: 'A session that can come up does so within seconds; this one is refused or gets no answer.',
    source: `${TIMERS}; two of them without a session are no transient`,
    defaults: { enabled: true, severity: null, pendingMs: 2 * HOLD_TIME_MS, recoverMs: RECOVER_MS },
    measure: 'list',
    longer: true,
    confirmed: false,
    fatal: true,
    judge: (look) => session(look, 'establishing', 'bgp-stuck-establishing'),
  },
  {
    id: 'bgp-flapping',
    scope: 'tunnel',
    what: 'The session came up or went down at least 5 times within an hour.',
    why: 'Every flap moves routes; a session that will not stay up is worse than one that is down.',
    source:
      'A session that falls every 4 min by its hold timer changes 30 times an hour, a restarted router twice; 5 lies between',
    defaults: { enabled: true, severity: null, pendingMs: 0, recoverMs: 5 * MINUTE },
    measure: 'list',
    longer: false,
    confirmed: true,
    fatal: false,
    judge: (look) => {
      if (!sees(look)) return UNKNOWN;
      const { changes, since } = look.flaps.bgp;
      const enough = told(look.phase('bgp-flapping')) ? FLAP_CALM : 5;
      if (changes < enough) return ABSENT;
      const facts = { changes, windowMs: FLAP_WINDOW_MS };
      return { is: 'present', since, exact: true, severity: outageSeverity(look), facts };
    },
  },
  {
    id: 'bgp-inconsistent',
    scope: 'tunnel',
    what: 'The state says up while the details say otherwise, or the state is a word that nobody knows.',
    why: 'Whether the session carries routes cannot be told from such a record.',
    source: READING,
    defaults: { enabled: true, severity: 'warning', pendingMs: 2 * HOLD_TIME_MS, recoverMs: MINUTE },
    measure: 'list',
    longer: true,
    confirmed: false,
    fatal: false,
    judge: (look) => {
      if (!sees(look)) return UNKNOWN;
      const { row } = look.view;
      if (row.lanes.bgp.value === 'unreported' || row.lanes.bgp.value === 'unobserved') return UNKNOWN;
      const what = contradiction(row);
      if (what === null) return ABSENT;
      const { since, exact } = row.lanes.bgp;
      const word = row.bgpStatus?.raw ?? null;
      return { is: 'present', since, exact, facts: { ...sessionFacts(row), state: word, contradiction: what } };
    },
  },
];
