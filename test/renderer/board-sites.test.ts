import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { boardOf } from './harness/board.ts';
import { CHROMIUM, launch, stage } from './harness/chromium.ts';
import { BUILT, serveSite, type TestSite } from './harness/site.ts';

const BUILD = existsSync(join(BUILT, 'index.html'));
const why = CHROMIUM === null ? ' (skipped: no Chromium)' : BUILD ? '' : ' (skipped: no build; run npm run build)';

describe.skipIf(why !== '')(`sites at the side${why}`, () => {
  let browser: Browser;
  let site: TestSite;
  let page: Page;
  beforeAll(async () => {
    [browser, site] = await Promise.all([launch(), serveSite()]);
    const answer = () => ({ ok: true, value: [] });
    ({ page } = await stage(browser, site.origin, { first: boardOf(1000, Date.now()), answer }));
    await page.waitForSelector('[aria-posinset]');
  });
  afterAll(async () => {
    await browser?.close();
    await site?.close();
  });
  const sites = () => page.locator('.side li[aria-posinset]');
  const focused = () => page.evaluate(() => document.activeElement?.parentElement?.getAttribute('aria-posinset'));

  it('draws those in sight, and others where they are scrolled to', async () => {
    const total = Number(await sites().first().getAttribute('aria-setsize'));
    expect(total).toBeGreaterThan(200);
    expect(await sites().count()).toBeLessThan(50);
    await page.locator('.side').evaluate((side) => side.scrollTo(0, side.scrollHeight));
    await page.locator(`.side li[aria-posinset="${total}"]`).waitFor();
    expect(await sites().count()).toBeLessThan(50);
  });

  it('keeps the one that has the focus, so that the way goes on from there', async () => {
    await page.locator('.side').evaluate((side) => side.scrollTo(0, 0));
    await page.locator('.side li[aria-posinset="2"] button').focus();
    await page.locator('.side').evaluate((side) => side.scrollTo(0, side.scrollHeight));
    await page.locator('.side li[aria-posinset="150"]').waitFor({ state: 'detached' });
    await page.locator('.side li[aria-posinset="20"]').waitFor({ state: 'detached' });
    expect(await focused()).toBe('2');
    await page.locator('.side').evaluate((side) => side.scrollTo(0, 0));
    await page.locator('.side li[aria-posinset="4"]').waitFor();
    for (let step = 0; step < 60; step += 1) await page.keyboard.press('Tab');
    expect(await focused()).toBe('62');
  });

  it('loses no Tab while the list has not heard of its scrolling yet, as on a busy machine', async () => {
    await page.locator('.side').evaluate((side) => side.scrollTo(0, 0));
    await page.locator('.side li[aria-posinset="4"]').waitFor();
    // Scrolling is told once a frame: without frames the list believes to be where it was.
    await page.evaluate(() => {
      const deaf = (event: Event) => event.stopImmediatePropagation();
      Object.assign(window, { deaf });
      document.addEventListener('scroll', deaf, true);
    });
    await page.locator('.side li[aria-posinset="2"] button').focus();
    for (let step = 0; step < 60; step += 1) await page.keyboard.press('Tab');
    expect(await focused()).toBe('62');
    for (let step = 0; step < 60; step += 1) await page.keyboard.press('Shift+Tab');
    expect(await focused()).toBe('2');
    await page.evaluate(() => document.removeEventListener('scroll', Reflect.get(window, 'deaf'), true));
  });

  it('filters by one, and by none again', async () => {
    const button = page.locator('.side li[aria-posinset="60"] button');
    await page.locator('.side').evaluate((side) => side.scrollTo(0, 50 * 30));
    await button.click();
    await expect.poll(() => button.getAttribute('aria-pressed')).toBe('true');
    expect(page.url()).toContain('site=');
    await button.click();
    await expect.poll(() => page.url()).not.toContain('site=');
  });
});
