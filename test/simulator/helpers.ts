/** A simulator on a virtual clock, and short ways to ask it. */
import { type VirtualClock, virtualClock } from '../../src/engine/virtual-clock.ts';
import { createSimulator, type SimReply, type Simulator, type SimulatorOptions } from '../../src/simulator/index.ts';
import type { Incident, Scenario } from '../../src/simulator/scenario.ts';

/** A Friday noon. */
export const ORIGIN = Date.parse('2026-11-20T12:00:00Z');
export const SECOND = 1_000;
export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;
export const NO_LIMITS = { quota: 1e9, graphqlQuota: 1e9 };

export interface WireTunnel {
  id: string;
  name: string;
  cloudflare_endpoint: string;
  customer_endpoint?: string;
  interface_address?: string;
  created_on: string;
  modified_on: string;
  replay_protection?: boolean;
  psk_metadata?: { last_generated_on?: string };
  health_check?: { enabled?: boolean; rate?: string; direction?: string; target?: unknown };
  bgp?: { customer_asn: number };
  bgp_status?: { state: string; tcp_established: boolean; updated_at: string; bgp_state?: string };
}

export interface HealthRow {
  count: number;
  avg: { tunnelState: number };
  dimensions: { tunnelName: string; siteName: string; edgeColoCode: string; datetimeMinute: string };
}

export interface Lab {
  readonly sim: Simulator;
  readonly clock: VirtualClock;
  /** Moves the clock to a moment relative to the origin. */
  to(offset: number): Promise<void>;
  ask(method: string, path: string, body?: unknown, headers?: Record<string, string>): SimReply;
  tunnels(account?: number): WireTunnel[];
  tunnel(name: string): WireTunnel;
  /** Health rows of the window, relative to the origin. */
  health(from: number, to: number, account?: number): HealthRow[];
}

export function lab(options: Partial<SimulatorOptions> & { start?: number } = {}): Lab {
  const clock = virtualClock(ORIGIN + (options.start ?? 0));
  const sim = createSimulator({ scenario: 'calm', seed: 42, clock, origin: ORIGIN, limits: NO_LIMITS, ...options });
  const auth = { authorization: `Bearer ${sim.writeToken}`, 'x-magic-new-hc-target': 'true' };
  const ask: Lab['ask'] = (method, path, body, headers = auth) =>
    sim.handle({
      method,
      path: `/client/v4${path}`,
      headers,
      body: body === undefined ? null : typeof body === 'string' ? body : JSON.stringify(body),
    });
  const idOf = (account: number): string => sim.accounts[account]?.id ?? '';
  const tunnels: Lab['tunnels'] = (account = 0) =>
    json(ask('GET', `/accounts/${idOf(account)}/magic/ipsec_tunnels`)).result.ipsec_tunnels;
  return {
    sim,
    clock,
    ask,
    tunnels,
    to: (offset) => clock.advance(ORIGIN + offset - clock.now(), async () => {}),
    tunnel(name) {
      const found = sim.accounts.flatMap((_, i) => tunnels(i)).find((tunnel) => tunnel.name === name);
      if (found === undefined) throw new Error(`no tunnel ${name}`);
      return found;
    },
    health(from, to, account = 0) {
      const variables = { a: idOf(account), f: time(from), t: time(to) };
      const answer = json(ask('POST', '/graphql', { query: HEALTH, variables }));
      if (answer.errors !== null) throw new Error(JSON.stringify(answer.errors));
      return answer.data.viewer.accounts[0].magicTransitTunnelHealthChecksAdaptiveGroups;
    },
  };
}

export const HEALTH = `query ($a: string!, $f: Time!, $t: Time!) {
  viewer { accounts(filter: { accountTag: $a }) {
    magicTransitTunnelHealthChecksAdaptiveGroups(limit: 10000, filter: { datetime_geq: $f, datetime_lt: $t }) {
      count
      avg { tunnelState }
      dimensions { tunnelName siteName edgeColoCode datetimeMinute }
    }
  } }
}`;

export function time(offset: number): string {
  return new Date(ORIGIN + offset).toISOString();
}

/** The body as JSON; tests look at it freely. */
// biome-ignore lint/suspicious/noExplicitAny: answers have many shapes, and the assertions check them
export function json(reply: { readonly body: Uint8Array }): any {
  return JSON.parse(Buffer.from(reply.body).toString('utf8'));
}

export function text(reply: { readonly body: Uint8Array }): string {
  return Buffer.from(reply.body).toString('utf8');
}

/** Four sites with a pair each, four data centres, and the incidents under test. */
export function scenarioWith(incidents: readonly Incident[], more: Partial<Scenario> = {}): Scenario {
  return {
    name: 'test',
    title: 'For one test',
    accounts: [
      {
        name: 'Test Works',
        cloudflareEndpoints: ['162.159.64.17', '162.159.65.17'],
        colos: ['AMS', 'FRA', 'LHR', 'CDG'],
        sites: [
          { code: 'aaa1', city: 'Aachen', carriers: ['One', 'Two'] },
          { code: 'bbb1', city: 'Bonn', carriers: ['One'] },
          { code: 'ccc1', city: 'Celle', carriers: ['Two'], bgp: 'off' },
          { code: 'ddd1', city: 'Dresden', carriers: ['Three'], bgp: 'unreported' },
        ],
      },
    ],
    incidents,
    ...more,
  };
}
