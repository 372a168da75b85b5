/**
 * Rules about health checks. Two habits of Cloudflare's shape them: a rekey makes health dip for 1 to 3 minutes, and a tunnel
 * that came back is held at degraded for 5 to 30 minutes. Neither is news.
 */
import type { AlertPhase } from '../../../shared/alerts.ts';
import type { EventDetail } from '../../../shared/model.ts';
import { FLAP_CALM, FLAP_WINDOW_MS } from './flapping.ts';
import { ABSENT, EASING, HELD, type Judgement, MINUTE, type TunnelLook, type TunnelRule, UNKNOWN } from './rule.ts';
import { outageSeverity } from './severity.ts';

const REKEY =
  'Cloudflare, troubleshooting tunnel health: a new SA takes 90 to 150 s to spread, health dips for 1 to 3 min';
const HOLD = 'Cloudflare, tunnel health checks: at least 5 min in a bad state, up to 30 min to recover';
/** Four dips an hour: more often than any rekey. */
const FLAP_FROM = 8;

const told = (phase: AlertPhase | null): boolean => phase === 'firing' || phase === 'recovering';

const sees = ({ view, seen }: TunnelLook): boolean => seen.health && view.row.unreadable === null;

function coloFacts({ view: { row } }: TunnelLook): EventDetail {
  const share = row.healthShare;
  return { healthyColos: share?.healthy ?? null, colos: share?.colos ?? null, worst: share?.worst ?? null };
}

function down(look: TunnelLook): Judgement {
  if (!sees(look)) return UNKNOWN;
  const { row } = look.view;
  const { value, since, exact } = row.lanes.health;
  if (value === 'nodata' || value === 'unobserved') return UNKNOWN;
  if (value === 'down') {
    return { is: 'present', since, exact, severity: outageSeverity(look), facts: coloFacts(look) };
  }
  // Held at degraded; and if that lasts too long, this alert stays until the one about degraded health takes over.
  const handsOver = look.phase('health-degraded') === 'pending';
  return value === 'degraded' && (row.recovering || handsOver) ? EASING : ABSENT;
}

function degraded(look: TunnelLook): Judgement {
  if (!sees(look)) return UNKNOWN;
  const { row } = look.view;
  const { value, since, exact } = row.lanes.health;
  if (value === 'nodata' || value === 'unobserved') return UNKNOWN;
  if (value !== 'degraded' && value !== 'down') return ABSENT;
  const phase = look.phase('health-degraded');
  const present: Judgement = { is: 'present', since, exact, facts: coloFacts(look) };
  // Worse is not better: while it is down nobody says that it recovers.
  if (told(phase)) return present;
  if (value === 'down') return phase === 'pending' && look.phase('health-down') !== 'firing' ? HELD : ABSENT;
  return row.recovering ? ABSENT : present;
}

export const HEALTH_RULES: readonly TunnelRule[] = [
  {
    id: 'health-down',
    scope: 'tunnel',
    what: 'Most of the data centres that report see the tunnel down, for longer than a rekey lasts.',
    why: 'Cloudflare sends traffic elsewhere, or nowhere when there is no other tunnel.',
    source: REKEY,
    defaults: { enabled: true, severity: null, pendingMs: 3 * MINUTE, recoverMs: 2 * MINUTE },
    measure: 'health',
    longer: true,
    confirmed: false,
    fatal: true,
    judge: down,
  },
  {
    id: 'health-degraded',
    scope: 'tunnel',
    what: 'Part of the health checks fail, for longer than Cloudflare holds a tunnel at degraded after a short fault.',
    why: 'Packets are lost, and Cloudflare prefers other tunnels by 500,000 of priority.',
    source: HOLD,
    defaults: { enabled: true, severity: 'warning', pendingMs: 5 * MINUTE, recoverMs: 2 * MINUTE },
    measure: 'health',
    longer: true,
    confirmed: false,
    fatal: false,
    judge: degraded,
  },
  {
    id: 'tunnel-flapping',
    scope: 'tunnel',
    what: 'Health left or regained healthy at least 8 times within an hour.',
    why: 'Each time traffic moves to another tunnel and back; users feel every move.',
    source: `${REKEY}; a dip is two changes, and no SA lives for less than 20 min: rekeys alone make 6 an hour at most`,
    defaults: { enabled: true, severity: null, pendingMs: 0, recoverMs: 5 * MINUTE },
    measure: 'health',
    longer: false,
    confirmed: true,
    fatal: false,
    judge: (look) => {
      if (!sees(look)) return UNKNOWN;
      const { changes, since } = look.flaps.health;
      const enough = told(look.phase('tunnel-flapping')) ? FLAP_CALM : FLAP_FROM;
      if (changes < enough) return ABSENT;
      const facts = { changes, windowMs: FLAP_WINDOW_MS };
      return { is: 'present', since, exact: true, severity: outageSeverity(look), facts };
    },
  },
];
