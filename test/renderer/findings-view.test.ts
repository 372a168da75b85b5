/** The findings in a real browser: by rule and by tunnel, filters, waivers, exports, the fix, ten thousand of them. */
import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { AxeBuilder } from '@axe-core/playwright';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { BoardMessage, DeltaMessage } from '../../src/shared/bridge.ts';
import type { FindingsView } from '../../src/shared/lint.ts';
import type { BoardRow } from '../../src/shared/model.ts';
import { boardOf } from './harness/board.ts';
import { CHROMIUM, launch, type StagedPage, stage } from './harness/chromium.ts';
import { type Asked, findingsHost, findingsOf } from './harness/findings.ts';
import { SHOTS, serveSite, type TestSite } from './harness/site.ts';
import { NOW } from './tunnel-fixture.ts';

const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];
const BOARD = boardOf(120, NOW);

/** The board with an error in the configuration of every ninth tunnel. */
function faulty(board: BoardMessage): BoardMessage {
  const rows = board.rows.map((row, place): BoardRow => {
    if (place % 9 !== 1) return row;
    return { ...row, lanes: { ...row.lanes, config: { value: 'error', since: NOW - 60_000, exact: true } } };
  });
  return { ...board, rows };
}

describe.skipIf(CHROMIUM === null)('the findings in Chromium (skipped without Chromium)', () => {
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
    view: FindingsView | null = findingsOf(BOARD.rows, 200, NOW),
    hash = '#/findings',
    asked: Asked = [],
    options: BrowserContextOptions = {},
  ): Promise<StagedPage> {
    const staged = await stage(browser, site.origin, {
      first: faulty(BOARD),
      hash,
      answer: findingsHost(view, [], NOW, asked),
      timezoneId: 'Europe/Paris',
      viewport: { width: 1280, height: 800 },
      ...options,
    });
    opened.push(staged);
    return staged;
  }
  const list = (page: Page) => page.getByRole('list', { name: 'Findings', exact: true });
  const pane = (page: Page) => page.getByRole('region', { name: 'The chosen finding' });
  const shot = (page: Page, name: string): Promise<unknown> =>
    page.screenshot({ path: join(SHOTS, `findings-${name}.png`) });

  it('puts the worst first, marks the value, and says why, what to do and where to read', async () => {
    const { page, complaints } = await show();
    await list(page).waitFor();
    const first = list(page).locator('li').first();
    expect(await first.innerText()).toContain('Health check disabled');
    expect(await first.innerText()).toContain('40 tunnels');
    expect(await list(page).locator('mark').first().innerText()).toBe('false');
    const text = await pane(page).innerText();
    expect(text).toContain('Without health checks Cloudflare notices no failure');
    expect(text).toContain('Switch the health check on.');
    const docs = pane(page).getByRole('link', { name: 'Read at developers.cloudflare.com' });
    expect(await docs.getAttribute('rel')).toBe('noopener noreferrer');
    expect(await docs.getAttribute('target')).toBe('_blank');
    const nav = page.getByRole('navigation', { name: 'Views' });
    await nav.getByRole('link', { name: /Findings.*14 tunnels have errors in the configuration/ }).waitFor();
    await page.getByText('Acme: GRE, interconnects and routes read 4 min ago.').waitFor();
    await page.getByText(/Globex Europe: GRE, .* not read yet; GRE tunnels: the token may not/).waitFor();
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
    expect(
      await page
        .locator('header')
        .first()
        .evaluate((header) => header.clientHeight),
    ).toBeLessThanOrEqual(49);
    expect(complaints).toEqual([]);
  });

  it('leads nowhere that is not documentation, and tells how tunnels were grouped', async () => {
    const { page } = await show(undefined, '#/findings?q=no-redundancy');
    await pane(page).getByText('customer endpoint 203.0.113.7').waitFor();
    await pane(page).getByText('https://evil.example/docs?x=1').waitFor();
    expect(await pane(page).getByRole('link', { name: /evil/ }).count()).toBe(0);
  });

  it('groups by tunnel, filters by severity, time and text, keeps that in the address, and gives way to Esc', async () => {
    const { page } = await show();
    await list(page).waitFor();
    await page.getByRole('button', { name: 'By tunnel' }).click();
    await page.waitForURL(/by=tunnel/);
    expect(await list(page).locator('li').first().innerText()).toContain('2 findings');
    await page.getByRole('button', { name: /Warnings$/ }).click();
    await page.waitForURL(/severity=warning/);
    const shown = page.getByText(/^\d+ of 198 findings$/);
    const warnings = await shown.innerText();
    await page.getByRole('combobox', { name: 'New since' }).selectOption('week');
    await page.waitForURL(/since=week/);
    await expect.poll(() => shown.innerText(), { timeout: 20_000 }).not.toBe(warnings);
    await page.keyboard.press('/');
    await page.getByRole('searchbox').fill('zzz');
    await page.getByText('No finding matches the filters.').waitFor();
    await shot(page, 'no-match');
    await page.keyboard.press('Escape');
    await list(page).waitFor();
    await page.keyboard.press('Escape');
    await page.getByText('198 findings', { exact: true }).waitFor();
  });

  it('shows the rest of a group on demand, and goes through the list by keys', async () => {
    const { page } = await show();
    await list(page).waitFor();
    await page.keyboard.press('j');
    const second = (await list(page).locator('.chosen').innerText()).split('\n')[0] ?? '';
    expect(second).not.toBe('fra-edge-1-a');
    await pane(page).getByRole('link', { name: second }).waitFor();
    await list(page)
      .getByRole('button', { name: /^Show 3\d more$/ })
      .first()
      .click();
    await page.keyboard.press('End');
    const rest = list(page)
      .getByRole('button', { name: /^Show \d+ more$/ })
      .last();
    await expect.poll(() => rest.evaluate((one) => one === document.activeElement), { timeout: 20_000 }).toBe(true);
    await page.keyboard.press('Enter');
    await page.keyboard.press('End');
    await page.waitForURL(/rule=ifaddr-prefer-31/);
  });

  it('keeps ten thousand fluid: only what is in sight is drawn', async () => {
    const rows = boardOf(2_000, NOW).rows;
    const { page } = await show(findingsOf(rows, 10_000, NOW));
    await list(page).waitFor();
    await list(page).getByRole('button', { name: 'Show 1,995 more' }).first().click();
    const drawn = await list(page).locator('li').count();
    expect(drawn).toBeLessThan(60);
    // The time of the page's own work, not of the machine's other work: one step of the list is far below a second.
    const worst = await page.evaluate(async () => {
      const scroller = document.querySelector('ul[aria-label="Findings"]')?.parentElement;
      if (!scroller) return Number.NaN;
      let most = 0;
      for (let top = 0; top < 60_000; top += 6_000) {
        const before = performance.now();
        scroller.scrollTop = top;
        scroller.dispatchEvent(new Event('scroll'));
        await new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)));
        most = Math.max(most, performance.now() - before);
      }
      return most;
    });
    expect(worst).toBeLessThan(1_000);
    await page.getByRole('searchbox').fill('fra-edge-1-a');
    await page.getByText(/of 9,998 findings/).waitFor();
    await shot(page, 'many');
  });

  it('waives with reason, owner and end; shows the waiver apart; takes it back', async () => {
    const asked: Asked = [];
    const { page, complaints } = await show(undefined, '#/findings', asked);
    await list(page).waitFor();
    await page.keyboard.press('w');
    const dialog = page.getByRole('dialog', { name: 'Waive a finding' });
    await dialog.getByRole('button', { name: 'Waive' }).click();
    await dialog.getByRole('alert').getByText('Say why it is all right.').waitFor();
    await dialog.getByLabel('Reason').fill('Please refuse');
    await dialog.getByLabel('Owner').fill('Jo');
    await dialog.getByLabel('Another day').check();
    await dialog.locator('input[type=date]').fill('2020-01-01');
    await dialog.getByRole('button', { name: 'Waive' }).click();
    await dialog.getByText('Choose a day that is still to come, two years ahead at most.').waitFor();
    await dialog.getByLabel('30 days').check();
    await dialog.getByRole('button', { name: 'Waive' }).click();
    await dialog.getByText('There is no such finding any more.').waitFor();
    await shot(page, 'waive');
    expect((await new AxeBuilder({ page }).withTags(TAGS).setLegacyMode().analyze()).violations).toEqual([]);
    await dialog.getByLabel('Reason').fill('Lab, change 4711');
    await dialog.getByRole('button', { name: 'Waive' }).click();
    await dialog.waitFor({ state: 'detached' });
    await page.getByText('197 findings', { exact: true }).waitFor();
    const call = asked.filter(({ name }) => name === 'waive').at(-1);
    expect(call?.args).toMatchObject({ rule: 'hc-disabled', by: 'Jo', reason: 'Lab, change 4711' });
    // The dialog counts from the page's now, which beats on while the test types.
    expect(Math.abs(Number(call?.args.until) - (NOW + 30 * 86_400_000))).toBeLessThan(10 * 60_000);

    await page
      .getByRole('navigation', { name: 'Which findings' })
      .getByRole('link', { name: /Waived/ })
      .click();
    await list(page).getByText('fra-edge-1-a').click();
    await pane(page).getByText('Lab, change 4711').waitFor();
    await pane(page)
      .getByText(/until .*, 30 days left/)
      .waitFor();
    await shot(page, 'waived');
    await pane(page).getByRole('button', { name: 'Take back' }).click();
    await page.getByText('2 findings', { exact: true }).waitFor();
    expect(asked.filter(({ name }) => name === 'unwaive').at(-1)?.args).toMatchObject({
      rule: 'hc-disabled',
      by: 'Jo',
    });
    expect(complaints).toEqual([]);
  });

  it('marks waivers that expired, and lists what no rule could judge', async () => {
    const { page } = await show(undefined, '#/findings?by=tunnel&q=hc-disabled');
    await list(page).waitFor();
    const view = findingsOf(BOARD.rows, 200, NOW);
    const over = view.findings.find(({ waiver }) => waiver !== null && waiver.until < NOW);
    await page.getByRole('searchbox').fill(`${over?.name} ${over?.rule}`);
    await list(page).getByText('waiver expired').waitFor();
    await pane(page)
      .getByText(/The waiver of Ana Kovač expired on 18 Oct 2026/)
      .waitFor();
    await page.getByRole('link', { name: /Not evaluated/ }).click();
    await page.getByRole('cell', { name: 'health_check.type was not reported.' }).waitFor();
    await page.getByRole('cell', { name: /The GRE tunnels could not be read/ }).waitFor();
    expect((await new AxeBuilder({ page }).withTags(TAGS).setLegacyMode().analyze()).violations).toEqual([]);
    await shot(page, 'not-evaluated');
  });

  it('saves what is listed as CSV and JSON', async () => {
    const { page } = await show(undefined, '#/findings?severity=error');
    await list(page).waitFor();
    const saved = async (name: string): Promise<string> => {
      const [download] = await Promise.all([
        page.waitForEvent('download'),
        page.getByRole('button', { name, exact: true }).click(),
      ]);
      expect(download.suggestedFilename()).toBe(`findings-2026-10-20.${name.toLowerCase()}`);
      return readFileSync(await download.path(), 'utf8');
    };
    const table = (await saved('CSV')).trimEnd().split('\r\n');
    expect(table).toHaveLength(81);
    expect(table[1]).toMatch(/^hc-disabled,error,Acme,/);
    expect(JSON.parse(await saved('JSON')).findings).toHaveLength(80);
  });

  it('leads to the form that mends it, with the change and no secret in the address', async () => {
    const { page } = await show(undefined, '#/findings?q=hc-type-reply');
    await list(page).waitFor();
    const fix = await pane(page).getByRole('link', { name: 'Fix …' }).getAttribute('href');
    const query = new URLSearchParams(fix?.split('?')[1]);
    expect(fix).toMatch(/^#\/operations\?/);
    expect(JSON.parse(query.get('change') ?? 'null')).toEqual({ healthCheck: { type: 'request' } });
    expect(query.get('key')).toMatch(/^[0-9a-f]{32}\//);
  });

  it('says what is new since the last visit', async () => {
    const { page } = await show();
    await list(page).waitFor();
    expect(await list(page).getByText('new', { exact: true }).count()).toBe(0);
    await page.evaluate((last) => localStorage.setItem('tunnelwatch.findings', `,${last}`), NOW - 2 * 86_400_000);
    await page.reload();
    await list(page).getByText('new', { exact: true }).first().waitFor();
    const since = page.getByRole('combobox', { name: 'New since' });
    expect(await since.innerText()).toContain('New since my last visit, Sun 14:00');
    await since.selectOption('visit');
    await page.waitForURL(/since=visit/);
    await page.getByText(/^\d+ of 198 findings$/).waitFor();
    await shot(page, 'new');
  });

  it('asks again when the configuration lane of a tunnel changed, and not for other news', async () => {
    const asked: Asked = [];
    const { page, say } = await show(undefined, '#/findings', asked);
    await list(page).waitFor();
    const count = (): number => asked.filter(({ name }) => name === 'findings').length;
    const before = count();
    const delta = (rows: readonly BoardRow[]): DeltaMessage => ({
      type: 'delta',
      status: BOARD.status,
      rows,
      removed: [],
      changes: [],
      events: [],
      alerts: null,
    });
    const [first] = faulty(BOARD).rows;
    if (first === undefined) throw new Error('no row');
    await say(delta([{ ...first, recovering: true }]));
    await say(delta([{ ...first, lanes: { ...first.lanes, config: { value: 'warning', since: NOW, exact: true } } }]));
    await expect.poll(count, { timeout: 20_000 }).toBe(before + 1);
  });

  it('has designed states: reading, refused, nothing to mend', async () => {
    const refused = await show(null);
    await refused.page
      .getByRole('alert')
      .getByText(/could not be read\. The engine is starting\./)
      .waitFor();
    await refused.page.getByRole('button', { name: 'Try again' }).waitFor();
    await shot(refused.page, 'refused');
    const view = findingsOf(BOARD.rows, 200, NOW);
    const { page, complaints } = await show({ ...view, findings: [] });
    await page.getByRole('heading', { name: 'Nothing to mend.' }).waitFor();
    await page.getByText(/2 rules could not judge some tunnels/).waitFor();
    expect(await page.getByRole('button', { name: 'CSV' }).isDisabled()).toBe(true);
    await shot(page, 'calm');
    await page.getByRole('link', { name: /Waived/ }).click();
    await page.getByRole('heading', { name: 'Nothing is waived.' }).waitFor();
    expect(complaints).toEqual([]);
  });

  it('speaks German, rules included', async () => {
    const { page, complaints } = await show(undefined, '#/findings', [], { locale: 'de-DE' });
    await page.getByRole('list', { name: 'Befunde', exact: true }).waitFor();
    await page.getByRole('heading', { name: 'Zustandsprüfung abgeschaltet' }).first().waitFor();
    await page.getByText('Die Zustandsprüfung einschalten.').waitFor();
    expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0);
    await shot(page, 'german');
    expect(complaints).toEqual([]);
  });
});
