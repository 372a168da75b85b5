/**
 * The history views on a year of 1,000 tunnels with the usual retention: how fast the first report opens, how fast the board
 * of any moment is there, and how long a long report keeps the thread from anything else.
 */
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DEFAULT_RETENTION, openHistory } from '../../src/engine/history/open-history.ts';
import { createPastDesk } from '../../src/engine/past/desk.ts';
import { createReportsDesk } from '../../src/engine/reports/desk.ts';
import { DEFAULT_OBJECTIVES, objectives } from '../../src/engine/reports/objectives.ts';
import { virtualClock } from '../../src/engine/virtual-clock.ts';
import { writeYear, YEAR_ACCOUNT } from './children/year-of-history.ts';
import type { Bench } from './run.ts';

const DAY = 86_400_000;
const SEEKS = 300;

/** Runs `work`; how long it took, and the longest time in which nothing else had its turn. */
async function watched(work: () => Promise<unknown>): Promise<{ readonly ms: number; readonly block: number }> {
  let [block, last, going] = [0, performance.now(), true];
  const tick = (): void => {
    const now = performance.now();
    block = Math.max(block, now - last);
    last = now;
    if (going) setImmediate(tick);
  };
  setImmediate(tick);
  const began = performance.now();
  await work();
  const ms = performance.now() - began;
  await new Promise((resolve) => setImmediate(resolve));
  going = false;
  return { ms, block };
}

/** A desk over the file, as a host that just started has it. */
function openDesks(path: string, now: number) {
  const clock = virtualClock(now);
  const opened = openHistory({ path, retention: DEFAULT_RETENTION, clock });
  if (!opened.ok) throw new Error(opened.error.sentence);
  const history = opened.value;
  const common = { clock, past: history.past, accounts: [{ id: YEAR_ACCOUNT, name: 'Acme' }], rows: () => [] };
  const wanted = objectives(
    DEFAULT_OBJECTIVES,
    (id) => id,
    () => [],
  );
  return {
    history,
    past: createPastDesk({ ...common, alerts: () => null }),
    reports: createReportsDesk({
      ...common,
      objectives: wanted,
      alerts: () => null,
      keys: () => null,
      lint: () => null,
    }),
  };
}

async function measure(path: string, now: number): Promise<Record<string, number>> {
  const began = performance.now();
  const { history, past, reports } = openDesks(path, now);
  // Not on the hour: people look at odd times, and parts of hours cost most.
  const asked = (days: number) => ({ from: now - days * DAY - 1_234_567, to: now, accountId: null });
  await reports.availabilityReport({ ...asked(30), scope: 'tunnel', degraded: 'down' });
  const open = performance.now() - began;
  const { earliest } = await past.pastRange({});
  const first = earliest ?? now;
  const times: number[] = [];
  for (let seek = 0; seek < SEEKS; seek += 1) {
    // Far from each other, so that no page of the last one helps the next.
    const at = first + (((seek * 7_919) % SEEKS) / SEEKS) * (now - first);
    const start = performance.now();
    await past.past({ at: Math.floor(at) });
    times.push(performance.now() - start);
  }
  times.sort((a, b) => a - b);
  const marks = await watched(async () => past.pastMarks({ from: now - 7 * DAY, to: now, limit: 2_000 }));
  const year = await watched(async () =>
    reports.availabilityReport({ ...asked(364), scope: 'account', degraded: 'down' }),
  );
  const heat = await watched(async () => reports.heatMap({ ...asked(7), cell: 'hour' }));
  const restless = await watched(async () => reports.restlessness(asked(90)));
  history.close();
  return {
    'history.open.ms': open,
    'timetravel.seekP95Ms': times[Math.floor(SEEKS * 0.95)] ?? Number.NaN,
    'timetravel.marksWeek.ms': marks.ms,
    'reports.year.ms': year.ms,
    'reports.longestBlockMs': Math.max(...[marks, year, heat, restless].map(({ block }) => block)),
  };
}

const bench: Bench = {
  name: 'past',
  async run() {
    const folder = mkdtempSync(join(tmpdir(), 'tunnelwatch-bench-'));
    const path = join(folder, 'history.db');
    try {
      const now = await writeYear(path, { tunnels: 1_000, days: 365, perDay: 20 });
      process.stderr.write(`history: ${Math.round(statSync(path).size / 1_000_000)} MB for the year\n`);
      return await measure(path, now);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  },
};
export default bench;
