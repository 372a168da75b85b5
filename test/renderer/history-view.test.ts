/** The history in a real browser: 1,000 tunnels, every state of the page, keys, files, and the report as PDF. */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { AxeBuilder } from '@axe-core/playwright';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { AccountStatus } from '../../src/shared/model.ts';
import { boardOf } from './harness/board.ts';
import { type Answer, CHROMIUM, launch, type StagedPage, stage } from './harness/chromium.ts';
import { availabilityOf, historyHost } from './harness/history.ts';
import { SHOTS, serveSite, type TestSite } from './harness/site.ts';
import { NOW } from './tunnel-fixture.ts';

const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];
const DAY = 86_400_000;
const BOARD = boardOf(1_000, NOW);
const BEGINS = NOW - 3 * DAY;
/** Debian's poppler-utils draw a PDF as somebody sees it. */
const POPPLER = existsSync('/usr/bin/pdftoppm');

describe.skipIf(CHROMIUM === null)('the history in Chromium (skipped without Chromium)', () => {
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

  async function show(search: string, answer: Answer = historyHost(1_000, BEGINS), first = BOARD): Promise<StagedPage> {
    const staged = await stage(browser, site.origin, {
      first,
      hash: `#/history${search}`,
      answer,
      timezoneId: 'Europe/Paris',
      viewport: { width: 1280, height: 800 },
    });
    opened.push(staged);
    return staged;
  }
  const table = (page: Page, name: RegExp | string = /^Availability of tunnels/) => page.getByRole('region', { name });
  const body = (page: Page): Promise<string> => page.locator('main').innerText();

  it('shows what the host said of 1,000 tunnels, draws few rows, sorts, and finds', async () => {
    const { page, complaints } = await show('?range=7d');
    await table(page).waitFor();
    const first = availabilityOf(1, NOW - 7 * DAY, NOW)[0];
    const line = await table(page).locator('tbody tr').first().innerText();
    // 7 days less 2 h unobserved; 14 × 37 min of it down: the host's share, to two digits.
    expect(line).toContain(`${Math.round((first?.share ?? 0) * 10_000) / 100}%`);
    expect(line).toContain('8 h 38 min');
    expect(line).toContain('14.4×');
    expect(await table(page).locator('tbody tr').count()).toBeLessThan(40);
    const text = await body(page);
    expect(text).toContain('1,000 rows');
    expect(text).toContain('1 spends its budget too fast');
    expect(text).toMatch(/The record begins .*; what was before counts as not observed\./);
    expect(text).toMatch(/98\.81% of the time was observed; \d+ d of tunnel time was not/);
    await table(page).getByRole('button', { name: 'Tunnel', exact: true }).click();
    await page.waitForURL(/sort=name/);
    expect(await table(page).getByRole('columnheader', { name: 'Tunnel' }).getAttribute('aria-sort')).toBe('ascending');
    await page.keyboard.press('/');
    await page.keyboard.type('fra-edge-1-a');
    await page.getByText('1 of 1,000 rows').waitFor();
    await page.keyboard.type(' zzz');
    await page.getByText('Nothing matches the search.').waitFor();
    expect((await new AxeBuilder({ page }).withTags(TAGS).setLegacyMode().analyze()).violations).toEqual([]);
    expect(complaints).toEqual([]);
  });

  it('goes over the heat map by keys, says each cell, and is a table as well', async () => {
    const { page, complaints } = await show('?part=heat');
    const map = page.getByRole('application', { name: /^Heat map of 1,000 tunnels by hour/ });
    await map.focus();
    await page.keyboard.press('ArrowDown');
    await expect.poll(() => page.locator('#heat-told').innerText()).toContain('not observed');
    await page.keyboard.press('End');
    await expect.poll(() => page.locator('#heat-told').innerText()).toMatch(/% healthy.*UTC/s);
    for (const colorScheme of ['dark', 'light'] as const) {
      await page.emulateMedia({ colorScheme });
      expect((await new AxeBuilder({ page }).withTags(TAGS).setLegacyMode().analyze()).violations).toEqual([]);
      await page.screenshot({ path: join(SHOTS, `history-heat-${colorScheme}.png`) });
    }
    await page.getByRole('button', { name: 'By day' }).click();
    await page.getByRole('button', { name: 'As table' }).click();
    await table(page, /^Health of tunnels/)
      .getByRole('columnheader')
      .nth(7)
      .waitFor();
    expect(complaints).toEqual([]);
  });

  it('is calm without history, says what failed, and waits in words', async () => {
    const bare = await show('', historyHost(0, null), boardOf(0, NOW, {}));
    await bare.page.getByText('No history yet.').waitFor();
    const failing = await show('', (name, args) =>
      name === 'availabilityReport'
        ? { ok: false, error: { kind: 'failed', sentence: 'The history is being repaired.' } }
        : historyHost(5, BEGINS)(name, args),
    );
    await failing.page.getByText('The history could not be read. The history is being repaired.').waitFor();
    const waiting = await show('', (name, args) =>
      name === 'availabilityReport' ? new Promise(() => {}) : historyHost(5, BEGINS)(name, args),
    );
    await waiting.page.getByText('Reading the history …').waitFor();
    const [account, ...others] = BOARD.status.accounts;
    const accounts = [{ ...account, phase: 'blind' } as AccountStatus, ...others];
    const blind = await show('?part=incidents', historyHost(5, BEGINS), {
      ...BOARD,
      status: { ...BOARD.status, accounts },
    });
    await blind.page.getByText('No incident.').waitFor();
    await blind.page.getByText('Acme cannot be seen at the moment; that time counts as not observed.').waitFor();
  });

  it('saves the rows on show as CSV and JSON', async () => {
    const { page } = await show('?q=fra-edge-1-a');
    await page.getByText('1 of 1,000 rows').waitFor();
    const download = async (name: string): Promise<string> => {
      const [file] = await Promise.all([
        page.waitForEvent('download'),
        page.getByRole('button', { name, exact: true }).click(),
      ]);
      return readFileSync(await file.path(), 'utf8');
    };
    const lines = (await download('CSV')).trim().split('\r\n');
    expect(lines.length).toBe(2);
    expect(lines[1]).toContain('fra-edge-1-a');
    expect(JSON.parse(await download('JSON'))).toMatchObject({ report: 'availability', rows: [{ down_s: 31_080 }] });
  });

  it('tells what happened meanwhile, and stays silent once it was read', async () => {
    const asked: { name: string; args: unknown }[] = [];
    const { page } = await show('', historyHost(5, BEGINS, asked));
    await page.evaluate((kept) => localStorage.setItem('tunnelwatch.away', kept), `${NOW - DAY},,`);
    await page.goto(`${site.origin}/#/board`);
    await page.reload();
    const strip = page.getByRole('region', { name: 'Since you were away' });
    await strip.getByText('1 change of configuration.').waitFor();
    await page.screenshot({ path: join(SHOTS, 'history-away.png') });
    expect(asked.findLast(({ name }) => name === 'shiftReport')?.args).toMatchObject({ from: NOW - DAY });
    await page.reload();
    await strip.waitFor();
    await strip.getByRole('link', { name: 'Read it' }).click();
    await page.getByText('Acme', { exact: true }).first().waitFor();
    await page.goto(`${site.origin}/#/board`);
    await page.getByRole('grid').waitFor();
    expect(await strip.count()).toBe(0);
  });

  it.skipIf(!POPPLER)('prints on white A4 with page numbers (skipped without poppler-utils)', async () => {
    const { page } = await show('?range=7d&report=1', historyHost(120, BEGINS));
    await page.getByRole('heading', { name: 'History: Availability' }).waitFor();
    const pdf = join(SHOTS, 'history-report.pdf');
    await page.pdf({ path: pdf, preferCSSPageSize: true });
    const info = execFileSync('pdfinfo', [pdf], { encoding: 'utf8' });
    const pages = Number(/Pages:\s+(\d+)/.exec(info)?.[1]);
    expect(info).toMatch(/Page size:.*A4/);
    expect(pages).toBeGreaterThan(1);
    const text = execFileSync('pdftotext', ['-layout', pdf, '-'], { encoding: 'utf8' });
    expect(text).toContain('8 h 38 min');
    expect(text).toContain('14.4×');
    expect(text).toMatch(new RegExp(`\\b1 ?/ ?${pages}\\b`));
    expect(text).toMatch(new RegExp(`\\b${pages} ?/ ?${pages}\\b`));
    // The head of the table stands on each page, and nothing of the page around it.
    expect(text.match(/Objective/g)?.length).toBe(pages);
    expect(text).not.toContain('Print / save as PDF');
    execFileSync('pdftoppm', ['-r', '50', '-png', pdf, join(SHOTS, 'history-report')]);
    execFileSync('pdftoppm', [
      '-r',
      '20',
      '-f',
      '1',
      '-l',
      '1',
      '-singlefile',
      '-gray',
      pdf,
      join(SHOTS, 'history-grey'),
    ]);
    // A binary PGM: three lines of head, then a byte for each pixel. Most of it is white paper, however dense the text.
    const grey = readFileSync(join(SHOTS, 'history-grey.pgm'));
    const pixels = grey.subarray(grey.length - Math.floor(statSync(join(SHOTS, 'history-grey.pgm')).size * 0.98));
    expect(pixels.filter((byte) => byte > 240).length / pixels.length).toBeGreaterThan(0.5);
    expect(pixels.filter((byte) => byte < 128).length).toBeGreaterThan(50);
  });
});
