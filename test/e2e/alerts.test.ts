/** Alerts as people meet them: the real host with a week of past, its engine, its store, and the page in Chromium. */
import type { Browser, Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launch } from '../renderer/harness/chromium.ts';
import { type Opened, open, SILLY, shoot, WHY } from './browser.ts';
import { demo, type Host } from './host.ts';

describe.skipIf(WHY !== '')(`alerts in practice mode${WHY}`, () => {
  let browser: Browser;
  let host: Host;

  beforeAll(async () => {
    [browser, host] = await Promise.all([launch(), demo()]);
  });
  afterAll(async () => {
    await browser?.close();
    await host?.kill();
  });

  const item = (page: Page, title: string): Locator => page.locator('[data-incident]', { hasText: title }).first();
  const pane = (page: Page): Locator => page.getByRole('region', { name: 'The incident' });
  async function alerts(): Promise<Opened> {
    const opened = await open(browser, host.url, '#/alerts');
    await item(opened.page, 'lax1-tun-b has no PSK').waitFor();
    return opened;
  }
  async function done({ page, complaints }: Opened): Promise<void> {
    expect(await page.locator('body').innerText()).not.toMatch(SILLY);
    expect(complaints).toEqual([]);
    await page.context().close();
  }

  it('holds what the week brought, with evidence, next steps and what was told', async () => {
    const opened = await alerts();
    const { page } = opened;
    await item(page, 'gru1-tun-b has a PSK that is too old').click();
    await pane(page).getByText('What to check next').waitFor();
    await pane(page).getByText('Practice: nothing left this machine.').first().waitFor();
    await page.getByRole('button', { name: 'Show older ones' }).click();
    await item(page, 'tunnels to 162.159.70.49').waitFor();
    await item(page, 'tunnels to 162.159.70.49').click();
    await pane(page)
      .getByText(/ams1-tun-b/)
      .first()
      .waitFor();
    await shoot(page, 'alerts-week', true);
    await done(opened);
  });

  it('takes an acknowledgement by keyboard, which outlives the page', async () => {
    const opened = await alerts();
    const { page } = opened;
    await item(page, 'lax1-tun-b has no PSK').click();
    await page.keyboard.press('a');
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Who').fill('Ada');
    await dialog.getByLabel('Comment').fill('the router comes on Monday');
    await dialog.getByRole('button', { name: 'Acknowledge' }).click();
    await dialog.waitFor({ state: 'detached' });
    await pane(page).getByText('the router comes on Monday').first().waitFor();
    await done(opened);
    const again = await alerts();
    await item(again.page, 'lax1-tun-b has no PSK').click();
    await pane(again.page).getByText('the router comes on Monday').first().waitFor();
    await done(again);
  });

  it('shows what a silence would hide, makes it, and ends it', async () => {
    const opened = await alerts();
    const { page } = opened;
    await item(page, 'of Halden Freight are misconfigured').click();
    await page.keyboard.press('s');
    const dialog = page.getByRole('dialog');
    await dialog
      .getByText(/It would hide/)
      .first()
      .waitFor();
    await dialog.getByLabel('Who').fill('Ada');
    await dialog.getByLabel('Comment').fill('known');
    await shoot(page, 'alerts-silence');
    await dialog.getByRole('button', { name: 'Silence', exact: true }).click();
    await dialog.waitFor({ state: 'detached' });
    await page.goto(`${host.url}/#/alerts?show=silences`);
    const silence = page.locator('main li, main tr', { hasText: 'known' }).first();
    await silence.waitFor();
    await shoot(page, 'alerts-silences', true);
    await silence.getByRole('button', { name: /end|expire/i }).click();
    await page
      .getByText(/ended by|Ended/i)
      .first()
      .waitFor();
    await done(opened);
  });

  it('tries a receiver and shows the log', async () => {
    const opened = await open(browser, host.url, '#/alerts?show=delivery');
    const { page } = opened;
    await page.getByRole('button', { name: /test/i }).first().click();
    await page.getByText('Practice: nothing left this machine.').first().waitFor();
    await shoot(page, 'alerts-delivery', true);
    await done(opened);
  });
});
