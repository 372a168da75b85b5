/** The page in German over real hosts: no English in it that is not data, it fits, and the switch of language keeps the place. */
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { LANGUAGE_KEY } from '../../src/renderer/words/language.ts';
import { launch } from '../renderer/harness/chromium.ts';
import { type Opened, open, rowOf, SILLY, SMALL, shoot, WHY, WIDE } from './browser.ts';
import { type Cloudflare, cloudflare, demo, type Host, installation } from './host.ts';
import { english, texts, tooWide } from './reading.ts';
import { ONE_OF_EACH } from './world.ts';

const GERMAN = { locale: 'de-DE', timezoneId: 'Europe/Berlin', viewport: SMALL } as const;
const BUSY = /(Lädt|Liest|gelesen|geöffnet|gefragt|geholt|geladen|abgefragt) …/;

const VIEWS: Readonly<Record<string, string>> = {
  board: '#/board',
  psk: '#/psk',
  'psk-batches': '#/psk?part=batches',
  alerts: '#/alerts',
  silences: '#/alerts?show=silences',
  delivery: '#/alerts?show=delivery',
  rules: '#/alerts?show=rules',
  findings: '#/findings',
  'findings-tunnel': '#/findings?by=tunnel',
  'findings-unknown': '#/findings?show=unknown',
  changes: '#/changes',
  audit: '#/operations',
  create: '#/operations?do=create',
  bulk: '#/operations?do=bulk-update',
  rotation: '#/rotation',
  history: '#/history',
  heat: '#/history?part=heat',
  wall: '#/wall?name=NOC',
  'wall-sites': '#/wall?by=site',
};
const SECTIONS = ['accounts', 'keys', 'notifications', 'appearance', 'network', 'data', 'walls', 'advanced'];

describe.skipIf(WHY !== '')(`the page in German${WHY}`, () => {
  let browser: Browser;
  let practice: Host;
  let cf: Cloudflare;
  let host: Host;

  beforeAll(async () => {
    cf = await cloudflare(ONE_OF_EACH);
    [browser, practice, host] = await Promise.all([launch(), demo(2), installation(cf).serve()]);
  });
  afterAll(async () => {
    await browser?.close();
    await Promise.all([practice?.kill(), host?.kill()]);
    await cf?.close();
  });

  const said = async (page: Page): Promise<string> => (await texts(page)).join('\n');
  /** What is wrong with the German of this page, once it has come to rest. */
  async function faults(page: Page, name: string): Promise<readonly string[]> {
    await page.locator('main').first().waitFor();
    await expect.poll(() => said(page)).not.toMatch(BUSY);
    await shoot(page, `german-${name}`);
    await page.setViewportSize(SMALL);
    // Charts and columns follow their box one frame later.
    await page.waitForTimeout(120);
    const silly = (await said(page)).match(SILLY) ?? [];
    return [...(await english(page)), ...(await tooWide(page)), ...silly].map((fault) => `${name}: ${fault}`);
  }
  async function through(
    url: string,
    places: Readonly<Record<string, string>>,
  ): Promise<Opened & { faults: string[] }> {
    const opened = await open(browser, url, '', GERMAN);
    const found: string[] = [];
    for (const [name, hash] of Object.entries(places)) {
      // The wall and the desk are pages of their own.
      if (name.startsWith('wall')) await opened.page.goto('about:blank');
      await opened.page.goto(`${url}/${hash}`);
      await opened.page.locator('html[lang=de] main').first().waitFor();
      found.push(...(await faults(opened.page, name)));
    }
    return { ...opened, faults: found };
  }

  it('every view', async () => {
    const { page, complaints, faults: found } = await through(practice.url, VIEWS);
    expect(found).toEqual([]);
    expect(complaints).toEqual([]);
    await page.context().close();
  });

  it('tunnels in every state, and the help', async () => {
    // Wide, so that all of these are drawn.
    const board = await open(browser, practice.url, '', { ...GERMAN, viewport: WIDE });
    const places: Record<string, string> = {};
    for (const name of ['lax1-tun-b', 'arn1-tun-b', 'vie1-tun-b', 'ams1-tun-a', 'gru1-tun-a']) {
      places[name] = (await rowOf(board.page, name).getByRole('link').getAttribute('href')) ?? '';
    }
    await board.page.keyboard.press('?');
    await board.page.getByRole('dialog', { name: 'Tastatur' }).waitFor();
    expect(await faults(board.page, 'help')).toEqual([]);
    const { page, complaints, faults: found } = await through(practice.url, places);
    expect(found).toEqual([]);
    // Numbers and dates as Germans write them.
    expect(await said(page)).toMatch(/\d,\d+\s%|\b100\s%/);
    expect(complaints).toEqual([]);
    await page.context().close();
    await board.page.context().close();
  });

  it('what people do with an incident and a finding', async () => {
    const { page } = await open(browser, practice.url, '#/alerts', GERMAN);
    for (const [act, title] of [
      ['Quittieren', 'Quittieren'],
      ['Stummschalten', 'Stummschalten'],
    ] as const) {
      await page.locator('main').getByRole('button', { name: act }).first().click();
      await page.getByRole('dialog', { name: title }).waitFor();
      expect(await faults(page, `dialog-${title}`)).toEqual([]);
      await page.keyboard.press('Escape');
    }
    await page.goto(`${practice.url}/#/findings`);
    await page.getByRole('button', { name: 'Hinnehmen …' }).click();
    await page.getByRole('dialog', { name: 'Einen Befund hinnehmen' }).waitFor();
    expect(await faults(page, 'dialog-waive')).toEqual([]);
    await page.context().close();
  });

  it('the settings', async () => {
    const places = Object.fromEntries(SECTIONS.map((one) => [`settings-${one}`, `#/settings?section=${one}`]));
    const { page, complaints, faults: found } = await through(host.url, places);
    expect(found).toEqual([]);
    expect(complaints).toEqual([]);
    await page.context().close();
  });

  it('another language begins the page anew at the same place, and is kept', async () => {
    const { page } = await open(browser, host.url, '#/settings?section=appearance', GERMAN);
    await page.getByRole('radio', { name: 'English' }).click();
    await page.getByRole('heading', { name: 'Appearance' }).waitFor();
    expect(await page.locator('html').getAttribute('lang')).toBe('en');
    expect(new URL(page.url()).hash).toBe('#/settings?section=appearance');
    await page.getByRole('radio', { name: 'Deutsch' }).click();
    await page.getByRole('heading', { name: 'Darstellung' }).waitFor();
    expect(await page.evaluate((key) => localStorage.getItem(key), LANGUAGE_KEY)).toBe('de');
    await page.context().close();
  });

  it('what somebody chose comes before the language of their system', async () => {
    const { page } = await open(browser, practice.url, '#/psk', { locale: 'en-US' });
    expect(await page.locator('html').getAttribute('lang')).toBe('en');
    await page.evaluate((key) => localStorage.setItem(key, 'de'), LANGUAGE_KEY);
    await page.reload();
    await page.locator('html[lang=de] main').first().waitFor();
    await page
      .getByText(/fällig in \d+ d, \d{1,2}\. (Jan|Feb|März|Apr|Mai|Juni|Juli|Aug|Sept|Okt|Nov|Dez)/)
      .first()
      .waitFor();
    await page.context().close();
  });
});
