/** The past and the reports over the days that practice mode begins with. */
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished, vi } from 'vitest';
import { systemClock } from '../../src/engine/clock.ts';
import { startPractice } from '../../src/practice/practice.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

it('practice mode has a past to look at and to report on', { timeout: 120_000 }, async () => {
  vi.stubEnv('TMPDIR', mkdtempSync(join(tmpdir(), 'tw-practice-')));
  onTestFinished(() => void vi.unstubAllEnvs());
  const begun = Date.now();
  const started = await startPractice({ clock: systemClock(), version: 'test', days: 0.8 });
  if (!started.ok) throw new Error(started.error);
  const { engine } = started.value;
  onTestFinished(() => engine.stop());
  const { past, reports } = engine.desks;
  if (past === null || reports === null) throw new Error('no desks');
  const range = await past.pastRange({});
  expect(range.latest - (range.earliest ?? range.latest)).toBeGreaterThan(0.79 * DAY);

  // Eighteen hours before the origin gru1-tun-a went down for 35 minutes.
  const then = await past.past({ at: begun - 18 * HOUR + 20 * 60_000 });
  expect(then.rows).toHaveLength(30);
  const down = then.rows.find(({ name }) => name === 'gru1-tun-a');
  expect([down?.lanes.health.value, down?.severity]).toEqual(['down', 'critical']);
  expect(then.incidents.some(({ cause }) => cause.kind === 'tunnel' && cause.key === down?.key)).toBe(true);

  const asked = { from: begun - 0.8 * DAY, to: Date.now() };
  const marks = await past.pastMarks({ ...asked, limit: 1_000 });
  expect(marks.some(({ kind, key }) => kind === 'outage' && key === down?.key)).toBe(true);
  const rows = await reports.availabilityReport({ ...asked, scope: 'tunnel', accountId: null, degraded: 'down' });
  expect(rows).toHaveLength(30);
  const worst = rows.find(({ id }) => id === down?.key);
  expect(worst?.downMs).toBeGreaterThan(25 * 60_000);
  expect(worst?.budget?.spentMs).toBeGreaterThan(25 * 60_000);
  const restless = await reports.restlessness({ ...asked, accountId: null });
  expect(restless.some(({ key, outages }) => key === down?.key && outages > 0)).toBe(true);
  const shift = await reports.shiftReport(asked);
  expect(shift.opened.length).toBeGreaterThan(0);
  expect(shift.opened.some(({ lastedMs }) => lastedMs > 20 * 60_000)).toBe(true);
});
