/** The settings in a real browser: every part, by keyboard, with a desk that checks as the real one does. */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { AxeBuilder } from '@axe-core/playwright';
import type { Browser, Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ACME, boardOf } from './harness/board.ts';
import { CHROMIUM, launch, type StagedPage, stage } from './harness/chromium.ts';
import { type Desk, deskOf, settingsHost, TOKENS } from './harness/settings.ts';
import { SHOTS, serveSite, type TestSite } from './harness/site.ts';

const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];
const RAW = /undefined|null|NaN|\[object/;
const SECTIONS = ['accounts', 'keys', 'notifications', 'appearance', 'network', 'data', 'desktop', 'advanced'];

describe.skipIf(CHROMIUM === null)('the settings in Chromium (skipped without Chromium)', () => {
  let browser: Browser;
  let site: TestSite;
  const now = Date.now();
  const board = boardOf(60, now);

  beforeAll(async () => {
    mkdirSync(SHOTS, { recursive: true });
    [browser, site] = await Promise.all([launch(), serveSite()]);
  });
  afterAll(async () => {
    await browser?.close();
    await site?.close();
  });

  async function show(
    desk: Desk = deskOf(),
    section = 'accounts',
    options: Partial<Parameters<typeof stage>[2]> = {},
  ): Promise<StagedPage> {
    const staged = await stage(browser, site.origin, {
      first: board,
      hash: `#/settings?section=${section}`,
      answer: settingsHost(desk),
      ...options,
    });
    await staged.page.getByRole('navigation', { name: 'Parts of the settings' }).waitFor();
    return staged;
  }
  async function done({ page, complaints }: StagedPage): Promise<void> {
    expect(complaints).toEqual([]);
    await page.context().close();
  }
  async function axe(page: Page): Promise<void> {
    const found = await new AxeBuilder({ page }).withTags(TAGS).setLegacyMode().analyze();
    expect(found.violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)).toEqual([]);
  }
  const field = (page: Page, name: string): Locator => page.getByLabel(name, { exact: true });
  /** Presses Tab until something has the focus. */
  async function tabTo(page: Page, target: Locator): Promise<void> {
    for (let presses = 0; presses < 120; presses++) {
      await page.keyboard.press('Tab');
      if (await target.evaluate((node) => node === document.activeElement)) return;
    }
    throw new Error('the keyboard does not reach it');
  }

  it.each(SECTIONS.flatMap((section) => (['dark', 'light'] as const).map((scheme) => [section, scheme] as const)))(
    'passes axe and is photographed: %s, %s',
    async (section, colorScheme) => {
      const staged = await show(deskOf(), section, { colorScheme });
      const { page } = staged;
      await page.locator('.sheet .card').first().waitFor();
      for (const [width, height] of [
        [1920, 1080],
        [1280, 800],
      ] as const) {
        await page.setViewportSize({ width, height });
        await page.screenshot({ path: join(SHOTS, `settings-${section}-${colorScheme}-${width}.png`) });
        expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0);
      }
      await axe(page);
      expect(await page.locator('main').innerText()).not.toMatch(RAW);
      await done(staged);
    },
  );

  it('adds an account by keyboard: a bad token, a missing permission, one that writes, a good one', async () => {
    const desk = deskOf();
    const staged = await show(desk);
    const { page } = staged;
    await page.getByRole('button', { name: 'Add an account' }).waitFor();
    await tabTo(page, page.getByRole('button', { name: 'Add an account' }));
    await page.keyboard.press('Enter');
    const form = page.getByRole('form', { name: 'Add an account' });
    await tabTo(page, form.getByLabel('Name', { exact: true }));
    await page.keyboard.type('Initech');
    await page.keyboard.press('Tab');
    await page.keyboard.type('not an id');
    await form.getByText('The 32 digits and letters a to f of the account id.').waitFor();
    await page.keyboard.press('Control+A');
    await page.keyboard.type('c'.repeat(32));
    expect(await form.getByText('The 32 digits').count()).toBe(0);
    await page.keyboard.press('Tab');
    const token = form.getByLabel('API token', { exact: true });
    expect(await token.getAttribute('type')).toBe('password');
    expect(await token.getAttribute('autocomplete')).toBe('off');

    const test = async (secret: string): Promise<string> => {
      await token.focus();
      await page.keyboard.press('Control+A');
      await page.keyboard.type(secret);
      await tabTo(page, form.getByRole('button', { name: 'Test' }));
      await page.keyboard.press('Enter');
      const verdict = form.getByRole('region', { name: 'What the token is good for' });
      await verdict.waitFor();
      return verdict.innerText();
    };
    const bad = await test('no-such-token');
    expect(bad).toContain('This token does not work here.');
    expect(bad).toContain('Needed: Magic WAN Read or Magic Transit Read');
    expect(bad).toContain('Cloudflare does not know this token.');
    expect(await test(TOKENS.blind)).toContain('Needed: Account Analytics Read');
    expect(await test(TOKENS.writes)).toContain('It can change tunnels: a read-only token is safer');
    const good = await test(TOKENS.good);
    for (const words of [
      'it lists 14 tunnels',
      'it reads their results (Account Analytics Read)',
      'It can read only',
    ]) {
      expect(good).toContain(words);
    }
    await axe(page);
    await page.screenshot({ path: join(SHOTS, 'settings-add-tested.png') });
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await page.getByText('Initech is watched, 14 tunnels.').waitFor();
    await page.getByRole('region', { name: 'Initech' }).waitFor();
    const added = desk.asked.find(({ name }) => name === 'addAccount')?.args;
    expect(added).toEqual({ name: 'Initech', id: 'c'.repeat(32), token: TOKENS.good, keep: 'keychain', apiBase: null });
    // The token is nowhere on the page any more.
    expect(await page.content()).not.toContain(TOKENS.good);
    const held = await page.evaluate(() => [...document.querySelectorAll('input')].map(({ value }) => value));
    expect(held).not.toContain(TOKENS.good);
    await done(staged);
  });

  it('offers this session where the keychain is locked, and says why', async () => {
    const locked = 'The Secret Service is locked: unlock it and try again.';
    const desk = deskOf({ document: {}, locked });
    const staged = await show(desk);
    const { page } = staged;
    await page.getByText(locked).waitFor();
    expect(await page.getByLabel('In the Secret Service').isDisabled()).toBe(true);
    expect(await page.getByLabel('For this session only').isChecked()).toBe(true);
    await field(page, 'Name').fill('Initech');
    await field(page, 'Account id').fill('C'.repeat(32));
    await field(page, 'API token').fill(TOKENS.good);
    await page.keyboard.press('Enter');
    await page.getByText('Initech is watched').waitFor();
    expect(desk.asked.find(({ name }) => name === 'addAccount')?.args.keep).toBe('session');
    await done(staged);
  });

  it('shows the first run in three ways where settings can be changed, and as before where not', async () => {
    const empty = { ...boardOf(0, now), rows: [], status: { ...board.status, accounts: [] } };
    for (const colorScheme of ['dark', 'light'] as const) {
      const staged = await stage(browser, site.origin, {
        first: empty,
        colorScheme,
        answer: settingsHost(deskOf({ document: {} })),
      });
      const { page } = staged;
      for (const name of ['Watch an account', 'Look around first', 'On a server']) {
        await page.getByRole('heading', { name }).waitFor();
      }
      for (const [width, height] of [
        [1920, 1080],
        [1280, 800],
      ] as const) {
        await page.setViewportSize({ width, height });
        await page.screenshot({ path: join(SHOTS, `first-run-three-${colorScheme}-${width}.png`) });
      }
      await axe(page);
      await done(staged);
    }
    const staged = await stage(browser, site.origin, {
      first: empty,
      answer: settingsHost(deskOf({ document: {}, editable: false })),
    });
    await staged.page.getByRole('heading', { name: '1. Make a read-only API token' }).waitFor();
    expect(await staged.page.getByLabel('API token').count()).toBe(0);
    await done(staged);
  });

  it('says what is wrong while typing, saves when asked to, and writes only what was changed', async () => {
    const desk = deskOf();
    const staged = await show(desk, 'keys');
    const { page } = staged;
    const due = field(page, 'Due from');
    expect(await due.inputValue()).toBe('200d');
    expect(await page.getByRole('button', { name: 'Save' }).isDisabled()).toBe(true);
    await due.fill('80d');
    await page.getByText('Longer than the age before it.').waitFor();
    await page.keyboard.press('Enter');
    await page.getByText('Mend what is marked first.').waitFor();
    expect(desk.asked.some(({ name }) => name === 'saveSettings')).toBe(false);
    await due.fill('half a year');
    await page.getByText('A time such as 30s, 5m, 2h or 90d, from 1d to 3650d.').waitFor();
    await due.fill('150d');
    // Somebody else changes another setting meanwhile.
    desk.document = { ...desk.document, retention: { changes: '30d' } };
    await page.keyboard.press('Enter');
    await page.getByText('Saved.').waitFor();
    expect(desk.document).toMatchObject({ psk: { due: '150d' }, retention: { changes: '30d' } });
    await due.fill('');
    await page.keyboard.press('Enter');
    await expect.poll(() => desk.document.psk).toEqual({});
    await done(staged);
  });

  it('keeps what was typed when saving fails, beside the field that the host means', async () => {
    const desk = deskOf({ full: 'The disk is full.' });
    const staged = await show(desk, 'network');
    const { page } = staged;
    expect(await field(page, 'Proxy').inputValue()).toBe('<kept back: http://proxy.example:3128>');
    await field(page, 'Proxy').fill('ftp://proxy');
    await page.getByText('The address of a proxy, such as').waitFor();
    await field(page, 'Proxy').fill('http://other.example:3128');
    await page.keyboard.press('Enter');
    await page.getByText('The disk is full.').waitFor();
    expect(await field(page, 'Proxy').inputValue()).toBe('http://other.example:3128');
    desk.full = null;
    // Only the host knows this one: a name of 5,000 letters.
    await field(page, 'Further certificate authorities').fill('x'.repeat(5000));
    await page.keyboard.press('Enter');
    const wrong = page.locator('input[aria-invalid="true"]');
    await wrong.waitFor();
    expect(await wrong.evaluate((node) => node === document.activeElement)).toBe(true);
    expect(await page.locator('.problem').innerText()).toContain('PEM file');
    await field(page, 'Further certificate authorities').fill('/etc/ssl/corp.pem');
    await page.keyboard.press('Enter');
    await page.getByText('Saved.').waitFor();
    expect(desk.document.network).toEqual({ proxy: 'http://other.example:3128', caFile: '/etc/ssl/corp.pem' });
    await done(staged);
  });

  it('warns before leaving with unsaved changes, and keeps them while looking at another part', async () => {
    const staged = await show(deskOf(), 'keys');
    const { page } = staged;
    await field(page, 'Due from').fill('150d');
    await page.getByRole('link', { name: 'Network' }).click();
    await page.getByRole('heading', { name: 'Network' }).waitFor();
    await page.getByRole('link', { name: /Keys\s+not saved/ }).click();
    expect(await field(page, 'Due from').inputValue()).toBe('150d');
    await page.getByRole('heading', { name: 'Keys' }).click();
    await page.keyboard.press('g');
    await page.keyboard.press('b');
    const dialog = page.getByRole('dialog', { name: 'Leave without saving?' });
    await dialog.waitFor();
    expect(await dialog.innerText()).toContain('Not saved yet: Keys.');
    await axe(page);
    await dialog.getByRole('button', { name: 'Stay' }).click();
    expect(page.url()).toContain('section=keys');
    expect(await field(page, 'Due from').inputValue()).toBe('150d');
    await page.getByRole('link', { name: 'Board', exact: true }).click();
    await dialog.getByRole('button', { name: 'Leave, discard changes' }).click();
    await page.locator('tbody tr').first().waitFor();
    await page.keyboard.press('g');
    await page.keyboard.press('s');
    await page.getByRole('navigation', { name: 'Parts of the settings' }).waitFor();
    await done(staged);
  });

  it('tests, replaces and removes: the removal is confirmed by name', async () => {
    const desk = deskOf();
    const staged = await show(desk);
    const { page } = staged;
    const acme = page.getByRole('region', { name: 'Acme' });
    await acme.getByRole('button', { name: 'Test the token of Acme' }).click();
    await acme.getByText('This token works.').waitFor();
    expect(desk.asked.find(({ name }) => name === 'checkAccount')?.args).toEqual({
      id: ACME,
      token: null,
      apiBase: null,
    });
    const globex = page.getByRole('region', { name: 'Globex Europe' });
    expect(await globex.innerText()).toContain('The environment variable GLOBEX_TOKEN is not set.');
    await globex.getByRole('button', { name: 'Replace the token of Globex Europe' }).click();
    await globex.getByLabel('New token').fill(TOKENS.good);
    await axe(page);
    await page.keyboard.press('Enter');
    await page.getByText('Globex Europe has another token.').waitFor();
    expect(await page.content()).not.toContain(TOKENS.good);
    await acme.getByRole('button', { name: 'Remove Acme' }).click();
    const dialog = page.getByRole('dialog', { name: 'Remove Acme?' });
    expect(await dialog.innerText()).toContain('Its history stays.');
    await dialog.getByRole('button', { name: 'Remove Acme' }).click();
    await page.getByText('Acme is no longer watched.').waitFor();
    expect(await acme.count()).toBe(0);
    await done(staged);
  });

  it('edits all settings as text, and leads to the line that is wrong', async () => {
    const desk = deskOf();
    const staged = await show(desk, 'advanced');
    const { page } = staged;
    const area = page.getByRole('textbox', { name: 'All settings' });
    await expect.poll(() => area.inputValue()).toContain('name: Acme');
    const text = await area.inputValue();
    await area.fill(text.replace('interval: 30s', 'interval: 30 parsecs'));
    await page.getByRole('button', { name: 'Save' }).click();
    const line = text.split('\n').findIndex((one) => one.includes('interval: 30s')) + 1;
    await page.getByRole('button', { name: `Line ${line}` }).waitFor();
    expect(await page.locator('.troubles').innerText()).toContain('accounts[0].interval');
    await axe(page);
    await page.screenshot({ path: join(SHOTS, 'settings-advanced-wrong.png') });
    await page.getByRole('button', { name: `Line ${line}` }).click();
    await page.keyboard.type('    interval: 60s');
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText('Saved.').waitFor();
    expect(JSON.stringify(desk.document)).toContain('"interval":"60s"');
    await page.getByRole('button', { name: 'Show diagnostics' }).click();
    await expect.poll(() => page.getByLabel('Diagnostics').inputValue()).toContain('Acme: seeing');
    await done(staged);
  });

  it('takes settings along as text and reads them in', async () => {
    const desk = deskOf();
    const staged = await show(desk, 'data', { acceptDownloads: true });
    const { page } = staged;
    await page.getByRole('button', { name: 'Show as text' }).click();
    await expect.poll(() => page.getByLabel('The settings as text').inputValue()).toContain('name: Acme');
    const coming = page.waitForEvent('download');
    await page.getByRole('button', { name: 'Download' }).click();
    expect((await coming).suggestedFilename()).toBe('tunnelwatch.yaml');
    const chooser = page.locator('input[type=file]');
    await chooser.setInputFiles({ name: 'a.yaml', mimeType: 'text/yaml', buffer: Buffer.from('psk: { aging: 1y }\n') });
    await page.getByRole('button', { name: 'Replace all settings' }).click();
    await page.getByRole('button', { name: 'Line 1' }).waitFor();
    await page.getByLabel('Settings to read in').fill('psk: { aging: 30d }\n');
    await page.getByRole('button', { name: 'Replace all settings' }).click();
    await page.getByText('Read in.').waitFor();
    expect(desk.document).toEqual({ psk: { aging: '30d' } });
    await done(staged);
  });

  it('says what this system cannot do, and saves how the desktop behaves', async () => {
    const desk = deskOf();
    const staged = await show(desk, 'desktop');
    const { page } = staged;
    await page.getByLabel('Start at login').check();
    await page.getByLabel('Do not look for them').check();
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText('Saved.').waitFor();
    expect(desk.asked.find(({ name }) => name === 'setDesktop')?.args).toEqual({
      preferences: { startAtLogin: true, updates: 'off' },
    });
    await page.getByRole('link', { name: 'Notifications' }).click();
    await page.getByText('takes no volume').waitFor();
    await page.getByRole('button', { name: 'Add quiet hours' }).click();
    await page.getByRole('group', { name: 'Quiet hours 2' }).getByLabel('From').fill('25:00');
    await page.getByText('Times such as 22:30.').waitFor();
    await page.getByRole('group', { name: 'Quiet hours 2' }).getByLabel('From').fill('23:00');
    await page.getByRole('form', { name: 'Quiet hours' }).getByRole('button', { name: 'Save' }).click();
    await page.getByText('Saved.').waitFor();
    expect(desk.document.alerts).toMatchObject({
      quietHours: [
        { days: ['sat', 'sun'], from: '22:00', to: '07:00' },
        { from: '23:00', to: '07:00' },
      ],
      zone: 'Europe/Amsterdam',
    });
    await page.getByLabel('Resolved', { exact: true }).uncheck();
    await page.reload();
    await page.getByLabel('Resolved', { exact: true }).waitFor();
    expect(await page.getByLabel('Resolved', { exact: true }).isChecked()).toBe(false);
    await done(staged);
    const browserOnly = await show(deskOf({ desktop: null }), 'desktop');
    expect(await browserOnly.page.getByRole('link', { name: 'Desktop' }).count()).toBe(0);
    await done(browserOnly);
  });
});
