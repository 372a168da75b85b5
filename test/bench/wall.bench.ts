/**
 * The wall in Chromium with 400 tunnels: first paint, deltas of 1 %, and what is left over of a week. The week is lived as fast
 * as the machine allows: the page's clock and timers are the test's, messages come as a host would send them.
 */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { CHROMIUM, launch } from '../renderer/harness/chromium.ts';
import { BUILT, serveSite } from '../renderer/harness/site.ts';
import { firstPaint, growth, liveThrough, openWall, updates } from '../renderer/harness/wall-life.ts';

const TUNNELS = 400;
/** The calmest of some passes counts: what else the machine does is not ours. */
const PASSES = 3;
/** A week in rounds of five minutes. */
const WEEK = (7 * 24 * 3600) / 300;

async function run(): Promise<Record<string, number>> {
  if (CHROMIUM === null || !existsSync(join(BUILT, 'index.html'))) {
    process.stderr.write('wall: no Chromium or no build; wall.* are left out\n');
    return {};
  }
  const [site, browser] = await Promise.all([serveSite(), launch()]);
  try {
    const paints: number[] = [];
    for (let load = 0; load < 5; load += 1) paints.push(await firstPaint(browser, site.origin, TUNNELS));
    const { page } = await openWall(browser, site.origin, TUNNELS);
    const p95s: number[] = [];
    for (let pass = 0; pass < PASSES; pass += 1) {
      const times = [...(await updates(page, TUNNELS))].sort((a, b) => a - b);
      p95s.push(times[Math.floor(times.length * 0.95)] ?? Number.NaN);
    }
    await page.context().close();
    const { before, after } = await liveThrough(browser, site.origin, TUNNELS, WEEK);
    return {
      'wall.firstPaintMs.400': paints.sort((a, b) => a - b)[2] ?? Number.NaN,
      'wall.updateP95Ms.400': Math.min(...p95s),
      'wall.heapGrowthPct': growth(before.heap, after.heap),
    };
  } finally {
    await browser.close();
    await site.close();
  }
}

export default { name: 'wall', run };
