/** What changed, in a real browser: diffs, filters, links from timeline, log and incident, growing live. */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { AxeBuilder } from '@axe-core/playwright';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { DeltaMessage } from '../../src/shared/bridge.ts';
import type { HistoryEvent } from '../../src/shared/model.ts';
import { alertHost, badDay } from './harness/alerts.ts';
import { boardOf } from './harness/board.ts';
import { type Answer, CHROMIUM, launch, type StagedPage, stage } from './harness/chromium.ts';
import { changesOf, findingsHost, findingsOf } from './harness/findings.ts';
import { SHOTS, serveSite, type TestSite } from './harness/site.ts';
import { NOW } from './tunnel-fixture.ts';

const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];
const BOARD = boardOf(40, NOW);
const EVENTS = changesOf(BOARD.rows, NOW, 300);

describe.skipIf(CHROMIUM === null)('what changed, in Chromium (skipped without Chromium)', () => {
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

  async function show(
    events: readonly HistoryEvent[] = EVENTS,
    hash = '#/changes',
    options: BrowserContextOptions & { readonly answer?: Answer } = {},
  ): Promise<StagedPage> {
    const staged = await stage(browser, site.origin, {
      first: BOARD,
      hash,
      answer: findingsHost(findingsOf(BOARD.rows, 20, NOW), events, NOW),
      timezoneId: 'Europe/Paris',
      viewport: { width: 1280, height: 800 },
      ...options,
    });
    opened.push(staged);
    return staged;
  }
  const list = (page: Page) => page.getByRole('region', { name: 'Changes, newest first' });
  const shot = (page: Page, name: string): Promise<unknown> =>
    page.screenshot({ path: join(SHOTS, `changes-${name}.png`) });

  it('shows each change field by field, before and after, keys masked, and when it was known where', async () => {
    const { page, complaints } = await show();
    const first = list(page).getByRole('article').first();
    await first.waitFor();
    const cells = (name: RegExp): Promise<string[]> =>
      first.getByRole('row', { name }).locator('th, td').allInnerTexts();
    expect((await cells(/health-check type/)).slice(1)).toEqual(['reply', '→', 'request']);
    expect((await cells(/BGP MD5 key/)).slice(1)).toEqual(['•••', '→', '•••']);
    expect((await cells(/added: customer endpoint/)).slice(1)).toEqual(['not set', '→', '203.0.113.7']);
    expect((await cells(/removed: description/)).slice(1)).toEqual(['Primary, circuit 4000', '→', 'not set']);
    await first.getByText(/changed at Cloudflare at 13:41, seen here 1 min later/).waitFor();
    await list(page).getByText('No field that the API shows took another value.').waitFor();
    await list(page).getByText('old-branch-1').waitFor();
    await list(page).getByRole('heading', { name: 'Yesterday' }).waitFor();
    for (const [scheme, width, height] of [
      ['dark', 1920, 1080],
      ['dark', 1280, 800],
      ['light', 1280, 800],
      ['light', 1920, 1080],
    ] as const) {
      await page.emulateMedia({ colorScheme: scheme });
      await page.setViewportSize({ width, height });
      await shot(page, `${scheme}-${width}`);
      if (width === 1280)
        expect((await new AxeBuilder({ page }).withTags(TAGS).setLegacyMode().analyze()).violations).toEqual([]);
      expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0);
    }
    expect(complaints).toEqual([]);
  });

  it('filters by kind, field, account and text; looks further back for what fits; shows older on demand', async () => {
    const { page } = await show();
    const articles = list(page).getByRole('article');
    await articles.first().waitFor();
    await page.getByRole('combobox', { name: 'Kind of change' }).selectOption('psk-changed');
    await page.waitForURL(/kind=psk-changed/);
    await expect.poll(() => articles.count(), { timeout: 20_000 }).toBe(1);
    await page.getByRole('button', { name: 'Clear filters' }).click();
    await page.getByRole('combobox', { name: 'Field' }).selectOption('customerEndpoint');
    await expect.poll(() => articles.count(), { timeout: 20_000 }).toBe(1);
    await page.keyboard.press('Escape');
    await page.getByRole('searchbox').fill('nowhere');
    await page.getByText('No change matches the filters.').waitFor();
    await shot(page, 'no-match');
    await page.getByRole('button', { name: 'Clear filters' }).first().click();
    await articles.first().waitFor();
    const before = await articles.count();
    await page.getByRole('button', { name: 'Show older' }).click();
    await expect.poll(() => articles.count(), { timeout: 20_000 }).toBeGreaterThan(before);
  });

  it('goes to the change that a link names, however old, of its tunnel alone', async () => {
    const old = EVENTS.at(-7);
    if (old === undefined || old.key === null) throw new Error('no old change');
    const hash = `#/changes?${new URLSearchParams({ tunnel: old.key, at: String(old.at) })}`;
    const { page } = await show(EVENTS, hash);
    const here = list(page).locator('article[aria-current]');
    await here.waitFor();
    await expect.poll(() => here.evaluate((one) => one.getBoundingClientRect().bottom <= innerHeight)).toBe(true);
    const name = BOARD.rows.find(({ key }) => key === old.key)?.name ?? '';
    expect(new Set(await list(page).locator('article a').allInnerTexts())).toEqual(new Set([name]));
    await shot(page, 'linked');
    await page.getByRole('button', { name: `Only ${name}` }).click();
    await expect
      .poll(async () => new Set(await list(page).locator('article a').allInnerTexts()).size, { timeout: 20_000 })
      .toBeGreaterThan(1);
  });

  it('is where an incident leads to for the change before it', async () => {
    const day = badDay(BOARD);
    const { page } = await stage(browser, site.origin, {
      first: day.board,
      answer: alertHost(day),
      hash: '#/alerts/i-12',
    });
    const change = day.board.alerts.incidents.find(({ id }) => id === 'i-12')?.priorChange;
    const link = page.getByRole('link', { name: 'see the change' });
    await link.waitFor();
    expect(await link.getAttribute('href')).toBe(
      `#/changes?${new URLSearchParams({ tunnel: change?.key ?? '', at: String(change?.at) })}`,
    );
    await page.context().close();
  });

  it('takes in what the host announces, and only changes', async () => {
    const { page, say } = await show();
    await list(page).getByRole('article').first().waitFor();
    const [row] = BOARD.rows;
    if (row === undefined) throw new Error('no row');
    const event = (seq: number, kind: HistoryEvent['kind'], detail: HistoryEvent['detail']): HistoryEvent => ({
      seq,
      at: NOW + seq,
      kind,
      accountId: row.accountId,
      key: row.key,
      detail,
    });
    const delta: DeltaMessage = {
      type: 'delta',
      status: BOARD.status,
      rows: [],
      removed: [],
      changes: [],
      events: [
        event(20_000, 'config-changed', { fields: 'fqdnId', modifiedAt: NOW, fqdnId: 'not set -> a.1.example' }),
        event(20_001, 'bgp-detail', { tcpEstablished: true }),
      ],
      alerts: null,
    };
    await say(delta);
    await list(page).getByRole('article').first().getByText('a.1.example').waitFor();
  });

  it('has designed states: nothing yet, refused', async () => {
    const { page } = await show([]);
    await page.getByRole('heading', { name: 'No change on record yet.' }).waitFor();
    await shot(page, 'empty');
    const refused = await show([], '#/changes', {
      answer: () => ({ ok: false, error: { kind: 'failed', sentence: 'There is no history here.' } }),
    });
    await refused.page
      .getByRole('alert')
      .getByText(/could not be read\. There is no history here\./)
      .waitFor();
    await shot(refused.page, 'refused');
  });

  it('speaks German', async () => {
    const { page, complaints } = await show(EVENTS, '#/changes', { locale: 'de-DE' });
    await page
      .getByRole('rowheader', { name: /Art der Zustandsprüfung/ })
      .first()
      .waitFor();
    await page.getByText(/geändert bei Cloudflare um 13:41, hier 1 min später gesehen/).waitFor();
    expect(complaints).toEqual([]);
  });
});
