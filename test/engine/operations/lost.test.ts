/** Refusals and lost answers: resolved by reading, never by sending again, and told as what they are. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Tunnel } from '../../../src/shared/model.ts';
import type { Operation, OperationOutcome } from '../../../src/shared/operations.ts';
import type { FaultRule } from '../../../src/simulator/faults/fault.ts';
import { type OperationsBed, openOperations } from './bed.ts';

let bed: OperationsBed;
let first: Tunnel;
let second: Tunnel;
beforeEach(async () => {
  bed = await openOperations();
  const [one, two] = await bed.tunnels();
  if (one === undefined || two === undefined) throw new Error('no tunnels');
  [first, second] = [one, two];
});
afterEach(() => bed.close());

const PSK = 'CanaryKeyOfTunnelwatch2026abcdef';

const operations: readonly [string, () => Operation][] = [
  [
    'create',
    () => ({
      kind: 'create',
      accountId: bed.account.id,
      draft: { name: 'made-by-test', cloudflareEndpoint: '162.159.64.41', interfaceAddress: '10.99.0.0/31' },
    }),
  ],
  ['update', () => ({ kind: 'update', key: first.key, change: { description: 'by test' } })],
  [
    'bulk-update',
    () => ({
      kind: 'bulk-update',
      accountId: bed.account.id,
      changes: [first, second].map(({ key }) => ({ key, change: { description: 'by test' } })),
    }),
  ],
  ['delete', () => ({ kind: 'delete', key: first.key })],
  ['psk-generate', () => ({ kind: 'psk-generate', key: first.key })],
  [
    'psk-set',
    () => ({
      kind: 'psk-set',
      accountId: bed.account.id,
      keys: [first, second].map(({ key }) => ({ key, psk: PSK })),
    }),
  ],
];

/** Confirms while `fault` holds for the write itself. */
async function confirmUnder(operation: Operation, fault: FaultRule): Promise<OperationOutcome> {
  const plan = await bed.planned(operation);
  bed.simulator.faults.set({ match: 'writes', times: 1, ...fault });
  return bed.desk.confirm({ plan: plan.id, typed: plan.confirmBy, by: 'Ada' });
}

const newest = () => bed.ledger.audit(null, 1)[0];

describe.each(operations)('%s whose answer is lost after it was made', (kind, operation) => {
  it.each<[string, FaultRule]>([
    ['no answer in time', { kind: 'applied-hang' }],
    ['cut before the answer', { kind: 'applied-reset' }],
    ['cut in the middle of the body', { kind: 'truncated' }],
    ['503', { kind: 'applied-status', status: 503 }],
  ])('%s: is found out by reading, and sent once', async (_, fault) => {
    const outcome = await confirmUnder(operation(), fault);
    expect(bed.writes()).toHaveLength(1);
    expect(outcome.tunnels.every(({ applied }) => applied)).toBe(true);
    expect(outcome.newKeys).toEqual([]);
    // A key that was lost with its answer is no success, though it was set.
    expect(outcome.state).toBe(kind === 'psk-generate' ? 'unknown' : 'done');
    if (kind === 'psk-generate') expect(outcome.sentence).toContain('Generate another one');
    else expect(outcome.sentence).toMatch(/reading shows it|2 of 2/);
    expect(newest()).toMatchObject({ kind, state: outcome.state });
    if (kind === 'create') expect(newest()?.diffs[0]?.key).toBe((await bed.tunnel('made-by-test'))?.key);
  });
});

describe.each(operations)('%s that never took place', (kind, operation) => {
  it('is unknown after a timeout: it may still come', async () => {
    const outcome = await confirmUnder(operation(), { kind: 'hang' });
    expect(bed.writes()).toHaveLength(1);
    expect(outcome).toMatchObject({ state: 'unknown' });
    expect(newest()).toMatchObject({ kind, state: 'unknown' });
  });

  it('is refused after a 503: reading shows that nothing was changed', async () => {
    const outcome = await confirmUnder(operation(), { kind: 'status', status: 503 });
    expect(bed.writes()).toHaveLength(1);
    // A key that is brought to Cloudflare may be in force without a new date.
    const state = kind === 'psk-set' ? 'unknown' : 'refused';
    expect(outcome).toMatchObject({ state });
    expect(outcome.sentence).toContain('Cloudflare answered 503');
    expect(newest()).toMatchObject({ kind, state });
  });

  it('is unknown after a 504: a gateway gave up, and the server behind it may not have', async () => {
    const outcome = await confirmUnder(operation(), { kind: 'status', status: 504 });
    expect(bed.writes()).toHaveLength(1);
    expect(outcome).toMatchObject({ state: 'unknown' });
    expect(outcome.sentence).not.toContain('nothing was changed');
    expect(newest()).toMatchObject({ kind, state: 'unknown' });
  });

  it('is refused with 429 and the time to wait', async () => {
    const outcome = await confirmUnder(operation(), { kind: 'rate-limited', retryAfter: 240 });
    expect(outcome).toMatchObject({ state: 'refused' });
    expect(outcome.sentence).toContain('Try again in 4 min.');
    expect(outcome.cfRay).not.toBeNull();
    expect(bed.writes()).toHaveLength(1);
  });

  it('is refused with 403', async () => {
    const outcome = await confirmUnder(operation(), { kind: 'forbidden' });
    expect(outcome).toMatchObject({ state: 'refused' });
    expect(outcome.sentence).toContain('Magic WAN Write or Magic Transit Write');
  });
});

it('what can be read no more is unknown', async () => {
  const plan = await bed.planned({ kind: 'update', key: first.key, change: { description: 'x' } });
  bed.simulator.faults.set({ kind: 'status', status: 502, match: 'writes' });
  const confirming = bed.desk.confirm({ plan: plan.id, typed: null, by: 'Ada' });
  await expect.poll(() => bed.writes().length, { interval: 2 }).toBe(1);
  bed.simulator.faults.set({ kind: 'reset', match: 'get' });
  const outcome = await confirming;
  expect(['unknown', 'refused']).toContain(outcome.state);
});

it('a base that cannot be read again sends nothing', async () => {
  const plan = await bed.planned({ kind: 'update', key: first.key, change: { description: 'x' } });
  bed.simulator.faults.set({ kind: 'rate-limited', match: 'get', retryAfter: 30 });
  const outcome = await bed.desk.confirm({ plan: plan.id, typed: null, by: 'Ada' });
  expect(outcome).toMatchObject({ state: 'not-sent' });
  expect(outcome.sentence).toMatch(/Try again in 30 s\. Nothing was sent\.$/);
  expect(bed.writes()).toEqual([]);
  expect(newest()).toMatchObject({ state: 'not-sent' });
});

it('a success that cannot be read back hands the key out all the same', async () => {
  const plan = await bed.planned({ kind: 'psk-generate', key: first.key });
  // The first get is the one before writing.
  bed.simulator.faults.set({ kind: 'status', status: 502, match: 'get' });
  bed.simulator.faults.set({ kind: 'slow', delayMs: 0, match: 'get', times: 1 });
  const outcome = await bed.desk.confirm({ plan: plan.id, typed: null, by: 'Ada' });
  expect(outcome).toMatchObject({ state: 'unknown', tunnels: [{ applied: true }], newKeys: [{ key: first.key }] });
  expect(outcome.sentence).toContain('could not be read back');
});

it('a read token is refused with the permission that it lacks, when planning', async () => {
  const weak = await openOperations({ token: (account) => account.readToken });
  const outcome = await weak.plan({ kind: 'delete', key: first.key });
  expect(outcome).toMatchObject({ planned: false });
  expect(JSON.stringify(outcome)).toContain('Magic WAN Write or Magic Transit Write');
  expect(weak.writes()).toEqual([]);
  await weak.close();
});
