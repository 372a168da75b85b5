/** The linter over ten thousand tunnels: from nothing, and after one of them changed. */

import { TunnelSchema } from '../../src/engine/cloudflare/schema.ts';
import { toTunnel } from '../../src/engine/cloudflare/tunnel.ts';
import type { Surroundings } from '../../src/engine/lint/contract.ts';
import { createLinter } from '../../src/engine/lint/linter.ts';
import type { Tunnel } from '../../src/shared/model.ts';
import { apiTunnel } from '../fixtures/list-body.ts';
import { ACCOUNT, POLICY, T0 } from '../fixtures/tunnels.ts';
import type { Bench } from './run.ts';

const TUNNELS = 10_000;
const CHANGES = 50;

const NOTHING_BESIDE: Surroundings = {
  gre: [],
  interconnects: [],
  routes: [],
  cloudflareAsn: 13_335,
  redundancyGroups: [],
  accountNumber: '123456789',
  recent: [],
};

function fleet(): Tunnel[] {
  return Array.from({ length: TUNNELS }, (_, i) => toTunnel(ACCOUNT, TunnelSchema.parse(apiTunnel(i))));
}

const median = (values: readonly number[]): number => values.toSorted((a, b) => a - b)[values.length >> 1] ?? 0;

async function run(): Promise<Record<string, number>> {
  const tunnels = fleet();
  const full: number[] = [];
  const change: number[] = [];
  for (let round = 0; round < 3; round++) {
    const linter = createLinter({ accountId: ACCOUNT, policyOf: () => POLICY });
    const begun = performance.now();
    linter.apply({ now: T0, changed: tunnels, surroundings: NOTHING_BESIDE });
    for (const { key } of tunnels) linter.findings(key);
    full.push(performance.now() - begun);
    for (let i = 0; i < CHANGES; i++) {
      const tunnel = tunnels[(i * 7919) % TUNNELS];
      if (tunnel === undefined) continue;
      // Somebody renumbers and renames it, which concerns its neighbours, its group and its namesakes.
      const changed: Tunnel = { ...tunnel, name: `moved${round}-${i}`, interfaceAddress: `172.16.${i}.0/31` };
      const from = performance.now();
      linter.apply({ now: T0, changed: [changed] });
      change.push(performance.now() - from);
    }
  }
  return { 'lint.full.10000ms': median(full), 'lint.change.10000ms': median(change) };
}

const bench: Bench = { name: 'lint', run };
export default bench;
