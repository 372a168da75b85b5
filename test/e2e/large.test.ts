import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launch } from '../renderer/harness/chromium.ts';
import { type Opened, open, rowOf, SILLY, shoot, WHY } from './browser.ts';
import { type Cloudflare, cloudflare, type Host, installation } from './host.ts';

describe.skipIf(WHY !== '')(`a thousand tunnels over a real host${WHY}`, () => {
  let browser: Browser;
  let cf: Cloudflare;
  let host: Host;
  let board: Opened;

  beforeAll(async () => {
    cf = await cloudflare('large');
    [browser, host] = await Promise.all([launch(), installation(cf).serve()]);
    board = await open(browser, host.url);
    await board.page.locator('tbody tr').first().waitFor();
    await board.page.getByText('1,000 tunnels').waitFor();
    await board.page.getByText('Healthy in').first().waitFor();
  });
  afterAll(async () => {
    await browser?.close();
    await host?.kill();
    await cf?.close();
  });

  it('draws a window of rows and the right one wherever one scrolls', async () => {
    const { page } = board;
    const drawn = () => page.locator('tbody tr').count();
    expect(await drawn()).toBeLessThan(60);
    expect(await page.locator('table').getAttribute('aria-rowcount')).toBe('1001');
    const scroller = page.locator('.scroller');
    await scroller.evaluate((node) => node.scrollTo(0, node.scrollHeight / 2));
    await expect.poll(() => page.locator('tbody tr').first().getAttribute('aria-rowindex')).toMatch(/^(4|5)\d\d$/);
    await page.keyboard.press('End');
    await page.locator('tbody tr[aria-rowindex="1001"]').waitFor();
    expect(await drawn()).toBeLessThan(60);
    // What is in sight has its history, whatever was scrolled past.
    const last = page.locator('tbody tr[aria-rowindex="1001"] svg.strip').first();
    await expect.poll(() => last.getAttribute('aria-label')).toMatch(/^BGP: /);
    await shoot(page, 'large-end');
    await page.keyboard.press('Home');
    await page.locator('tbody tr[aria-rowindex="2"]').waitFor();
  });

  it('finds one among them, filters by site, and keeps both in the address', async () => {
    const { page } = board;
    await page.keyboard.press('/');
    await page.keyboard.type('nrt7-tun-b');
    await page.getByText('1 of 1,000 tunnels').waitFor();
    await rowOf(page, 'nrt7-tun-b').waitFor();
    expect(page.url()).toContain('q=nrt7-tun-b');
    await page.keyboard.press('Escape');
    await page.getByRole('searchbox', { name: 'Find a site' }).fill('Tokyo 7');
    await page.locator('.side li', { hasText: 'Tokyo 7' }).getByRole('button').click();
    await page.getByText(/^2 of 1,000 tunnels/).waitFor();
    await shoot(page, 'large-site');
    await page.getByRole('button', { name: 'Clear filters' }).click();
    await page.getByText('1,000 tunnels', { exact: true }).waitFor();
  });

  it('reads well full of rows', async () => {
    const { page, complaints } = board;
    await shoot(page, 'large', true);
    expect(await page.locator('body').innerText()).not.toMatch(SILLY);
    expect(complaints).toEqual([]);
  });

  it('lists a thousand keys', async () => {
    const { page, complaints } = await open(browser, host.url, '#/psk');
    await page.locator('main li').first().waitFor();
    expect(await page.locator('main li').count()).toBeLessThan(60);
    await shoot(page, 'large-psk');
    expect(complaints).toEqual([]);
    await page.context().close();
  });
});
