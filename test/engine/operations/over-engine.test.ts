/** Over a running engine, as practice mode has it: unlocking is part of the practice, and everything is locked when it ends. */
import { expect, it } from 'vitest';
import { systemClock } from '../../../src/engine/clock.ts';
import { startPractice } from '../../../src/practice/practice.ts';
import type { AccountId } from '../../../src/shared/model.ts';

it('in practice a change can be tried, shows on the board at once, and is locked again at a jump of the clock', async () => {
  let ahead = 0;
  const clock = { ...systemClock(), now: () => Date.now() + ahead };
  const started = await startPractice({ clock, version: 'test', days: 0 });
  if (!started.ok) throw new Error(started.error);
  const { engine } = started.value;
  const desk = engine.desks.operations;
  if (desk === null) throw new Error('no desk');
  await expect.poll(() => engine.board().rows.length, { interval: 50 }).toBeGreaterThan(0);
  const [row] = engine.board().rows;
  if (row === undefined) throw new Error('no row');
  const accountId: AccountId = row.accountId;
  const operation = { kind: 'update', key: row.key, change: { description: 'tried in practice' } } as const;
  const status = async () => (await desk.writing({})).find((one) => one.accountId === accountId);
  expect(await status()).toMatchObject({ token: 'session', problem: null, unlockedUntil: null });
  await expect(Promise.resolve().then(() => desk.plan({ operation }))).rejects.toThrow('is locked');
  await desk.unlock({ accountId, forMs: 600_000, by: 'me' });
  const outcome = await desk.plan({ operation });
  if (!outcome.planned) throw new Error(JSON.stringify(outcome));
  expect(await desk.confirm({ plan: outcome.plan.id, typed: null, by: 'me' })).toMatchObject({ state: 'done' });
  // Long before the next round of ten seconds would be due by itself.
  await expect.poll(() => engine.tunnel(row.key)?.tunnel.description, { interval: 20 }).toBe('tried in practice');
  ahead = 3_600_000;
  engine.wake();
  const newest = await desk.audit({ before: null, limit: 1 });
  expect(newest).toMatchObject([{ kind: 'lock', by: 'Tunnelwatch' }]);
  expect(await status()).toMatchObject({ unlockedUntil: null });
  await desk.unlock({ accountId, forMs: 600_000, by: 'me' });
  await engine.stop();
  expect(await status()).toMatchObject({ unlockedUntil: null });
});
