/** The wall in Chromium, on every kind of screen: all of it in sight, nothing clipped, names as large as promised. */
import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { AxeBuilder } from '@axe-core/playwright';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { BoardMessage } from '../../src/shared/bridge.ts';
import { badDay } from './harness/alerts.ts';
import { boardOf, rowAt, SHAPES } from './harness/board.ts';
import { CHROMIUM, launch, type StagedPage, stage } from './harness/chromium.ts';
import { BUILT, SHOTS, serveSite, type TestSite } from './harness/site.ts';
import { growth, liveThrough } from './harness/wall-life.ts';

const BUILD = existsSync(join(BUILT, 'index.html'));
const why = CHROMIUM === null ? ' (skipped: no Chromium)' : BUILD ? '' : ' (skipped: no build; run npm run build)';
const SCREENS = [
  [1280, 800],
  [1920, 1080],
  [3840, 2160],
  [1080, 1920],
  [1280, 400],
] as const;
const MINUTE = 60_000;
const FOLDER = join(SHOTS, 'wall');
mkdirSync(FOLDER, { recursive: true });

/** Boxes whose content does not fit, and whatever scrolls. */
const overflowing = (page: Page): Promise<readonly string[]> =>
  page.evaluate(() => {
    const wrong: string[] = [];
    const root = document.documentElement;
    if (root.scrollHeight > innerHeight || root.scrollWidth > innerWidth) wrong.push('the page scrolls');
    for (const box of document.querySelectorAll<HTMLElement>('.wall *')) {
      if (box.closest('.unseen, svg, .tools') !== null || box.clientWidth === 0) continue;
      if (box.scrollWidth > box.clientWidth + 1 || box.scrollHeight > box.clientHeight + 1) {
        wrong.push(`${box.className}: ${box.textContent.trim().slice(0, 40)}`);
      }
      const { left, top, right, bottom } = box.getBoundingClientRect();
      if (left < -0.5 || top < -0.5 || right > innerWidth + 0.5 || bottom > innerHeight + 0.5) {
        wrong.push(`${box.className} leaves the screen`);
      }
    }
    return wrong.slice(0, 5);
  });

/** Sizes of the type of names, the first tile's first. */
const nameSizes = (page: Page): Promise<readonly number[]> =>
  page.evaluate(() =>
    [...document.querySelectorAll('.tile .name')].map((name) => Number.parseFloat(getComputedStyle(name).fontSize)),
  );

/** Another screen, drawn: within the room that the drift keeps free. */
async function resize(page: Page, width: number, height: number): Promise<void> {
  await page.setViewportSize({ width, height });
  const drawn = () => page.locator('.face').evaluate((face) => [face.clientWidth, face.clientHeight]);
  const room = (side: number): number => 2 * Math.floor(Math.min(24, side * 0.015) / 2);
  await expect.poll(drawn).toEqual([width - room(width), height - room(height)]);
}

const greens = (page: Page): Promise<number> => page.locator('.wall svg.mark:is(.up, .attention):not(.old)').count();

function withAlerts(size: number): BoardMessage {
  const now = Date.now();
  return { ...boardOf(size, now), alerts: badDay(boardOf(1000, now)).board.alerts };
}

describe.skipIf(why !== '')(`the wall${why}`, () => {
  let browser: Browser;
  let site: TestSite;
  beforeAll(async () => {
    [browser, site] = await Promise.all([launch(), serveSite()]);
  });
  afterAll(async () => {
    await browser?.close();
    await site?.close();
  });
  async function wall(first: BoardMessage, query = '', options: Parameters<typeof stage>[2] = {}): Promise<StagedPage> {
    const staged = await stage(browser, site.origin, { first, hash: `#/wall?${query}`, ...options });
    await staged.page.waitForSelector('.tile, .empty');
    return staged;
  }
  const shoot = (page: Page, name: string) => page.screenshot({ path: join(FOLDER, `${name}.png`) });
  const axe = async (page: Page): Promise<void> => {
    const { violations } = await new AxeBuilder({ page })
      .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'])
      .setLegacyMode()
      .analyze();
    expect(violations.map(({ id, nodes }) => [id, nodes[0]?.html])).toEqual([]);
  };

  it.each([12, 100, 400, 1000])('fits %i tunnels on every screen, worst first', async (size) => {
    const { page, complaints } = await wall(withAlerts(size));
    for (const [width, height] of SCREENS) {
      await resize(page, width, height);
      await expect.poll(() => overflowing(page), { message: `${width}x${height}` }).toEqual([]);
      const sizes = await nameSizes(page);
      const tiles = await page.locator('.tile').count();
      if (size <= 400 && height >= 800) expect(tiles).toBe(size);
      expect(Math.min(...sizes)).toBeGreaterThanOrEqual(9);
      // The worst ones can be read from 8 m wherever they are few; on an upright screen its width sets a limit.
      const crowded = size > 400 && height < 800;
      const promised = crowded ? 9 : Math.min(height / 40, width / 24);
      expect(sizes[0]).toBeGreaterThanOrEqual(promised);
      if (size === 12) expect(Math.min(...sizes)).toBeGreaterThanOrEqual(promised);
      const kinds = await page
        .locator('.tile')
        .evaluateAll((all) => all.slice(0, 7).map((one) => one.className.split(' ')[1]));
      expect(kinds.slice(0, 6)).toEqual(['down', 'down', 'down', 'degraded', 'degraded', 'degraded']);
      await shoot(page, `${size}-${width}x${height}`);
    }
    expect(complaints).toEqual([]);
    await page.context().close();
  });

  it('is green only while it sees: blind, lost and old are told across the screen', async () => {
    const board = withAlerts(40);
    const { now } = board.status;
    const { page, say } = await wall(board);
    const words = () => page.locator('.shout .big').textContent();
    expect(await greens(page)).toBeGreaterThan(20);
    const fault = { kind: 'auth', sentence: 'Cloudflare refuses the token.' } as never;
    const dark = (part: object): BoardMessage => ({
      ...board,
      status: { ...board.status, accounts: board.status.accounts.map((one) => ({ ...one, ...part })) },
    });
    for (const [name, part, shout] of [
      ['blind', { phase: 'blind', blind: { since: now - 14 * MINUTE, fault } }, /^BLIND SINCE \d\d:\d\d$/],
      ['stale', { listAgeMs: 5 * MINUTE }, /^NO FRESH DATA SINCE \d\d:\d\d$/],
    ] as const) {
      await say(dark(part));
      await expect.poll(words).toMatch(shout);
      expect(await greens(page)).toBe(0);
      for (const [width, height] of SCREENS) {
        await resize(page, width, height);
        await expect.poll(() => overflowing(page)).toEqual([]);
        if (height <= 1080) await shoot(page, `${name}-${width}x${height}`);
      }
      await axe(page);
    }
    await say(board);
    await expect.poll(() => page.locator('.shout').count()).toBe(0);
    await say({ type: 'lost', reason: 'Check that it still runs.' });
    await expect.poll(words).toMatch(/^NO HOST SINCE \d\d:\d\d$/);
    expect(await greens(page)).toBe(0);
    expect(await page.getByRole('status').first().textContent()).toMatch(/^No host since \d\d:\d\d\. 40 tunnels: /);
    await shoot(page, 'lost-1280x400');
    await page.context().close();
  });

  it('tells a part that is not seen as a notice, with the age on its tiles', async () => {
    const board = withAlerts(12);
    const [acme, ...rest] = board.status.accounts;
    const blind = { since: board.status.now - 14 * MINUTE, fault: { kind: 'auth', sentence: 'Refused.' } as never };
    const accounts = [{ ...acme, phase: 'blind', blind, listAgeMs: 14 * MINUTE } as never, ...rest];
    const { page } = await wall({ ...board, status: { ...board.status, accounts } });
    expect(await page.locator('.notice').textContent()).toMatch(/Acme: blind since \d\d:\d\d · Refused\./);
    expect(await page.locator('.shout').count()).toBe(0);
    expect(await page.locator('.tile.old').first().textContent()).toMatch(/as of 14 min ago/);
    expect(await overflowing(page)).toEqual([]);
    await page.context().close();
  });

  it('says why it is empty', async () => {
    const board = boardOf(12, Date.now());
    const nothing = { ...boardOf(0, Date.now()), status: { ...board.status, accounts: [] } };
    for (const [name, message, query, sentence] of [
      ['first', nothing, '', 'No account is watched yet.'],
      ['none', boardOf(0, Date.now()), '', 'No IPsec tunnels in this account.'],
      ['filtered', board, 'account=Nobody', 'No tunnel fits this view.'],
    ] as const) {
      const { page } = await wall(message, query);
      expect(await page.locator('.empty .what').textContent()).toBe(sentence);
      await axe(page);
      await shoot(page, `empty-${name}`);
      await page.context().close();
    }
  });

  it.each(['dark', 'light'] as const)('has no violations of axe, in %s, by tunnel and by site', async (theme) => {
    for (const by of ['tunnel', 'site']) {
      const { page } = await wall(withAlerts(20), `by=${by}&theme=${theme}&palette=separation`);
      await axe(page);
      await shoot(page, `20-by-${by}-${theme}`);
      expect(await page.getByRole('list', { name: by === 'site' ? /Sites/ : /Tunnels/ }).count()).toBeGreaterThan(0);
      await page.context().close();
    }
  });

  it('turns its pages with the clock, keeps the worst in sight, and can be turned by hand', async () => {
    const { page } = await wall(withAlerts(1000), 'rotate=5');
    const calm = () => page.locator('.band').last().locator('.tile').first().textContent();
    const before = await calm();
    await expect.poll(calm, { timeout: 20_000 }).not.toBe(before);
    expect(await page.locator('.tile.down').count()).toBe(3);
    const pageWords = () => page.locator('.age').textContent();
    expect(await pageWords()).toMatch(/Page \d of 3/);
    await page.keyboard.press('ArrowRight');
    const turned = await calm();
    await page.keyboard.press('ArrowRight');
    await expect.poll(calm).not.toBe(turned);
    await page.context().close();
  });

  it('takes another view, sound and a reload from another screen, and nothing for other walls', async () => {
    const asked: unknown[] = [];
    const board = withAlerts(60);
    const { page, say } = await wall(board, 'name=NOC', {
      answer: (name, args) => {
        if (name === 'wallHere') asked.push(args);
        return { ok: true, value: null };
      },
    });
    const send = (to: string, command: object) =>
      say({ type: 'wall', status: board.status, wall: to, command } as never);
    await expect.poll(() => asked[0]).toMatchObject({ name: 'NOC', view: '', muted: false });
    await send('Lobby', { what: 'view', view: 'by=site' });
    await send('NOC', { what: 'mute', muted: true });
    await expect.poll(() => asked.at(-1)).toMatchObject({ muted: true, view: '' });
    await send('NOC', { what: 'view', view: 'by=site&account=Acme&name=Stolen' });
    await expect.poll(() => page.url()).toMatch(/#\/wall\?name=NOC&account=Acme&by=site$/);
    expect(await page.locator('header .title').textContent()).toContain('NOC · Acme');
    await expect.poll(() => asked.at(-1)).toMatchObject({ name: 'NOC', view: 'account=Acme&by=site' });
    await page.evaluate(() => Reflect.set(window, '__old', true));
    await send('NOC', { what: 'reload' });
    await expect.poll(() => page.evaluate(() => Reflect.get(window, '__old')).catch(() => true)).toBeUndefined();
    await page.context().close();
  });

  it('keeps views under names, and stays still for who wants less motion', async () => {
    const { page } = await wall(withAlerts(60), '', { reducedMotion: 'reduce' });
    await page.keyboard.press('v');
    expect(await page.getByLabel('Name of the wall').inputValue()).toBe('');
    await page.getByLabel('Tiles').selectOption('site');
    await page.getByLabel('Save this view as').fill('Sites');
    await page.keyboard.press('Enter');
    await axe(page);
    await shoot(page, 'views');
    await page.getByLabel('Tiles').selectOption('tunnel');
    await page.getByRole('button', { name: 'Sites', exact: true }).click();
    await expect.poll(() => page.url()).toMatch(/by=site$/);
    const place = await page
      .locator('.picture')
      .evaluate((picture: HTMLElement) => [picture.offsetLeft, picture.offsetTop]);
    expect(place).toEqual([12, 8]);
    expect(await page.evaluate(() => document.getAnimations().length)).toBe(0);
    await page.context().close();
  });

  it('dims at night, until something critical calls for somebody', async () => {
    const well = {
      ...boardOf(12, Date.now()),
      rows: Array.from({ length: 12 }, (_, i) => rowAt(i, Date.now(), SHAPES[12])),
    };
    const { page, say } = await wall(well, 'dim=00-23:59&zone=utc');
    const dimmed = page.locator('.picture.dimmed');
    await expect.poll(() => dimmed.count()).toBe(1);
    await say(withAlerts(12));
    await expect.poll(() => dimmed.count()).toBe(0);
    await page.context().close();
  });

  it('holds no more after hours than after minutes: heap, nodes and listeners', async () => {
    const { before, after } = await liveThrough(browser, site.origin, 100, 600);
    for (const what of ['heap', 'nodes', 'listeners'] as const) {
      expect([what, growth(before[what], after[what]) < 10]).toEqual([what, true]);
    }
  });

  it('loads nothing of the desk', async () => {
    const asked: string[] = [];
    const context = await browser.newContext();
    context.on('request', (request) => asked.push(new URL(request.url()).pathname));
    const page = await context.newPage();
    await page.goto(`${site.origin}/#/wall`);
    await page.waitForLoadState('networkidle');
    expect(
      asked.filter((path) => /\/(App|BoardView|AlertsView|SettingsView|PskView|TunnelView|chart)/.test(path)),
    ).toEqual([]);
    expect(asked.length).toBeGreaterThan(2);
    await context.close();
  });
});
