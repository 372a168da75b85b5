/** Batches that carry a number, so that a missing one is seen. Number n changes the health lane at START + n. */
import type { RecordBatch } from '../../../src/engine/history/contract.ts';
import { type AccountId, type Instant, type TunnelId, tunnelKey } from '../../../src/shared/model.ts';

export const START: Instant = Date.UTC(2026, 10, 3, 10);
export const ACCOUNT = 'a'.repeat(32) as AccountId;
export const TUNNEL = tunnelKey(ACCOUNT, 't1' as TunnelId);

export function numbered(n: number): RecordBatch {
  const at = START + n;
  const [from, to] = n % 2 === 0 ? (['down', 'healthy'] as const) : (['healthy', 'down'] as const);
  return {
    changes: [{ at, key: TUNNEL, lane: 'health', from, to }],
    events: [{ at, kind: 'bgp-detail', accountId: ACCOUNT, key: TUNNEL, detail: { n } }],
    gaps: [],
    configs: [],
    identities: [],
    looked: [{ accountId: ACCOUNT, source: 'health', at }],
  };
}
