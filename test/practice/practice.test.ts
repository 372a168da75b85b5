import { existsSync, mkdtempSync, readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import type { Clock } from '../../src/engine/clock.ts';
import { systemClock } from '../../src/engine/clock.ts';
import type { History } from '../../src/engine/history/contract.ts';
import { DEFAULT_RETENTION, openHistory } from '../../src/engine/history/open-history.ts';
import { startPractice } from '../../src/practice/practice.ts';
import { replay } from '../../src/practice/replay.ts';
import type { HostMessage } from '../../src/shared/bridge.ts';

const DAY = 86_400_000;
const NOW = Date.parse('2026-11-21T10:00:00Z');

function historyAt(path: string, clock: Clock): History {
  const opened = openHistory({ path, clock, retention: DEFAULT_RETENTION });
  if (!opened.ok) throw new Error(opened.error.sentence);
  return opened.value;
}

/** Two days of the practice scenario into a file; resolves to what the file then says. */
async function twoDays(seed: number): Promise<History> {
  const path = join(mkdtempSync(join(tmpdir(), 'tw-practice-')), 'history.db');
  let draw = 0;
  await replay({
    world: { scenario: 'practice', seed },
    origin: NOW,
    from: NOW - 2 * DAY,
    to: () => NOW,
    openHistory: (clock) => historyAt(path, clock),
    version: 'test',
    random: () => {
      draw = (draw * 16_807 + 7) % 2_147_483_647;
      return draw / 2_147_483_647;
    },
    onProgress: () => undefined,
    signal: null,
  });
  return historyAt(path, { ...systemClock(), now: () => NOW });
}

describe('the past', () => {
  it('holds the stories of the scenario, as the engine would have seen them, and is repeatable', async () => {
    const [one, two] = [await twoDays(3), await twoDays(3)];
    const events = one.events({ key: null, accountId: null, before: null, limit: 1_000 });
    const kinds = new Set(events.map((event) => event.kind));
    const all = [...kinds];
    for (const kind of ['started', 'stopped'] as const) expect(all).toContain(kind);
    const accounts = [...new Set(events.flatMap((event) => event.accountId ?? []))];
    const ofAccounts = (history: History) =>
      accounts.flatMap((accountId) => history.events({ key: null, accountId, before: null, limit: 1_000 }));
    const happened = new Set(ofAccounts(one).map((event) => event.kind));
    for (const kind of ['tunnel-disappeared', 'health-blind', 'health-seeing', 'gap'] as const)
      expect([...happened]).toContain(kind);
    expect(ofAccounts(two)).toEqual(ofAccounts(one));
    for (const event of [...events, ...ofAccounts(one)]) expect(Number.isInteger(event.at)).toBe(true);
    one.close();
    two.close();
  });

  it('can be called off', async () => {
    const off = new AbortController();
    const path = join(mkdtempSync(join(tmpdir(), 'tw-practice-')), 'history.db');
    const done = await replay({
      world: { scenario: 'calm', seed: 1, tunnels: 2 },
      origin: NOW,
      from: NOW - 7 * DAY,
      to: () => NOW,
      openHistory: (clock) => historyAt(path, clock),
      version: 'test',
      random: () => 0.5,
      onProgress: (share) => share > 0.05 && off.abort(),
      signal: off.signal,
    });
    expect(done).toBe(false);
    expect(existsSync(`${path}-wal`)).toBe(false);
  });
});

describe('practice mode', () => {
  it('runs live over real HTTP after its past, hands out no token, and leaves nothing behind', async () => {
    // A place of its own: other tests practise at the same time.
    const tmp = mkdtempSync(join(tmpdir(), 'tw-practice-'));
    vi.stubEnv('TMPDIR', tmp);
    onTestFinished(() => void vi.unstubAllEnvs());
    const shares: number[] = [];
    const started = await startPractice({
      clock: systemClock(),
      version: 'test',
      days: 0.2,
      onProgress: (share) => shares.push(share),
    });
    if (!started.ok) throw new Error(started.error);
    const { engine, simulatorUrl, accounts } = started.value;
    const heard: HostMessage[] = [];
    engine.subscribe((message) => heard.push(message));
    await expect.poll(() => engine.board().status.accounts.every(({ phase }) => phase === 'seeing')).toBe(true);
    const board = engine.board();
    expect(board.status.practice).toBe(true);
    expect(board.rows).toHaveLength(30);
    expect(simulatorUrl).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
    expect(shares.at(-1)).toBe(1);
    expect([...shares].sort((a, b) => a - b)).toEqual(shares);
    const row = board.rows[0];
    if (row === undefined) throw new Error('no tunnels');
    const tracks = engine.history.lanes({
      keys: [row.key],
      lanes: ['health'],
      from: board.status.now - 0.2 * DAY,
      to: board.status.now,
    });
    expect(tracks[0]?.intervals.length).toBeGreaterThan(0);
    for (const { readToken } of accounts) expect(JSON.stringify([heard, board])).not.toContain(readToken);

    await engine.stop();
    await expect(fetch(simulatorUrl)).rejects.toThrow();
    expect(readdirSync(tmp)).toEqual([]);
  });
});
