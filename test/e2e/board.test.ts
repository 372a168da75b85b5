import { AxeBuilder } from '@axe-core/playwright';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launch } from '../renderer/harness/chromium.ts';
import { type Opened, open, rowOf, SILLY, shoot, WHY, wordsOf } from './browser.ts';
import { type Cloudflare, cloudflare, type Host, installation } from './host.ts';
import { ONE_OF_EACH } from './world.ts';

/** How each tunnel of the world stands, before anything happens in it. */
const STANDS: readonly (readonly [string, RegExp])[] = [
  ['ams1-tun-a', /^Up \| .*Amsterdam, Nordlink \| BGP up\b.* \| Healthy in 4 of 4 data centres \| PSK \d+ days old \|/],
  ['mxp1-tun-a', /^Up \| .* BGP state not reported \| Healthy in 4 of 4 data centres/],
  ['fra1-tun-a', /^Down \| .* BGP down since \d\d:\d\d or earlier \| Health down for at least \d min \|/],
  ['lhr1-tun-a', /^Down \| .* BGP down since \d\d:\d\d or earlier \| Healthy in 4 of 4 data centres/],
  ['mxp1-tun-b', /^Down \| .* BGP state not reported \| Health down for at least \d min \| PSK not reported \|/],
  ['cdg1-tun-a', /^Degraded \| .* BGP establishing\b.* \| Healthy in 4 of 4 data centres/],
  ['cdg1-tun-b', /^Degraded \| .* BGP up\b.* \| Degraded\b.*, 0 of 4 healthy/],
  ['vie1-tun-a', /^Unknown \| .* No BGP configured \| Health checks are off/],
  ['vie1-tun-b', /^Unknown \| .* No BGP configured \| No health results/],
  ['gru1-tun-a', /^Attention \| .* Healthy in 3 of 3 data centres \| PSK \d+ days old \| Configuration: \w+ \|/],
  ['gru1-tun-b', /^Attention \| .* \| PSK 431 days old, over the limit of 365 \|/],
  ['ewr1-tun-b', /^Attention \| .* \| PSK 238 days old, due since day 180 \|/],
];

describe.skipIf(WHY !== '')(`the app over a real host${WHY}`, () => {
  let browser: Browser;
  let cf: Cloudflare;
  let host: Host;
  let board: Opened;

  beforeAll(async () => {
    cf = await cloudflare(ONE_OF_EACH);
    [browser, host] = await Promise.all([launch(), installation(cf).serve()]);
    board = await open(browser, host.url);
    await rowOf(board.page, 'ams1-tun-a').waitFor();
    // Both accounts, and the first health results.
    for (const name of ['ams1-tun-a', 'ewr1-tun-a']) await rowOf(board.page, name).getByText('Healthy in').waitFor();
  });
  afterAll(async () => {
    await browser?.close();
    await host?.kill();
    await cf?.close();
  });

  async function axe(page: Page): Promise<void> {
    const found = await new AxeBuilder({ page })
      .withTags(['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa'])
      .setLegacyMode()
      .analyze();
    expect(found.violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)).toEqual([]);
  }
  /** A page of its own; `hash` may name a tunnel. */
  async function visit(hash: string): Promise<Opened> {
    const opened = await open(browser, host.url, hash);
    await opened.page.locator('main h1').first().waitFor({ state: 'attached' });
    return opened;
  }
  async function hashOf(name: string): Promise<string> {
    return (await board.page.getByRole('link', { name, exact: true }).getAttribute('href')) ?? '';
  }
  async function done({ page, complaints }: Opened): Promise<void> {
    expect(await page.locator('body').innerText()).not.toMatch(SILLY);
    expect(complaints).toEqual([]);
    await page.context().close();
  }

  it('says of every tunnel how it stands, worst first, and counts them', async () => {
    const { page } = board;
    for (const [name, words] of STANDS) expect(await wordsOf(page, name), name).toMatch(words);
    const names = await page.locator('tbody tr a.name').allInnerTexts();
    expect(names).toHaveLength(16);
    expect(new Set(names.slice(0, 3))).toEqual(new Set(['fra1-tun-a', 'lhr1-tun-a', 'mxp1-tun-b']));
    const chips = await page.locator('fieldset .chip').allInnerTexts();
    expect(chips.map((chip) => chip.replace(/\s+/g, ' '))).toEqual([
      '3 Down',
      '2 Degraded',
      '2 Unknown',
      '0 Stale',
      '3 Attention',
      '6 Up',
    ]);
    expect(await page.title()).toMatch(/^(\(\d+\) )?3 down · Tunnelwatch$/);
    await shoot(page, 'board', true);
    await axe(page);
    expect(await page.locator('body').innerText()).not.toMatch(SILLY);
  });

  it('opens a tunnel from the board and explains it', async () => {
    const opened = await visit(await hashOf('fra1-tun-a'));
    const { page } = opened;
    await page.getByText('BGP is down with it').first().waitFor();
    const head = await page.locator('.sum').innerText();
    expect(head).toMatch(/^Down in all 4 data centres since .* or earlier.*, and BGP is down with it\. /);
    expect(head).toContain('Next:');
    expect(await page.title()).toMatch(/^(\(\d+\) )?\d down · fra1-tun-a · Tunnelwatch$/);
    for (const title of ['BGP', 'Pre-shared key', 'Availability', 'Health by data centre', 'Configuration']) {
      await page.getByRole('heading', { name: title, exact: true }).waitFor();
    }
    await page.getByText('0.00').first().waitFor();
    await shoot(page, 'tunnel-down', true);
    await axe(page);
    await done(opened);
  });

  it('names the configuration finding, why it matters and what to do', async () => {
    const opened = await visit(await hashOf('gru1-tun-a'));
    const { page } = opened;
    await page.getByRole('heading', { name: 'Configuration', exact: true }).waitFor();
    expect(await page.locator('.sum').innerText()).toContain('its configuration has');
    await shoot(page, 'tunnel-finding');
    await done(opened);
  });

  it('goes from tunnel to tunnel and back by keys', async () => {
    const opened = await visit('');
    const { page } = opened;
    await rowOf(page, 'ams1-tun-a').waitFor();
    await page.keyboard.press('j');
    await page.keyboard.press('Enter');
    await page.locator('.sum').waitFor();
    const first = await page.locator('main h1').innerText();
    await page.keyboard.press('j');
    await expect.poll(() => page.locator('main h1').innerText()).not.toBe(first);
    await page.keyboard.press('Escape');
    await rowOf(page, 'ams1-tun-a').waitFor();
    await done(opened);
  });

  it('lists the keys by age, with what falls due', async () => {
    const opened = await visit('#/psk');
    const { page } = opened;
    const rows = page.locator('main li');
    await rows.first().waitFor();
    const told = (await rows.allInnerTexts()).map((text) => text.replace(/\s*\n\s*/g, ' | '));
    expect(told[0]).toMatch(/^mxp1-tun-b \| Milan · Harbour Foods \| not reported \| generate one \| Rotate$/);
    expect(told[1]).toMatch(
      /^gru1-tun-b \| São Paulo · Harbour Foods Americas \| 431 d \| overdue by 251 d \| Rotate$/,
    );
    expect(await page.locator('.columns').getAttribute('aria-label')).toMatch(
      /No PSK reported: 1 tunnel; Overdue now: 2 tu/,
    );
    expect(await page.title()).toMatch(/· Pre-shared keys · Tunnelwatch$/);
    await shoot(page, 'psk', true);
    await axe(page);
    await done(opened);
  });

  it('says so when a tunnel of the address is not there', async () => {
    const opened = await visit('#/tunnel/023e105f4ecef8ad9ca31a8372d0c353/none');
    await opened.page.getByText('This tunnel is not on the board').waitFor();
    await shoot(opened.page, 'tunnel-gone');
    await done(opened);
  });

  it('complained about nothing all the while', () => {
    expect(board.complaints).toEqual([]);
  });
});
