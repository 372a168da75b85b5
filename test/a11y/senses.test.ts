/** What axe does not judge: shapes without colour, forced colours, contrast, motion, reflow, a focus that can be seen. */
import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CHROMIUM, launch } from '../renderer/harness/chromium.ts';
import { BUILT, SHOTS, serveSite, type TestSite } from '../renderer/harness/site.ts';
import { type Judged, openJudged, settled, zoomed } from './page.ts';
import { type Pixels, shareApart, silhouette } from './silhouette.ts';
import { DESK, type View, WALLS } from './views.ts';

const BUILD = existsSync(join(BUILT, 'index.html'));
const why = CHROMIUM === null ? ' (skipped: no Chromium)' : BUILD ? '' : ' (skipped: no build; run npm run build)';
const FOLDER = join(SHOTS, 'a11y');
const BOARD = DESK[0] as View;
/** The marks of tunnels, and of incidents. */
const MARKS = ['up', 'attention', 'degraded', 'down', 'unknown'] as const;
const SEVERITIES = ['critical', 'warning', 'info'] as const;

describe.skipIf(why !== '')(`what axe does not judge${why}`, () => {
  let browser: Browser;
  let site: TestSite;
  beforeAll(async () => {
    mkdirSync(FOLDER, { recursive: true });
    [browser, site] = await Promise.all([launch(), serveSite()]);
  });
  afterAll(async () => {
    await browser?.close();
    await site?.close();
  });
  const open = (hash: string, options: Parameters<typeof openJudged>[3] = {}): Promise<Judged> =>
    openJudged(browser, site.origin, hash, { state: 'down', viewport: { width: 1280, height: 800 }, ...options });

  async function shapes(page: Page, old: boolean): Promise<ReadonlyMap<string, Pixels>> {
    const found = new Map<string, Pixels>();
    for (const kind of MARKS) {
      const mark = page.locator(`main tbody svg.mark.${kind}${old ? '.old' : ':not(.old)'}`).first();
      if ((await mark.count()) > 0) found.set(kind, await silhouette(page, mark));
    }
    return found;
  }

  it.each([
    ['dark', {}],
    ['light', { colorScheme: 'light' }],
    ['forced colours', { forcedColors: 'active' }],
    ['more contrast', { contrast: 'more' }],
  ] as const)('tells each state by its shape where no colour is seen: %s', async (name, options) => {
    const judged = await open('#/board', { ...options, deviceScaleFactor: 4 });
    const { page } = judged;
    const devtools = await page.context().newCDPSession(page);
    await devtools.send('Emulation.setEmulatedVisionDeficiency', { type: 'achromatopsia' });
    await judged.show(BOARD);
    const fresh = await shapes(page, false);
    expect([...fresh.keys()]).toEqual([...MARKS]);
    await page.screenshot({ path: join(FOLDER, `board-${name.replace(' ', '-')}.png`), scale: 'css' });
    await judged.become('stale');
    const old = await shapes(page, true);
    for (const all of [fresh, old]) {
      for (const [one, seen] of all) {
        for (const [other, beside] of all) {
          // A mark that is old has no dot inside: up and up that wants attention are the same then, by design.
          const same = all === old && ['up', 'attention'].includes(one) && ['up', 'attention'].includes(other);
          if (one < other && !same) expect([one, other, shareApart(seen, beside) > 0.05]).toEqual([one, other, true]);
        }
      }
    }
    for (const [kind, seen] of old) {
      // What is unknown is a dashed ring, old or not.
      if (kind !== 'unknown') expect([kind, shareApart(seen, fresh.get(kind) ?? seen) > 0.05]).toEqual([kind, true]);
    }
    await page.context().close();
  });

  it('tells the severities of incidents by shape, and gives every mark a name of its own', async () => {
    const judged = await open('#/board', { deviceScaleFactor: 4 });
    const { page } = judged;
    await judged.show(BOARD);
    const names = new Map<string, Set<string>>();
    for (const kind of MARKS) {
      const labels = await page
        .locator(`main tbody td:first-child svg.mark.${kind}`)
        .evaluateAll((marks) => marks.map((mark) => mark.getAttribute('aria-label') ?? ''));
      names.set(kind, new Set(labels));
    }
    const all = [...names.values()].flatMap((set) => [...set]);
    expect(all).not.toContain('');
    expect(new Set(all).size).toBe(all.length);
    await judged.show({ name: 'rules', hash: '#/findings', ready: 'main mark' });
    const seen = new Map<string, Pixels>();
    for (const severity of SEVERITIES) {
      seen.set(severity, await silhouette(page, page.locator(`main svg.mark.${severity}:not(.hollow)`).first()));
    }
    for (const [one, shape] of seen) {
      for (const [other, beside] of seen) {
        if (one < other) expect([one, other, shareApart(shape, beside) > 0.05]).toEqual([one, other, true]);
      }
    }
    await page.context().close();
  });

  it('moves nothing in any view, also where motion is welcome', async () => {
    for (const reducedMotion of ['reduce', 'no-preference'] as const) {
      const desk = await open('#/board', { reducedMotion });
      const moving: string[] = [];
      for (const view of DESK.filter(({ states }) => states?.includes('down') ?? true)) {
        await desk.show(view);
        if ((await desk.page.evaluate(() => document.getAnimations().length)) > 0) moving.push(view.name);
        if (view.open !== undefined) await desk.page.keyboard.press('Escape');
      }
      expect(moving).toEqual([]);
      await desk.page.context().close();
      const wall = await open('#/wall', { reducedMotion: 'reduce' });
      await wall.page.locator('.tile').first().waitFor();
      expect(await wall.page.evaluate(() => document.getAnimations().length)).toBe(0);
      await wall.page.context().close();
    }
  });

  it('needs no scrolling across at 320 pixels, but for tables', async () => {
    const desk = await open('#/board', { viewport: { width: 320, height: 640 } });
    for (const view of DESK.filter(({ states }) => states?.includes('down') ?? true)) {
      await desk.show(view);
      const wide = await desk.page.evaluate(() => {
        // What is clipped shows its end elsewhere; a table may be wider than the page.
        const free = 'table, pre, textarea, svg, canvas, .unseen, .clip';
        const out = [...document.querySelectorAll<HTMLElement>('header *, main *, dialog *, .banner *')].filter(
          (one) => one.closest(free) === null && one.getBoundingClientRect().right > innerWidth + 1,
        );
        return out.slice(0, 3).map((one) => `${one.tagName}.${one.className}`);
      });
      expect([view.name, wide]).toEqual([view.name, []]);
      if (view.open !== undefined) await desk.page.keyboard.press('Escape');
    }
    await desk.page.context().close();
  });

  it.each(['board', 'tunnel', 'psk', 'incident', 'findings', 'create', 'settings, notifications'])(
    'shows whatever has the focus, at 200 per cent: %s',
    async (name) => {
      const view = DESK.find((one) => one.name === name) as View;
      const desk = await open('#/board', { viewport: zoomed(200) });
      const { page } = desk;
      await desk.show(view);
      await settled(page);
      const hidden: string[] = [];
      const visited = new Set<string>();
      for (let presses = 0; presses < 45; presses += 1) {
        await page.keyboard.press('Tab');
        const stop = await page.evaluate(() => {
          const one = document.activeElement;
          if (one === null || one === document.body) return null;
          const { outlineStyle, outlineWidth } = getComputedStyle(one);
          const box = one.getBoundingClientRect();
          const rows = [0.1, 0.5, 0.9].map((share) => box.top + box.height * share);
          const middle = Math.min(box.left + box.width / 2, innerWidth - 2);
          // 2.4.11: not hidden entirely. What lies on top must be the thing itself, or belong to it.
          const seen = rows.some((y) => {
            const top = document.elementFromPoint(middle, y);
            return top !== null && (one.contains(top) || top.contains(one) || top.closest('label') !== null);
          });
          // A link that covers its row has its ring around the row.
          const around = getComputedStyle(one, '::after').outlineStyle !== 'none';
          const ring = around || (outlineStyle !== 'none' && outlineWidth !== '0px');
          const label = (one.getAttribute('aria-label') ?? one.textContent ?? '').trim().slice(0, 40);
          return { what: `${one.tagName} ${label}`, seen, ring: ring || one.matches('table') };
        });
        if (stop === null) continue;
        visited.add(stop.what);
        if (!stop.seen || !stop.ring) hidden.push(`${stop.what}: ${stop.seen ? 'no ring' : 'out of sight'}`);
      }
      expect(hidden).toEqual([]);
      expect(visited.size).toBeGreaterThan(12);
      await page.context().close();
    },
  );

  it('looks right with forced colours and with more contrast', async () => {
    for (const [name, options] of [
      ['forced', { forcedColors: 'active' }],
      ['contrast', { contrast: 'more' }],
    ] as const) {
      const desk = await open('#/board', options);
      for (const view of DESK.filter((one) =>
        ['board', 'tunnel', 'incident', 'findings', 'rotation'].includes(one.name),
      )) {
        await desk.show(view);
        await desk.page.screenshot({ path: join(FOLDER, `${name}-${view.name}.png`) });
        // axe does not know which colours were forced.
        if (name === 'contrast') expect([view.name, await desk.violations()]).toEqual([view.name, []]);
      }
      await desk.page.context().close();
    }
  });

  it.each([
    ['healthy', /^40 tunnels: .*40 up/],
    ['down', /^40 tunnels: .*3 down/],
    ['stale', /^No fresh data since \d\d:\d\d\. .*40 tunnels: /],
    ['blind', /^Blind since \d\d:\d\d\. .*40 tunnels: /],
  ] as const)('says the wall as one sentence to a screen reader: %s', async (state, sentence) => {
    const view = WALLS[0] as View;
    const wall = await open(view.hash, { state });
    await wall.page.locator('.tile').first().waitFor();
    const said = wall.page.getByRole('status').first();
    await expect.poll(() => said.textContent()).toMatch(sentence);
    expect(((await said.textContent()) ?? '').trim()).toMatch(/\.$/);
    await wall.page.context().close();
  });
});
