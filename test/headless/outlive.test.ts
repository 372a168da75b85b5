import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { virtualClock } from '../../src/engine/virtual-clock.ts';
import { calmly } from '../../src/headless/outlive.ts';
import { type Running, start, whenThereIs } from './child.ts';
import { ask } from './stand.ts';

let running: Running | null = null;
afterEach(async () => {
  running?.child.kill('SIGKILL');
  await running?.finished;
  running = null;
});

describe('a bug that nobody caught', () => {
  it.each([
    ['a rejection', 'Promise.reject(new Error("planted"))'],
    ['an exception', '(() => { throw new Error("planted") })()'],
  ])('%s is written down, and the host goes on and still stops cleanly', async (_, bug) => {
    const folder = mkdtempSync(join(tmpdir(), 'tw-bug-'));
    const config = join(folder, 'c.yaml');
    const go = join(folder, 'go');
    writeFileSync(config, 'accounts: []\n');
    running = start(['serve', '--config', config, '--port', '0'], { NODE_OPTIONS: whenThereIs(go, bug) });
    const url = (await running.saw(/at (http:\S+)/))[1] ?? '';
    writeFileSync(go, '');
    await expect.poll(() => running?.error()).toContain('planted');
    await new Promise((resolve) => setTimeout(resolve, 200));
    expect(running.child.exitCode).toBeNull();
    expect(running.error()).toMatch(/"msg":"a bug: something that (threw|rejected) and that nobody caught"/);
    expect((await ask(url, '/healthz')).status).toBe(503);
    running.child.kill('SIGTERM');
    expect((await running.finished).code).toBe(0);
  });

  it('that comes each round is told once a minute, with how often it came', () => {
    const clock = virtualClock(0);
    const told: string[] = [];
    const onBug = calmly(clock, (doing, _, again) => told.push(`${doing} ${again}`));
    for (let i = 0; i < 10; i++) onBug('a', new Error());
    onBug('b', new Error());
    void clock.advance(60_000, async () => undefined);
    onBug('a', new Error());
    expect(told).toEqual(['a 0', 'b 0', 'a 9']);
  });
});
