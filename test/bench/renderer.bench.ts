/**
 * The renderer in Chromium, fed by a bridge inside the page: first paint of 1,000 tunnels, deltas that touch 1 % of them,
 * and what a browser has to download. Without Chromium or a build the figures that need them are left out, with a word.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import type { Browser, Page } from 'playwright-core';
import type { BoardMessage, DeltaMessage } from '../../src/shared/bridge.ts';
import { boardOf, rowAt, SHAPES } from '../renderer/harness/board.ts';
import { CHROMIUM, launch, stage } from '../renderer/harness/chromium.ts';
import { BUILT, serveSite } from '../renderer/harness/site.ts';

const TUNNELS = 1000;
const TOUCHED = TUNNELS / 100;
const DELTAS = 200;
const LOADS = 7;
/** The calmest pass counts: what else the machine does is not ours. */
const PASSES = 5;

function at<T>(sorted: readonly T[], share: number, none: T): T {
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? none;
}

/** All scripts and style sheets of the build, each as a server would send it, in KiB. */
function gzipKb(): number {
  const folder = join(BUILT, 'assets');
  const bytes = readdirSync(folder)
    .filter((name) => /\.(js|css)$/.test(name))
    .reduce((sum, name) => sum + gzipSync(readFileSync(join(folder, name)), { level: 9 }).length, 0);
  return bytes / 1024;
}

/** From the beginning of the navigation to the first frame with rows in it: the median of some loads. */
async function firstPaint(browser: Browser, origin: string, board: BoardMessage): Promise<number> {
  const times: number[] = [];
  for (let load = 0; load < LOADS; load += 1) {
    const { page } = await stage(browser, origin, { first: board, answer: () => ({ ok: true, value: [] }) });
    const painted = await page.evaluate(
      () =>
        new Promise<number>((done) => {
          const look = (): void => {
            if (document.querySelector('tbody tr') === null) requestAnimationFrame(look);
            else requestAnimationFrame(() => done(performance.now()));
          };
          look();
        }),
    );
    times.push(painted);
    await page.context().close();
  }
  return at(
    times.sort((a, b) => a - b),
    0.5,
    Number.NaN,
  );
}

/** Deltas that touch other tunnels each time, a third of them between bad and good, so that the list sorts itself anew. */
function deltas(board: BoardMessage): readonly DeltaMessage[] {
  const { now } = board.status;
  return Array.from({ length: DELTAS }, (_, round) => {
    const rows = Array.from({ length: TOUCHED }, (_row, step) => {
      const index = (round * 37 + step * 101) % TUNNELS;
      return rowAt(index, now + round * 1000, SHAPES[(round + step) % 3 === 0 ? (round + step) % SHAPES.length : 12]);
    });
    const changes = rows.map(({ key }) => ({ at: now + round, key, lane: 'bgp', from: 'up', to: 'down' }) as const);
    return { type: 'delta', status: board.status, rows, removed: [], changes, events: [], alerts: null };
  });
}

/** From the delta's arrival until the frame that shows it is made, for each delta. */
async function updates(page: Page, played: readonly DeltaMessage[]): Promise<readonly number[]> {
  return page.evaluate(async (messages) => {
    const times: number[] = [];
    const port = new MessageChannel();
    for (const message of messages) {
      await new Promise<void>((next) => {
        requestAnimationFrame(() => {
          const start = performance.now();
          // A task that is posted inside a frame runs when style, layout and paint of that frame are done.
          port.port1.onmessage = () => {
            times.push(performance.now() - start);
            next();
          };
          Reflect.get(window, '__say')(message);
          port.port2.postMessage(null);
        });
      });
    }
    return times;
  }, played);
}

async function run(): Promise<Record<string, number>> {
  if (!existsSync(join(BUILT, 'index.html'))) {
    process.stderr.write('renderer: no build; run npm run build\n');
    return {};
  }
  const figures: Record<string, number> = { 'renderer.gzipKb': gzipKb() };
  if (CHROMIUM === null) {
    process.stderr.write('renderer: no Chromium on this machine; board.* are left out\n');
    return figures;
  }
  const [site, browser] = await Promise.all([serveSite(), launch()]);
  try {
    const board = boardOf(TUNNELS, Date.now());
    figures['board.firstPaintMs.1000'] = await firstPaint(browser, site.origin, board);
    const { page } = await stage(browser, site.origin, { first: board, answer: () => ({ ok: true, value: [] }) });
    await page.waitForSelector('tbody tr');
    await page.waitForTimeout(500);
    const p95s: number[] = [];
    for (let pass = 0; pass < PASSES; pass += 1) {
      const times = [...(await updates(page, deltas(board)))].sort((a, b) => a - b);
      p95s.push(at(times, 0.95, Number.NaN));
    }
    figures['board.updateP95Ms.1000'] = Math.min(...p95s);
  } finally {
    await browser.close();
    await site.close();
  }
  return figures;
}

export default { name: 'renderer', run };
