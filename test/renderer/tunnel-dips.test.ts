/** Rekey dips on the page of a tunnel: named in the timeline, its table and the list; and a guess while one is under way. */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { AxeBuilder } from '@axe-core/playwright';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { dipOf, dipsOf, dueDip } from '../../src/renderer/charts/dips.ts';
import { summary } from '../../src/renderer/explain/summary.ts';
import { event as eventWords, everyPeriod } from '../../src/renderer/words/en/events.ts';
import { NO_ALERTS } from '../../src/shared/alerts.ts';
import type { HistoryEvent, LaneTrack, LaneValue } from '../../src/shared/model.ts';
import { account, status } from './harness/board.ts';
import { CHROMIUM, launch, stage } from './harness/chromium.ts';
import { SHOTS, serveSite, type TestSite } from './harness/site.ts';
import {
  ACCOUNT,
  colos,
  DAY,
  detail,
  HOUR,
  hostOf,
  intervals,
  lane,
  lanes,
  MINUTE,
  NOW,
  neighbour,
  POLICY,
  tunnel,
} from './tunnel-fixture.ts';

const PERIOD = 4 * HOUR;
/** The dip under way began two minutes ago; those before it each four hours, one of them with a minute of down. */
const SINCE = NOW - 2 * MINUTE;
const starts = Array.from({ length: 42 }, (_, i) => SINCE - (42 - i) * PERIOD);

const named = (from: number, seq: number, mate: string | null = null): HistoryEvent => ({
  seq,
  at: from + 2 * MINUTE,
  kind: 'rekey-dip',
  accountId: ACCOUNT,
  key: tunnel().key,
  detail: { from, to: from + 2 * MINUTE, lengthMs: 2 * MINUTE, periodMs: PERIOD, with: mate },
});
const events = starts.map((from, i) => named(from, i + 1, i > 20 ? 'lyon-2' : null)).toReversed();

function tracks(): readonly LaneTrack[] {
  const health: (readonly [number, LaneValue<'health'>])[] = [[NOW - 40 * DAY, 'healthy']];
  for (const [i, from] of starts.entries()) {
    health.push([from, 'degraded']);
    if (i === 38) health.push([from + MINUTE, 'down']);
    health.push([from + 2 * MINUTE, 'healthy']);
    // Twenty minutes of the line, which is no dip.
    if (i === 39) health.push([from + HOUR, 'degraded'], [from + HOUR + 20 * MINUTE, 'healthy']);
  }
  health.push([SINCE, 'degraded']);
  const key = tunnel().key;
  return [
    { key, lane: 'bgp', intervals: intervals([[NOW - 40 * DAY, 'up']]) },
    { key, lane: 'health', intervals: intervals(health) },
    { key, lane: 'psk', intervals: intervals([[NOW - 34 * DAY, 'fresh']]) },
    { key, lane: 'config', intervals: intervals([[NOW - 40 * DAY, 'ok']]) },
  ];
}

const dipping = detail({
  row: { lanes: lanes({ health: lane('degraded', SINCE) }), severity: 'warning', idle: true },
  colos: colos({ '*': 0.5 }),
});
const facts = {
  detail: dipping,
  sight: { kind: 'seeing' },
  policy: POLICY,
  neighbours: [],
  healthBlind: null,
  cloudflareSide: null,
} as const;

describe('named dips', () => {
  const dips = dipsOf(events);

  it('are the bars that lie within them', () => {
    const first = starts[0] ?? 0;
    expect(dips).toHaveLength(42);
    expect(dipOf(dips, { began: first, ended: first + 2 * MINUTE })?.periodMs).toBe(PERIOD);
    expect(dipOf(dips, { began: first + MINUTE, ended: first + 2 * MINUTE })).not.toBeNull();
    expect(dipOf(dips, { began: first, ended: first + 3 * MINUTE })).toBeNull();
    expect(dipOf(dips, { began: first, ended: null })).toBeNull();
    expect(dipOf(dips, { began: first + HOUR, ended: first + HOUR + MINUTE })).toBeNull();
  });

  it('tell when the next is due, as long as it is no longer than a dip', () => {
    expect(dueDip(events, lane('degraded', SINCE), NOW)?.from).toBe(starts.at(-1));
    expect(dueDip(events, lane('down', SINCE), NOW)).not.toBeNull();
    expect(dueDip(events, lane('healthy', SINCE), NOW)).toBeNull();
    expect(dueDip(events, lane('degraded', SINCE), SINCE + 5 * MINUTE)).toBeNull();
    expect(dueDip(events, lane('degraded', SINCE + HOUR), SINCE + HOUR + MINUTE)).toBeNull();
    expect(dueDip(events, lane('degraded', SINCE, false), NOW)).toBeNull();
    expect(dueDip([], lane('degraded', SINCE), NOW)).toBeNull();
  });

  it('are named in words', () => {
    expect(eventWords(named(0, 1))).toBe('Rekey dip, 2 min, about every 4 h');
    expect(eventWords(named(0, 1, 'lyon-2'))).toBe(
      'Rekey dip, 2 min, about every 4 h, together with lyon-2: let them renew their keys at different times',
    );
    expect([25 * MINUTE, 8 * HOUR - 40_000, 7 * HOUR + 38 * MINUTE].map(everyPeriod)).toEqual([
      'every 25 min',
      'every 8 h',
      'every 7 h 40 min',
    ]);
  });

  it('make a guess of the summary, but not where BGP went down with it', () => {
    const dip = dips.at(-1) ?? null;
    expect(summary({ ...facts, dip }, NOW)).toMatchObject({
      sentence: expect.stringMatching(/^Degraded since .* \(2 min\): about when it renews its keys \(every 4 h\)\.$/),
      next: expect.stringMatching(/^Wait until .*: a rekey dip is over by then\.$/),
      tone: 'warning',
      suspect: null,
    });
    const row = { ...dipping.row, lanes: lanes({ bgp: lane('down'), health: lane('down', SINCE) }) };
    expect(summary({ ...facts, detail: { ...dipping, row }, dip }, NOW).sentence).not.toContain('renews');
    expect(summary(facts, NOW).sentence).not.toContain('renews');
  });
});

describe.skipIf(CHROMIUM === null)('the page of a tunnel with rekey dips (skipped without Chromium)', () => {
  let browser: Browser;
  let site: TestSite;
  beforeAll(async () => {
    mkdirSync(SHOTS, { recursive: true });
    [browser, site] = await Promise.all([launch(), serveSite()]);
  });
  afterAll(async () => {
    await browser.close();
    await site.close();
  });

  it('names them in the timeline, its table and the list, and guesses about the one under way', async () => {
    const rows = [dipping.row, neighbour('lyon-2')];
    const { page, complaints } = await stage(browser, site.origin, {
      first: {
        type: 'board',
        status: status(NOW, [account(ACCOUNT, 'Acme', rows.length)]),
        policy: POLICY,
        rows,
        alerts: NO_ALERTS,
      },
      answer: hostOf(dipping, { lanes: tracks(), events }),
      hash: `#/tunnel/${ACCOUNT}/${dipping.tunnel.id}`,
      viewport: { width: 1920, height: 1080 },
      colorScheme: 'dark',
      timezoneId: 'Europe/Paris',
    });
    await page
      .getByText(/^Degraded since .*: about when it renews its keys \(every 4 h\)\./)
      .first()
      .waitFor();
    await page.getByText('Rekey dip, 2 min, about every 4 h, together with lyon-2').first().waitFor();
    await page.getByText('standby: no traffic for 6 h').waitFor();
    const chart = page.getByRole('img', { name: /^Timeline of lyon-1/ });
    const box = await chart.boundingBox();
    if (!box) throw new Error('no chart');
    await page.waitForTimeout(200);
    await page.screenshot({ path: join(SHOTS, 'tunnel-dips-24h.png') });
    const plot = { left: box.x + 96, width: box.width - 96 - 8 };
    await page.mouse.move(plot.left + plot.width * (1 - (4 * HOUR + MINUTE) / DAY), box.y + 24 + 46 + 23);
    await page.locator('.tip').getByText('Rekey dip, 2 min, about every 4 h').waitFor();
    await page.screenshot({ path: join(SHOTS, 'tunnel-dips-hover.png') });
    await page.mouse.move(0, 0);
    await page.keyboard.press('3');
    await page.waitForTimeout(200);
    await page.screenshot({ path: join(SHOTS, 'tunnel-dips-7d.png') });
    await page.keyboard.press('1');
    await page.keyboard.press('t');
    const table = page.getByRole('table', { name: /^Intervals of the last 6 hours/ });
    await table.getByText('(rekey dip)').first().waitFor();
    expect(await table.getByText('(rekey dip)').count()).toBe(1);
    expect((await new AxeBuilder({ page }).setLegacyMode().analyze()).violations).toEqual([]);
    expect(complaints).toEqual([]);
    await page.context().close();
  });
});
