/** A first run on a machine without a keychain, as somebody lives it: the built host, a simulated Cloudflare, a real browser. */
import { readFileSync } from 'node:fs';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launch } from '../renderer/harness/chromium.ts';
import { open, shoot, WHY } from './browser.ts';
import { type Cloudflare, cloudflare, firstRun } from './host.ts';

describe.skipIf(WHY !== '')(`settings on the real host${WHY}`, () => {
  let browser: Browser;
  let cloud: Cloudflare;
  let host: Awaited<ReturnType<typeof firstRun>>;

  beforeAll(async () => {
    [browser, cloud, host] = await Promise.all([launch(), cloudflare('calm'), firstRun()]);
  });
  afterAll(async () => {
    await browser?.close();
    await host?.kill();
    await cloud?.close();
  });
  const field = (page: Page, name: string) => page.getByLabel(name, { exact: true });

  it('goes from nothing to a board, changes a setting, and never writes the token down', async () => {
    const [account] = cloud.simulator.accounts;
    if (account === undefined) throw new Error('no account');
    const { page, complaints } = await open(browser, host.url);
    await field(page, 'Name').fill('Acme');
    await field(page, 'Account id').fill(account.id);
    await page.getByText('Another API address').click();
    await field(page, 'API address').fill(`${cloud.url}/client/v4`);
    await field(page, 'API token').fill('cfut_nobody-knows-this-token-0000000000');
    await page.getByRole('button', { name: 'Test' }).click();
    await page.getByText('This token does not work here.').waitFor();
    await field(page, 'API token').fill(account.readToken);
    await page.getByRole('button', { name: 'Test' }).click();
    await page.getByText('This token works.').waitFor();
    await page.getByText('It can read only').waitFor();
    await shoot(page, 'first-run-tested');
    // The bare environment has no keychain, and the page has said so.
    expect(await field(page, 'For this session only').isChecked()).toBe(true);
    await page.getByRole('button', { name: 'Add', exact: true }).click();
    await page.locator('tbody tr').first().waitFor();

    await page.keyboard.press('g');
    await page.keyboard.press('s');
    const card = page.getByRole('region', { name: 'Acme' });
    await card.getByText('In memory, for this session only').waitFor();
    await card.getByLabel('Ask for tunnels each').fill('2s');
    await card.getByText('A time such as 30s').waitFor();
    await card.getByLabel('Ask for tunnels each').fill('45s');
    await page.keyboard.press('Enter');
    await card.getByText('Saved.').waitFor();
    const written = readFileSync(host.config, 'utf8');
    expect(written).toContain('45s');
    expect(written).not.toContain(account.readToken);
    expect(host.running.out() + host.running.error()).not.toContain(account.readToken);
    await page.goto(`${host.url}/#/board`);
    await page.getByText('each 45 s').waitFor();

    await page.getByRole('button', { name: 'Pause', exact: true }).click();
    await page.getByRole('button', { name: 'Until resumed' }).click();
    await page.getByText('until somebody resumes: nothing is asked.').waitFor();
    await page.locator('.banner').getByRole('button', { name: 'Resume' }).click();
    await page.locator('.banner').waitFor({ state: 'detached' });
    await shoot(page, 'settings-done');
    expect(complaints).toEqual([]);
  }, 120_000);
});
