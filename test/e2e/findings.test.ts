/** Findings and what changed over a real host and a simulated Cloudflare: found, waived, taken back; a change as it comes. */
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launch } from '../renderer/harness/chromium.ts';
import { type Opened, open, rowOf, SILLY, WHY, wordsOf } from './browser.ts';
import { type Cloudflare, cloudflare, type Host, installation } from './host.ts';
import { ONE_OF_EACH } from './world.ts';

/** Somebody changes a tunnel while the page is open. */
const CHANGE = {
  what: 'config-changed',
  who: { tunnel: 'lhr1-tun-b' },
  from: '15s',
  set: { 'health_check.rate': 'low' },
} as const;

describe.skipIf(WHY !== '')(`findings over a real host${WHY}`, () => {
  let browser: Browser;
  let cf: Cloudflare;
  let host: Host;

  beforeAll(async () => {
    cf = await cloudflare({
      ...ONE_OF_EACH,
      incidents: [...(ONE_OF_EACH.incidents ?? []), CHANGE],
    });
    [browser, host] = await Promise.all([launch(), installation(cf).serve()]);
  });
  afterAll(async () => {
    await browser?.close();
    await host?.kill();
    await cf?.close();
  });

  async function done({ page, complaints }: Opened): Promise<void> {
    expect(await page.locator('body').innerText()).not.toMatch(SILLY);
    expect(complaints).toEqual([]);
    await page.context().close();
  }

  it('finds what is wrong, lets it be waived from the page of the tunnel, and brings it back', async () => {
    const opened = await open(browser, host.url);
    const { page } = opened;
    await expect.poll(() => wordsOf(page, 'gru1-tun-a'), { timeout: 60_000 }).toMatch(/Configuration: \w+/);
    await page.goto(`${host.url}#/findings?q=gru1-tun-a replay`);
    const pane = page.getByRole('region', { name: 'The chosen finding' });
    await pane.getByRole('heading', { name: 'Replay protection on' }).waitFor();
    expect(await pane.locator('mark').innerText()).toBe('true');
    await pane.getByRole('link', { name: 'gru1-tun-a' }).click();
    const found = page.locator('li', { hasText: 'Replay protection on' });
    await found.getByRole('button', { name: 'Waive …' }).click();
    const dialog = page.getByRole('dialog', { name: 'Waive a finding' });
    await dialog.getByLabel('Reason').fill('The router cannot switch it off');
    await dialog.getByLabel('Owner').fill('Jo');
    await dialog.getByRole('button', { name: 'Waive' }).click();
    await dialog.waitFor({ state: 'detached' });
    await page.getByText(/^Waived: 1 finding$/).click();
    await found.getByText(/until .*, 90 days left .*The router cannot switch it off/).waitFor();
    await found.getByRole('button', { name: 'Take back' }).click();
    await found.getByRole('button', { name: 'Waive …' }).waitFor();
    await done(opened);
  });

  it('lists what no rule could judge, and why', async () => {
    const opened = await open(browser, host.url, '#/findings?show=unknown');
    await opened.page.getByRole('table').getByRole('row').nth(1).waitFor();
    await done(opened);
  });

  it('shows a change as it comes, and leads there from the log of the tunnel', async () => {
    const opened = await open(browser, host.url);
    const { page } = opened;
    const hash = (await rowOf(page, 'lhr1-tun-b').getByRole('link', { name: 'lhr1-tun-b' }).getAttribute('href')) ?? '';
    await page.goto(`${host.url}${hash}`);
    await page.getByRole('link', { name: /Configuration changed: health-check rate/ }).click({ timeout: 90_000 });
    const change = page.locator('article[aria-current]');
    await change.getByRole('row', { name: /health-check rate/ }).waitFor();
    expect(await change.getByRole('row', { name: /health-check rate/ }).innerText()).toMatch(/mid[\s→]+low/);
    await done(opened);
  });
});
