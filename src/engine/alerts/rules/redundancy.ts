/**
 * Rules about sites and standbys. They rest on deaths that were confirmed before, each by an alert of its own, so they need no
 * pending time. A site with a single tunnel has nothing to lose but that tunnel: these rules leave it to the tunnel's own.
 */
import type { EventDetail } from '../../../shared/model.ts';
import { ABSENT, type Judgement, MINUTE, type SiteLook, type SiteRule, type TunnelRule, UNKNOWN } from './rule.ts';

/** Facts: how many `tunnels` the site has, how many of them are `live`, `dead`, `unknown`; `lastLive` by name. */
function siteFacts({ tunnels, live, dead, unknown, lastLive }: SiteLook): EventDetail {
  return { tunnels, live, dead, unknown, lastLive };
}

function present(look: SiteLook): Judgement {
  return { is: 'present', since: look.since, exact: look.exact, facts: siteFacts(look) };
}

const open = (look: SiteLook, rule: 'redundancy-lost' | 'site-isolated'): boolean => look.phase(rule) !== null;

function isolated(look: SiteLook): Judgement {
  if (look.tunnels < 2 || look.live > 0) return ABSENT;
  if (look.dead === look.tunnels) return present(look);
  if (look.unknown > 0) return UNKNOWN;
  // One of them came back for a moment and reads dead again.
  return open(look, 'site-isolated') ? present(look) : ABSENT;
}

function redundancyLost(look: SiteLook): Judgement {
  if (look.tunnels < 2 || look.live > 1) return ABSENT;
  if (look.live === 1 && look.dead === look.tunnels - 1) return present(look);
  if (look.unknown > 0) return UNKNOWN;
  // The last one is lost as well, or a dead one came back for a moment only.
  return open(look, 'redundancy-lost') ? present(look) : ABSENT;
}

export const SITE_RULES: readonly SiteRule[] = [
  {
    id: 'site-isolated',
    scope: 'site',
    what: 'Every tunnel of a site with two or more is dead.',
    why: 'The site is cut off.',
    source: 'Each death is confirmed by its own rule; tunnels of unknown state count as neither dead nor alive',
    defaults: { enabled: true, severity: 'critical', pendingMs: 0, recoverMs: 2 * MINUTE },
    measure: 'time',
    judge: isolated,
  },
  {
    id: 'redundancy-lost',
    scope: 'site',
    what: 'Exactly one tunnel of a site with two or more is left; all others are dead.',
    why: 'The next fault cuts the site off.',
    source: 'Each death is confirmed by its own rule; tunnels of unknown state count as neither dead nor alive',
    defaults: { enabled: true, severity: 'warning', pendingMs: 0, recoverMs: 2 * MINUTE },
    measure: 'time',
    judge: redundancyLost,
  },
];

const DEATHS = ['bgp-down', 'bgp-stuck-establishing', 'health-down'] as const;

/** Facts: `by`, the rule that tells its death; `idleMs`, for how long nothing went through it at least. */
export const STANDBY_DOWN: TunnelRule = {
  id: 'standby-down',
  scope: 'tunnel',
  what: 'A tunnel is dead that carried no traffic for 6 hours.',
  why: "Nobody feels it until it is needed, and Cloudflare's own alert skips tunnels without traffic.",
  source: 'Cloudflare, tunnel health alerts: only tunnels with customer traffic in the last 6 h are looked at',
  defaults: { enabled: true, severity: 'warning', pendingMs: 0, recoverMs: MINUTE },
  measure: 'time',
  longer: false,
  confirmed: true,
  fatal: false,
  judge: ({ view: { row }, phase, seen }) => {
    if (!seen.list || row.unreadable !== null || row.idle === null) return UNKNOWN;
    const by = DEATHS.find((rule) => phase(rule) === 'firing');
    if (!row.idle || by === undefined) return ABSENT;
    const { since, exact } = by === 'health-down' ? row.lanes.health : row.lanes.bgp;
    return { is: 'present', since, exact, facts: { by, idleMs: 6 * 60 * MINUTE } };
  },
};
