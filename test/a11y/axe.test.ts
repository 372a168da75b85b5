/** axe over every view, in both themes, at 100 and 200 per cent, healthy, down, stale, blind and empty: no violation. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CHROMIUM, launch } from '../renderer/harness/chromium.ts';
import { BUILT, serveSite, type TestSite } from '../renderer/harness/site.ts';
import { type Judged, judgeAll, openJudged, ZOOMS, zoomed } from './page.ts';
import { DESK, WALLS } from './views.ts';
import { STATES, UNCONFIGURED } from './world.ts';

const BUILD = existsSync(join(BUILT, 'index.html'));
const why = CHROMIUM === null ? ' (skipped: no Chromium)' : BUILD ? '' : ' (skipped: no build; run npm run build)';

describe.skipIf(why !== '')(`axe${why}`, () => {
  let browser: Browser;
  let site: TestSite;
  beforeAll(async () => {
    [browser, site] = await Promise.all([launch(), serveSite()]);
  });
  afterAll(async () => {
    await browser?.close();
    await site?.close();
  });

  const desks = new Map<number, Promise<Judged>>();
  /** Both sizes side by side; what is found says at which. */
  async function atEachZoom(act: (zoom: number) => Promise<readonly string[]>): Promise<readonly string[]> {
    const all = await Promise.all(ZOOMS.map(async (zoom) => (await act(zoom)).map((one) => `${zoom} %, ${one}`)));
    return all.flat();
  }
  async function alone(hash: string, zoom: number, act: (judged: Judged) => Promise<readonly string[]>) {
    const judged = await openJudged(browser, site.origin, hash, { viewport: zoomed(zoom) });
    const found = await act(judged);
    await judged.page.context().close();
    return found;
  }

  it.each(STATES)('finds nothing in any view of the desk, %s', async (state) => {
    const found = await atEachZoom(async (zoom) => {
      const opened = desks.get(zoom) ?? openJudged(browser, site.origin, '#/board', { viewport: zoomed(zoom) });
      desks.set(zoom, opened);
      const desk = await opened;
      await desk.become(state);
      return [...(await judgeAll(desk, DESK, state)), ...desk.complaints];
    });
    expect(found).toEqual([]);
  });

  it.each(WALLS)('finds nothing on $name, in every state', async (view) => {
    const found = await atEachZoom((zoom) =>
      alone(view.hash, zoom, async (wall) => {
        const all: string[] = [];
        for (const state of STATES.filter((one) => view.states?.includes(one) ?? true)) {
          await wall.become(state);
          all.push(...(await judgeAll(wall, [view], state)).map((one) => `${state}: ${one}`));
        }
        return all;
      }),
    );
    expect(found).toEqual([]);
  });

  it('would find what is wrong', async () => {
    const found = await alone('#/psk', 100, async (desk) => {
      await desk.show({ name: 'psk', hash: '#/psk', ready: 'main h1' });
      await desk.page.evaluate(() => {
        document.documentElement.style.setProperty('--fg-quiet', '#2a3038');
        document.querySelector('main')?.append(document.createElement('button'));
      });
      return desk.violations();
    });
    expect([...new Set(found.map((one) => one.split(':')[0]))]).toEqual(['button-name', 'color-contrast']);
  });

  it('finds nothing on the first page of all, and while no host answers', async () => {
    const view = { name: 'first run', hash: '#/board', ready: 'main h1, main h2' };
    const found = await atEachZoom((zoom) =>
      alone('#/board', zoom, async (desk) => {
        await desk.say(UNCONFIGURED);
        const first = await judgeAll(desk, [view], 'empty');
        await desk.become('down');
        await desk.say({ type: 'lost', reason: 'Check that it still runs.' });
        return [...first, ...(await judgeAll(desk, [{ ...view, name: 'no host' }], 'down'))];
      }),
    );
    expect(found).toEqual([]);
  });
});
