/** A row of the board as it was recorded. Pure. */
import {
  accountOf,
  type BoardRow,
  type Instant,
  type Lane,
  type LaneState,
  type Lanes,
  tunnelOf,
} from '../../shared/model.ts';
import { tunnelOfConfig } from '../alerts/rehearse/tunnel.ts';
import type { PastTunnel } from '../history/past-contract.ts';
import type { FlatConfig } from '../state/config-snapshot.ts';
import { RECOVERY_MS } from '../state/health.ts';
import { tunnelSeverity } from '../state/severity.ts';
import { siteOf } from '../state/site.ts';

function lanesThen({ lanes, knownFrom }: PastTunnel): Lanes {
  const lane = <L extends Lane>(name: L): LaneState<L> => {
    const known = lanes[name];
    if (known === undefined) return { value: 'unobserved', since: knownFrom, exact: false } as LaneState<L>;
    return { value: known.value, since: known.since, exact: known.exact } as LaneState<L>;
  };
  return { bgp: lane('bgp'), health: lane('health'), psk: lane('psk'), config: lane('config') };
}

/**
 * The row of a tunnel at `at`. The site is the newest one that is known, because sites are not recorded; for a tunnel that is no
 * more it is the stem of its name. The key's time is told where the present key was there already.
 * @param live the row of the present, if the tunnel still exists
 */
export function rowThen(tunnel: PastTunnel, at: Instant, config: FlatConfig, live: BoardRow | undefined): BoardRow {
  const { key, name } = tunnel;
  const { description, cloudflareEndpoint, customerEndpoint } = tunnelOfConfig(key, name, config);
  const lanes = lanesThen(tunnel);
  const { health } = tunnel.lanes;
  const generatedAt = live?.pskGeneratedAt ?? null;
  return {
    key,
    accountId: accountOf(key),
    id: tunnelOf(key),
    name,
    description,
    site: live?.site ?? siteOf(name, null),
    cloudflareEndpoint,
    customerEndpoint,
    lanes,
    severity: tunnelSeverity(lanes),
    recovering: health?.value === 'degraded' && health.from === 'down' && at - health.since < RECOVERY_MS,
    bgpStatus: null,
    healthShare: null,
    pskGeneratedAt: generatedAt !== null && generatedAt <= at ? generatedAt : null,
    idle: null,
    unreadable: null,
  };
}
