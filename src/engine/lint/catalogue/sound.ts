/** The sound account that examples start from: one site with two tunnels, and nothing wrong with them. */
import {
  type AccountId,
  type Instant,
  type PskPolicy,
  type Tunnel,
  type TunnelId,
  tunnelKey,
} from '../../../shared/model.ts';
import type { Surroundings, TunnelFacts } from '../contract.ts';

/** 2026-11-20T10:00:00Z, the moment of all examples. */
export const EXAMPLE_NOW: Instant = Date.UTC(2026, 10, 20, 10);
const DAY = 86_400_000;
export const EXAMPLE_POLICY: PskPolicy = { agingMs: 90 * DAY, dueMs: 180 * DAY, staleMs: 365 * DAY };
export const EXAMPLE_ACCOUNT = '0123456789abcdef0123456789abcdef' as AccountId;
export const EXAMPLE_FACTS: TunnelFacts = { idle: false, health: 'healthy', site: null };

/** Everything is known of this account, and it has nothing beside its tunnels but a route to each of the first two. */
export const EXAMPLE_SURROUNDINGS: Surroundings = {
  gre: [],
  interconnects: [],
  routes: [1, 3].map((last) => ({
    id: `route-${last}`,
    prefix: '10.200.0.0/16',
    nexthop: `10.64.0.${last}`,
    priority: 100,
    description: null,
  })),
  cloudflareAsn: 13_335,
  redundancyGroups: [],
  accountNumber: '123456789',
  recent: [],
};

/** The nth tunnel of the site, counted from 0: `ams-tun-a`, `ams-tun-b`, `ams-tun-3`, … */
export function soundTunnel(n: number): Tunnel {
  const id = (n + 1).toString(16).padStart(32, '0') as TunnelId;
  return {
    key: tunnelKey(EXAMPLE_ACCOUNT, id),
    accountId: EXAMPLE_ACCOUNT,
    id,
    name: `ams-tun-${['a', 'b'][n] ?? n + 1}`,
    description: null,
    cloudflareEndpoint: n % 2 === 0 ? '162.159.64.1' : '162.159.65.1',
    customerEndpoint: `44.128.${n + 1}.1`,
    interfaceAddress: `10.64.0.${2 * n}/31`,
    interfaceAddress6: null,
    allowNullCipher: false,
    automaticReturnRouting: false,
    replayProtection: false,
    bgp: null,
    bgpStatus: null,
    fqdnId: null,
    healthCheck: {
      enabled: true,
      rate: 'mid',
      type: 'request',
      direction: 'bidirectional',
      target: { saved: '', effective: `10.64.0.${2 * n + 1}` },
    },
    pskGeneratedAt: EXAMPLE_NOW - (60 + n) * DAY,
    createdAt: EXAMPLE_NOW - 400 * DAY,
    modifiedAt: EXAMPLE_NOW - (60 + n) * DAY,
  };
}
