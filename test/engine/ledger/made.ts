/** Waivers, entries and rotations with a number. */
import type { KeptRotation } from '../../../src/engine/ledger/contract.ts';
import type { Waiver } from '../../../src/shared/lint.ts';
import { type AccountId, type Instant, type TunnelId, tunnelKey } from '../../../src/shared/model.ts';
import type { AuditEntry } from '../../../src/shared/operations.ts';

export const START: Instant = Date.UTC(2026, 10, 3, 10);
export const DAY = 86_400_000;
export const ACCOUNT = 'a'.repeat(32) as AccountId;
export const key = (n: number) => tunnelKey(ACCOUNT, `t${n}` as TunnelId);

export const waiver = (n: number, changes: Partial<Waiver> = {}): Waiver => ({
  rule: 'health-check-disabled',
  key: key(n),
  by: 'anna',
  reason: `because of ${n}`,
  at: START,
  until: START + DAY,
  ...changes,
});

export const entry = (n: number, changes: Partial<AuditEntry> = {}): Omit<AuditEntry, 'id'> => ({
  at: START + n,
  by: 'anna',
  accountId: ACCOUNT,
  account: 'Acme',
  kind: 'update',
  diffs: [{ key: key(n), name: `tunnel-${n}`, changes: [{ field: 'description', before: null, after: String(n) }] }],
  state: 'begun',
  sentence: '',
  cfRay: null,
  ...changes,
});

export const DONE = { state: 'done', sentence: 'Done.', cfRay: 'ray-1', diffs: [] } as const;

export const rotation = (n: number, changes: Partial<KeptRotation> = {}): KeptRotation => ({
  id: `r-${n}`,
  key: key(n),
  name: `tunnel-${n}`,
  by: 'anna',
  startedAt: START + n,
  step: 'check',
  generatedBefore: null,
  setAt: null,
  reauthenticatedAt: null,
  expectedBy: null,
  endedAt: null,
  outcome: null,
  ...changes,
});
