/** A wall in Chromium that lives through much time: figures of its updates, and what is left over of a week. */
import type { Browser, Page } from 'playwright-core';
import type { BoardMessage, DeltaMessage } from '../../../src/shared/bridge.ts';
import { boardOf, rowAt, SHAPES } from './board.ts';
import { type StagedPage, stage } from './chromium.ts';

const ROUND_MS = 300_000;

/** A wall with so many tunnels, drawn. */
export async function openWall(browser: Browser, origin: string, tunnels: number): Promise<StagedPage> {
  const staged = await stage(browser, origin, { first: boardOf(tunnels, Date.now()), hash: '#/wall?rotate=5' });
  await staged.page.waitForSelector('.tile');
  return staged;
}

/** From the beginning of the navigation to the first frame with tiles, in milliseconds. */
export async function firstPaint(browser: Browser, origin: string, tunnels: number): Promise<number> {
  const { page } = await stage(browser, origin, { first: boardOf(tunnels, Date.now()), hash: '#/wall' });
  const painted = await page.evaluate(
    () =>
      new Promise<number>((done) => {
        const look = (): void => {
          if (document.querySelector('.tile') === null) requestAnimationFrame(look);
          else requestAnimationFrame(() => done(performance.now()));
        };
        look();
      }),
  );
  await page.context().close();
  return painted;
}

/** One round of a host: 1 % of the tunnels took another state, a third of them between bad and good. */
function deltaOf(board: BoardMessage, round: number): DeltaMessage {
  const size = board.rows.length;
  const now = board.status.now + round * ROUND_MS;
  const rows = Array.from({ length: Math.ceil(size / 100) }, (_, step) => {
    const turn = round + step;
    return rowAt((round * 37 + step * 101) % size, now, SHAPES[turn % 3 === 0 ? turn % SHAPES.length : 12]);
  });
  return { type: 'delta', status: { ...board.status, now }, rows, removed: [], changes: [], events: [], alerts: null };
}

/** From a delta's arrival until the frame that shows it is made, for 150 of them. */
export async function updates(page: Page, tunnels: number): Promise<readonly number[]> {
  const board = boardOf(tunnels, Date.now());
  // The time of the host stands still: it is the delta that is measured, not the ages of all tiles.
  const played = Array.from({ length: 150 }, (_, round) => ({ ...deltaOf(board, round), status: board.status }));
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

/** What a page holds. */
export interface Held {
  /** Bytes of JavaScript, after a collection. */
  readonly heap: number;
  readonly nodes: number;
  readonly listeners: number;
}

async function heldBy(page: Page): Promise<Held> {
  const devtools = await page.context().newCDPSession(page);
  await devtools.send('Performance.enable');
  for (let pass = 0; pass < 3; pass += 1) await devtools.send('HeapProfiler.collectGarbage');
  const { metrics } = await devtools.send('Performance.getMetrics');
  await devtools.detach();
  const of = (name: string): number => metrics.find((one) => one.name === name)?.value ?? Number.NaN;
  return { heap: of('JSHeapUsedSize'), nodes: of('Nodes'), listeners: of('JSEventListeners') };
}

/** Per cent by which the second is larger; negative when it is smaller. */
export const growth = (before: number, after: number): number => ((after - before) / before) * 100;

/**
 * A wall that lives through so many rounds of five minutes, as fast as the machine allows: changes, incidents that come and go,
 * pages that turn, a host that is lost and found. What it holds is compared after the first tenth, when all is warm.
 */
export async function liveThrough(
  browser: Browser,
  origin: string,
  tunnels: number,
  rounds: number,
): Promise<{ readonly before: Held; readonly after: Held }> {
  const { page, say } = await openWall(browser, origin, tunnels);
  const board = boardOf(tunnels, Date.now());
  const live = async (from: number, to: number): Promise<void> => {
    const CHUNK = 50;
    for (let round = from; round < to; round += CHUNK) {
      const messages = Array.from({ length: Math.min(CHUNK, to - round) }, (_, at) => deltaOf(board, round + at));
      if (round % 500 === 0) await say({ type: 'lost', reason: 'Check that it still runs.' });
      await page.evaluate(async (all) => {
        for (const message of all) {
          Reflect.get(window, '__say')(message);
          // A microtask later the page has drawn what it was told.
          await new Promise((next) => setTimeout(next, 0));
        }
      }, messages);
    }
    // Back to one picture, so that like is compared with like.
    await say({ ...board, status: { ...board.status, now: board.status.now + to * ROUND_MS } });
    await page.waitForTimeout(300);
  };
  const warm = Math.ceil(rounds / 10);
  await live(0, warm);
  const before = await heldBy(page);
  await live(warm, rounds);
  const after = await heldBy(page);
  await page.context().close();
  return { before, after };
}
