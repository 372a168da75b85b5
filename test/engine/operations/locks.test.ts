/** Off by default: tokens, unlocking, plans that grow old, the record without which nothing is changed. */
import { afterEach, describe, expect, it } from 'vitest';
import { memoryLedger } from '../../../src/engine/ledger/open-ledger.ts';
import { type VirtualClock, virtualClock } from '../../../src/engine/virtual-clock.ts';
import type { Operation } from '../../../src/shared/operations.ts';
import { type BedParts, MINUTE, type OperationsBed, openOperations } from './bed.ts';

let bed: OperationsBed;
async function open(parts: BedParts = {}): Promise<{ clock: VirtualClock; operation: Operation }> {
  const clock = virtualClock(Date.now());
  bed = await openOperations({ clock, ...parts });
  const [first] = await bed.tunnels();
  if (first === undefined) throw new Error('no tunnel');
  return { clock, operation: { kind: 'update', key: first.key, change: { description: 'by test' } } };
}
afterEach(() => bed.close());

const unlock = (forMs: number) => bed.desk.unlock({ accountId: bed.account.id, forMs, by: 'Ada' });
const until = async () => (await bed.desk.writing({}))[0]?.unlockedUntil;
const said = () => bed.ledger.audit(null, 20).map(({ kind, by, sentence }) => `${kind} ${by}: ${sentence}`);

describe('a locked account', () => {
  it('plans nothing, confirms nothing, sends nothing', async () => {
    const { operation } = await open({ unlocked: false });
    await expect(bed.plan(operation)).rejects.toThrow('is locked: unlock it for a while');
    expect(bed.asked).toEqual([]);
    expect(await until()).toBeNull();
  });

  it('is so again by itself, and what was planned goes with it', async () => {
    const { clock, operation } = await open({ unlocked: false });
    await unlock(2 * MINUTE);
    const plan = await bed.planned(operation);
    await clock.advance(2 * MINUTE, async () => undefined);
    expect(await until()).toBeNull();
    await expect(bed.plan(operation)).rejects.toThrow('is locked');
    await unlock(MINUTE);
    expect(await bed.desk.confirm({ plan: plan.id, typed: null, by: 'Ada' })).toMatchObject({ state: 'not-sent' });
    expect(bed.writes()).toEqual([]);
    expect(said()).toEqual([
      'unlock Ada: For 1 min.',
      'lock Tunnelwatch: The time was over.',
      'unlock Ada: For 2 min.',
    ]);
  });

  it('is so at once when somebody locks it', async () => {
    const { operation } = await open();
    const plan = await bed.planned(operation);
    expect(await bed.desk.lock({ accountId: bed.account.id, by: 'Bob' })).toMatchObject({ unlockedUntil: null });
    await expect(bed.plan(operation)).rejects.toThrow('is locked');
    expect(await bed.desk.confirm({ plan: plan.id, typed: null, by: 'Ada' })).toMatchObject({ state: 'not-sent' });
    expect(said()[0]).toBe('lock Bob: Locked by hand.');
  });

  it('sends nothing when the lock falls while the tunnel is read again', async () => {
    const { clock, operation } = await open();
    const plan = await bed.planned(operation);
    bed.simulator.faults.set({ kind: 'slow', delayMs: 150, match: 'get', times: 1 });
    const before = bed.asked.length;
    const confirming = bed.desk.confirm({ plan: plan.id, typed: null, by: 'Ada' });
    await expect.poll(() => bed.asked.length, { interval: 2 }).toBe(before + 1);
    clock.jumpWall(60_000);
    const outcome = await confirming;
    expect(outcome).toMatchObject({ state: 'not-sent' });
    expect(outcome.sentence).toContain('was locked meanwhile. Nothing was sent.');
    expect(bed.writes()).toEqual([]);
    expect(bed.ledger.audit(null, 5)).toContainEqual(expect.objectContaining({ kind: 'update', state: 'not-sent' }));
  });

  it('is so when the machine slept: wall time ran ahead', async () => {
    const { clock } = await open();
    clock.jumpWall(60_000);
    expect(await until()).toBeNull();
    expect(said()[0]).toBe('lock Tunnelwatch: The clock jumped or the machine slept.');
  });
});

it('a plan is good for five minutes and one confirmation', async () => {
  const { clock, operation } = await open();
  const old = await bed.planned(operation);
  await clock.advance(5 * MINUTE, async () => undefined);
  expect(await bed.desk.confirm({ plan: old.id, typed: null, by: 'Ada' })).toMatchObject({ state: 'not-sent' });
  const dropped = await bed.planned(operation);
  bed.desk.discard({ plan: dropped.id });
  expect(await bed.desk.confirm({ plan: dropped.id, typed: null, by: 'Ada' })).toMatchObject({ state: 'not-sent' });
  expect(bed.writes()).toEqual([]);
  const plan = await bed.planned(operation);
  const twice = await Promise.all([1, 2].map(() => bed.desk.confirm({ plan: plan.id, typed: null, by: 'Ada' })));
  expect(twice.map(({ state }) => state).sort()).toEqual(['done', 'not-sent']);
  expect(bed.writes()).toHaveLength(1);
});

it('changes of one account are made one after the other, the second on what the first left', async () => {
  const { operation } = await open();
  const plans = [await bed.planned(operation), await bed.planned(operation)];
  const both = await Promise.all(plans.map(({ id }) => bed.desk.confirm({ plan: id, typed: null, by: 'Ada' })));
  expect(both.map(({ state }) => state)).toEqual(['done', 'clash']);
});

it('without a ledger on disk nothing is changed', async () => {
  const clock = virtualClock(Date.now());
  const ledger = memoryLedger(clock);
  bed = await openOperations({ clock, ledger, unlocked: false });
  await expect(unlock(MINUTE)).rejects.toThrow('no place on disk for the record');
  await expect(
    bed.desk.setWriteToken({ accountId: bed.account.id, token: bed.account.writeToken, keep: 'session', by: 'Ada' }),
  ).rejects.toThrow('no place on disk');
});

describe('the write token', () => {
  const set = (token: string, keep: 'keychain' | 'session') =>
    bed.desk.setWriteToken({ accountId: bed.account.id, token, keep, by: 'Ada' });
  it('is kept only when it may write, apart from others, and never told', async () => {
    await open({ unlocked: false });
    expect(await bed.desk.removeWriteToken({ accountId: bed.account.id, by: 'Ada' })).toMatchObject({ done: true });
    expect(await bed.desk.writing({})).toMatchObject([{ token: 'none', problem: null }]);
    await expect(unlock(MINUTE)).rejects.toThrow('There is no write token');
    expect(await set(bed.account.readToken, 'keychain')).toMatchObject({
      done: false,
      sentence: expect.stringContaining('cannot change the tunnels'),
    });
    expect(await set('two words', 'keychain')).toMatchObject({ done: false });
    expect(await set('nobody-knows-this-one-at-all', 'keychain')).toMatchObject({ done: false });
    expect(await bed.desk.writing({})).toMatchObject([{ token: 'none' }]);
    const done = await set(`  ${bed.account.writeToken}\n`, 'keychain');
    expect(done).toMatchObject({ done: true });
    expect(await bed.desk.writing({})).toMatchObject([{ token: 'keychain' }]);
    expect(await set(bed.account.writeToken, 'session')).toMatchObject({ done: true });
    expect(await bed.desk.writing({})).toMatchObject([{ token: 'session' }]);
    await unlock(MINUTE);
    expect(await bed.desk.removeWriteToken({ accountId: bed.account.id, by: 'Ada' })).toMatchObject({ done: true });
    expect(await bed.desk.writing({})).toMatchObject([{ token: 'none', unlockedUntil: null }]);
    expect(JSON.stringify([done, await bed.desk.writing({}), bed.ledger.audit(null, 99)])).not.toContain(
      bed.account.writeToken,
    );
    expect(bed.writes()).toEqual([]);
  });
});

it('what an earlier run left open is told as unknown', async () => {
  const { clock } = await open();
  const what = { by: 'Ada', accountId: bed.account.id, account: 'Acme', kind: 'delete', diffs: [] } as const;
  bed.ledger.begin({ ...what, at: clock.now(), state: 'begun', sentence: 'Under way.', cfRay: null });
  const { createRecord } = await import('../../../src/engine/operations/record.ts');
  createRecord(bed.ledger, clock);
  expect(bed.ledger.audit(null, 1)).toMatchObject([
    { state: 'unknown', sentence: expect.stringContaining('ended before') },
  ]);
});
