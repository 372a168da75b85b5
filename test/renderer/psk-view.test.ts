/** The PSK board in a real browser: order, filters, a thousand rows, the chart of what falls due, old facts. */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { AxeBuilder } from '@axe-core/playwright';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { BoardMessage } from '../../src/shared/bridge.ts';
import type { BoardRow } from '../../src/shared/model.ts';
import { ACME, boardOf } from './harness/board.ts';
import { CHROMIUM, launch, type StagedPage, stage } from './harness/chromium.ts';
import { SHOTS, serveSite, type TestSite } from './harness/site.ts';
import { DAY, MINUTE, NOW } from './tunnel-fixture.ts';

const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];

/** The board of the harness with PSKs of every age, spread as a real fleet's are. */
function fleet(size: number): BoardMessage {
  const board = boardOf(size, NOW);
  const rows = board.rows.map((row, i): BoardRow => {
    const days = i % 97 === 5 ? null : (i * 53) % 430;
    const value =
      days === null ? 'missing' : days >= 365 ? 'stale' : days >= 180 ? 'due' : days >= 90 ? 'aging' : 'fresh';
    return {
      ...row,
      pskGeneratedAt: days === null ? null : NOW - days * DAY - 5 * MINUTE,
      lanes: { ...row.lanes, psk: { value, since: NOW - DAY, exact: true } },
    };
  });
  return { ...board, rows };
}

describe.skipIf(CHROMIUM === null)('the PSK board in Chromium (skipped without Chromium)', () => {
  let browser: Browser;
  let site: TestSite;
  const opened: StagedPage[] = [];

  beforeAll(async () => {
    mkdirSync(SHOTS, { recursive: true });
    [browser, site] = await Promise.all([launch(), serveSite()]);
  });
  afterAll(async () => {
    for (const { page } of opened) await page.context().close();
    await browser.close();
    await site.close();
  });

  async function show(first: BoardMessage, hash = '#/psk'): Promise<StagedPage> {
    const staged = await stage(browser, site.origin, { first, hash, timezoneId: 'Europe/Paris' });
    opened.push(staged);
    return staged;
  }
  const list = (page: Page) => page.getByRole('list', { name: 'Tunnels by age of their PSK' });
  const shot = (page: Page, name: string): Promise<unknown> =>
    page.screenshot({ path: join(SHOTS, `psk-${name}.png`) });

  it('puts the missing first, then the oldest, and explains the policy', async () => {
    const { page, complaints } = await show(fleet(120));
    await list(page).waitFor();
    const ages = await list(page).locator('.age').allTextContents();
    const days = ages.map((age) =>
      age.trim() === 'not reported' ? Number.POSITIVE_INFINITY : Number.parseInt(age, 10),
    );
    expect(days[0]).toBe(Number.POSITIVE_INFINITY);
    expect(days).toEqual([...days].sort((a, b) => b - a));
    await page.getByText(/aging after 90 days, due after 180 days, stale after 365 days/).waitFor();
    for (const [scheme, width, height] of [
      ['dark', 1920, 1080],
      ['dark', 1280, 800],
      ['light', 1280, 800],
      ['light', 1920, 1080],
    ] as const) {
      await page.emulateMedia({ colorScheme: scheme });
      await page.setViewportSize({ width, height });
      await page.waitForTimeout(150);
      await shot(page, `${scheme}-${width}`);
      if (width === 1280) {
        expect((await new AxeBuilder({ page }).withTags(TAGS).setLegacyMode().analyze()).violations).toEqual([]);
      }
      expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0);
    }
    expect(complaints).toEqual([]);
  });

  it('counts every tunnel in the chart and tells it to a screen reader', async () => {
    const { page } = await show(fleet(120));
    const chart = page.getByRole('img', { name: /No PSK reported: 2 tunnels; Overdue now:/ });
    await chart.waitFor();
    const label = (await chart.getAttribute('aria-label')) ?? '';
    const total = [...label.matchAll(/(\d+) tunnel/g)].reduce((sum, match) => sum + Number(match[1]), 0);
    expect(total).toBe(120);
    await page.getByRole('button', { name: 'By week' }).click();
    await page.getByRole('img', { name: /Week of/ }).waitFor();
    await shot(page, 'weeks');
  });

  it('filters by state, account and text, keeps that in the address, and gives way to Esc', async () => {
    const { page } = await show(fleet(120));
    await list(page).waitFor();
    await page.getByRole('button', { name: /Stale$/ }).click();
    await page.waitForURL(/state=stale/);
    const ages = await list(page).locator('.age').allTextContents();
    expect(ages.every((age) => Number.parseInt(age, 10) >= 365)).toBe(true);
    await page.getByRole('combobox', { name: 'Account' }).selectOption({ label: 'Acme' });
    await page.waitForURL(new RegExp(`account=${ACME}`));
    await page.keyboard.press('/');
    if (await page.getByRole('combobox', { name: 'Account' }).evaluate((field) => field === document.activeElement)) {
      await page.getByRole('searchbox').focus();
    }
    await page.keyboard.type('zzz');
    await page.getByText('No tunnel matches the filters.').waitFor();
    await shot(page, 'no-match');
    await page.keyboard.press('Escape');
    await list(page).waitFor();
    await page.getByRole('button', { name: 'Clear filters' }).click();
    await page.getByText('120 tunnels', { exact: true }).waitFor();
  });

  it('draws only what is in sight of a thousand rows, and goes through them by keys', async () => {
    const { page } = await show(fleet(1_000));
    await list(page).waitFor();
    expect(await list(page).getByRole('listitem').count()).toBeLessThan(60);
    await page.keyboard.press('j');
    await page.keyboard.press('j');
    const second = page.locator('a[data-place="1"]');
    expect(await second.evaluate((link) => link === document.activeElement)).toBe(true);
    await page.keyboard.press('End');
    await page.locator('a[data-place="999"]').waitFor();
    await shot(page, 'thousand-end');
    await page.keyboard.press('Enter');
    await page.waitForURL(/#\/tunnel\//);
  });

  it('marks what is no longer seen, and still tells its age', async () => {
    const board = fleet(40);
    const accounts = board.status.accounts.map((one) => ({ ...one, listAgeMs: 10 * MINUTE, healthAgeMs: 10 * MINUTE }));
    const { page } = await show({ ...board, status: { ...board.status, accounts } });
    await list(page).waitFor();
    await page
      .getByText(/as of 10 min ago/)
      .first()
      .waitFor();
    expect(await list(page).locator('.age').first().textContent()).toMatch(/not reported/);
    await shot(page, 'stale');
    expect((await new AxeBuilder({ page }).withTags(TAGS).setLegacyMode().analyze()).violations).toEqual([]);
  });

  it('says when there is nothing to show', async () => {
    const { page } = await show(fleet(0));
    await page.getByText('There are no tunnels yet.').waitFor();
    await shot(page, 'empty');
  });
});
