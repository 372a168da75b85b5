/** How the page looks to its reader, and pauses, in a real browser. */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { BoardMessage } from '../../src/shared/bridge.ts';
import { boardOf } from './harness/board.ts';
import { type Answer, CHROMIUM, launch, type StagedPage, stage } from './harness/chromium.ts';
import { deskOf, settingsHost } from './harness/settings.ts';
import { SHOTS, serveSite, type TestSite } from './harness/site.ts';

const MINUTE = 60_000;

describe.skipIf(CHROMIUM === null)('the appearance in Chromium (skipped without Chromium)', () => {
  let browser: Browser;
  let site: TestSite;
  const now = Date.now();

  beforeAll(async () => {
    mkdirSync(SHOTS, { recursive: true });
    [browser, site] = await Promise.all([launch(), serveSite()]);
  });
  afterAll(async () => {
    await browser?.close();
    await site?.close();
  });

  async function show(
    hash: string,
    options: Partial<Parameters<typeof stage>[2]> = {},
    answer: Answer = settingsHost(deskOf()),
  ): Promise<StagedPage> {
    const staged = await stage(browser, site.origin, { first: boardOf(300, now), hash, answer, ...options });
    await staged.page.waitForSelector('header');
    return staged;
  }
  async function done({ page, complaints }: StagedPage): Promise<void> {
    expect(complaints).toEqual([]);
    await page.context().close();
  }
  const token = (page: Page, name: string): Promise<string> =>
    page.evaluate((of) => getComputedStyle(document.documentElement).getPropertyValue(of).trim(), name);
  /** Another visit of the same reader. */
  async function visit({ page }: StagedPage, hash: string): Promise<void> {
    await page.goto(`${site.origin}/${hash}`);
    await page.reload();
    await page.waitForSelector('header');
  }

  it('is chosen at once, and kept for the next visit', async () => {
    const staged = await show('#/settings?section=appearance', { timezoneId: 'Asia/Kolkata' });
    const { page } = staged;
    await page.getByText('GMT+5:30', { exact: true }).waitFor();
    const up = await token(page, '--up');
    await page.getByLabel('High separation').check();
    expect(await token(page, '--up')).not.toBe(up);
    await page.getByLabel('Compact').check();
    await page.getByLabel('In UTC').check();
    await page.getByLabel('Light', { exact: true }).check();
    await page.locator('header').getByText('UTC', { exact: true }).waitFor();
    expect(await page.locator('.aside.small').innerText()).toMatch(/UTC · .*GMT\+5:30/);
    await visit(staged, '#/board');
    await page.locator('tbody tr').first().waitFor();
    expect(await token(page, '--up')).toBe('rgb(0, 0, 204)');
    expect(await page.evaluate(() => document.documentElement.dataset.theme)).toBe('light');
    // Compact rows lie edge to edge.
    const tops = await page
      .locator('tbody tr')
      .evaluateAll((rows) => rows.map((row) => [row.getBoundingClientRect().top, row.getBoundingClientRect().height]));
    expect(new Set(tops.map(([, height]) => height))).toEqual(new Set([36]));
    expect((tops[1]?.[0] ?? 0) - (tops[0]?.[0] ?? 0)).toBe(36);
    for (const title of await page
      .locator('[title*=" Nov "]')
      .evaluateAll((all) => all.map((one) => one.getAttribute('title')))) {
      if (title?.includes('GMT')) expect(title).toMatch(/UTC · /);
    }
    await page.screenshot({ path: join(SHOTS, 'board-compact-separation-light.png') });
    await done(staged);
  });

  it('is there before anything is painted', async () => {
    const context = await browser.newContext({ colorScheme: 'dark' });
    const page = await context.newPage();
    // Code that is late must not let the other theme show.
    await page.route('**/assets/*.js', async (route) => {
      await new Promise((resolve) => setTimeout(resolve, 400));
      await route.continue();
    });
    await page.addInitScript(() => {
      localStorage.setItem('tunnelwatch.theme', 'light');
      const seen = { applied: 0 };
      Object.assign(window, { __seen: seen });
      new MutationObserver(() => {
        if (seen.applied === 0 && document.documentElement?.dataset.theme === 'light') seen.applied = performance.now();
      }).observe(document, { attributes: true, subtree: true });
    });
    await page.goto(site.origin);
    await page.waitForSelector('header');
    await expect.poll(() => page.evaluate(() => performance.getEntriesByName('first-paint').length)).toBeGreaterThan(0);
    const times = await page.evaluate(() => ({
      applied: Reflect.get(window, '__seen').applied,
      painted: performance.getEntriesByName('first-paint')[0]?.startTime ?? 0,
    }));
    expect(times.applied).toBeGreaterThan(300);
    expect(times.painted).toBeGreaterThanOrEqual(times.applied);
    await context.close();
  });

  it.each([80, 150, 200])('holds together at a zoom of %i per cent', async (zoom) => {
    const staged = await show('#/settings?section=appearance');
    const { page } = staged;
    await page.getByLabel(`${zoom}%`).check();
    for (const hash of ['#/board', '#/psk', '#/alerts', '#/settings?section=accounts', '#/settings?section=advanced']) {
      await page.evaluate((to) => (location.hash = to), hash);
      await page.waitForFunction((to) => location.hash === to, hash);
      await page.locator('main h1, main h2, tbody tr').first().waitFor();
      const over = await page.evaluate(() => ({
        across: document.documentElement.scrollWidth - document.documentElement.clientWidth,
        down: document.documentElement.scrollHeight - document.documentElement.clientHeight,
      }));
      expect([hash, over]).toEqual([hash, { across: 0, down: 0 }]);
      await page.screenshot({ path: join(SHOTS, `zoom-${zoom}-${hash.replace(/\W+/g, '-')}.png`) });
    }
    await page.evaluate(() => (location.hash = '#/board'));
    await page.locator('tbody tr').first().waitFor();
    // The list still draws the rows that are in sight, to its very end.
    await page.locator('.scroller').evaluate((node) => node.scrollTo(0, node.scrollHeight));
    await expect
      .poll(() =>
        page.locator('.scroller').evaluate((node) => {
          const box = node.getBoundingClientRect();
          const last = [...node.querySelectorAll('tbody tr')].at(-1)?.getBoundingClientRect();
          return last !== undefined && Math.abs(last.bottom - box.bottom) < 20;
        }),
      )
      .toBe(true);
    await page.keyboard.press('?');
    const box = await page.getByRole('dialog').boundingBox();
    expect((box?.y ?? -1) >= 0 && (box?.y ?? 0) + (box?.height ?? 0) <= 1080).toBe(true);
    await done(staged);
  });

  function paused(until: number | null, listAgeMs: number): BoardMessage {
    const board = boardOf(60, now);
    const accounts = board.status.accounts.map((account) => ({ ...account, listAgeMs, nextPollInMs: null }));
    return { ...board, status: { ...board.status, accounts, paused: { since: now - 5 * MINUTE, until } } };
  }

  it('says that polling is paused, until when, and resumes', async () => {
    const desk = deskOf();
    const staged = await show('#/board', { first: paused(now + 10 * MINUTE, 4_000) }, settingsHost(desk));
    const { page } = staged;
    const banner = page.locator('.banner');
    const until = new Date(now + 10 * MINUTE).toISOString().slice(11, 16);
    await banner.getByText(`Paused by somebody until ${until}: nothing is asked.`).waitFor();
    expect(await page.title()).toContain('Paused');
    await banner.getByRole('button', { name: 'Resume' }).click();
    await expect.poll(() => desk.asked.some(({ name }) => name === 'resume')).toBe(true);
    await page.getByRole('button', { name: 'Paused' }).click();
    await page.getByRole('dialog', { name: 'Pause polling' }).getByRole('button', { name: '1 h' }).click();
    await expect.poll(() => desk.asked.find(({ name }) => name === 'pause')?.args).toEqual({ forMs: 3_600_000 });
    await page.screenshot({ path: join(SHOTS, 'board-paused.png') });
    await done(staged);
  });

  it('shows nothing green while a pause outlasts what is fresh, in one banner', async () => {
    const staged = await show('#/board', { first: paused(null, 10 * MINUTE) });
    const { page } = staged;
    await page.locator('tbody tr').first().waitFor();
    const text = await page.locator('.banner').allInnerTexts();
    expect(text).toHaveLength(1);
    expect(text[0]).toMatch(/until somebody resumes: nothing is asked\. What you see is the last known state\./);
    expect(await page.locator('tbody tr:not(.stale)').count()).toBe(0);
    const icon = await page.locator('link[rel=icon]').getAttribute('href');
    expect(decodeURIComponent(icon ?? '')).not.toContain('#009e73');
    await done(staged);
  });
});
