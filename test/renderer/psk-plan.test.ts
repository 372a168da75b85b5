/** Beside the list of keys, in a real browser: policies of tags, sessions, what is worth a look, the calendar file. */
import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { AxeBuilder } from '@axe-core/playwright';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { batchesOf } from '../../src/engine/keys/batches.ts';
import { keysCalendar } from '../../src/engine/keys/calendar.ts';
import { sameTimeKeys } from '../../src/engine/keys/outlook.ts';
import type { BoardMessage } from '../../src/shared/bridge.ts';
import type { KeyOutlook, KeysView } from '../../src/shared/keys.ts';
import type { BoardRow, PskPolicy } from '../../src/shared/model.ts';
import { boardOf } from './harness/board.ts';
import { type Answer, CHROMIUM, launch, type StagedPage, stage } from './harness/chromium.ts';
import { SHOTS, serveSite, type TestSite } from './harness/site.ts';
import { DAY, NOW } from './tunnel-fixture.ts';

const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];
const GENERAL: PskPolicy = { agingMs: 90 * DAY, dueMs: 180 * DAY, staleMs: 365 * DAY };
const PCI: PskPolicy = { agingMs: 30 * DAY, dueMs: 60 * DAY, staleMs: 90 * DAY };

/** Keys of many ages; each fifth tunnel has the policy of a tag; some keys were made together, some came with the tunnel. */
function world(size: number): { readonly board: BoardMessage; readonly view: KeysView } {
  const first = boardOf(size, NOW);
  const rows = first.rows.map((row, i): BoardRow => {
    const days = i >= 20 && i < 40 ? 40 : (i * 53) % 300;
    const policy = i % 5 === 0 ? PCI : GENERAL;
    const value = days * DAY >= policy.dueMs ? 'due' : days * DAY >= policy.agingMs ? 'aging' : 'fresh';
    return {
      ...row,
      pskGeneratedAt: NOW - days * DAY - i * 1_000,
      ...(i % 5 === 0 && { pskPolicy: PCI }),
      lanes: { ...row.lanes, psk: { value, since: NOW - DAY, exact: true } },
    };
  });
  const keys = rows.map((row, i): KeyOutlook => {
    const policy = row.pskPolicy ?? GENERAL;
    const at = row.pskGeneratedAt ?? 0;
    return {
      key: row.key,
      accountId: row.accountId,
      name: row.name,
      site: row.site?.name ?? null,
      tag: row.pskPolicy ? 'pci' : null,
      generatedAt: at,
      agingAt: at + policy.agingMs,
      dueAt: at + policy.dueMs,
      staleAt: at + policy.staleMs,
      neverRotated: i % 9 === 0 && NOW - at > policy.dueMs,
    };
  });
  const partner = (place: number): number => (place % 2 === 0 ? place + 1 : place - 1);
  const groupOf = (key: string) => {
    const place = rows.findIndex((row) => row.key === key);
    const members = [rows[place], rows[partner(place)]].flatMap((row) => (row === undefined ? [] : [row.key]));
    const words = `site ${rows[place]?.site?.name ?? ''}`;
    return { id: `pair-${Math.floor(place / 2)}`, words, members, neighbours: [] };
  };
  const policies = [
    { tag: null, policy: GENERAL },
    { tag: 'pci', policy: PCI },
  ];
  return {
    board: { ...first, rows, policy: GENERAL },
    view: { policies, keys, sameTime: sameTimeKeys(keys), batches: batchesOf(keys, groupOf, NOW) },
  };
}

describe.skipIf(CHROMIUM === null)('the plan beside the PSK board in Chromium (skipped without Chromium)', () => {
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

  async function show(first: BoardMessage, answer: Answer, hash: string, locale = 'en-GB'): Promise<StagedPage> {
    const staged = await stage(browser, site.origin, { first, answer, hash, timezoneId: 'Europe/Paris', locale });
    opened.push(staged);
    return staged;
  }
  const answering =
    (view: KeysView): Answer =>
    (name) => {
      if (name === 'keys') return { ok: true, value: view };
      if (name === 'keysCalendar') return { ok: true, value: { ics: keysCalendar(view.keys, () => 'Acme', NOW) } };
      return { ok: true, value: null };
    };
  const side = (page: Page) => page.getByRole('complementary', { name: 'Beside the list' });

  async function looks(page: Page, name: string): Promise<void> {
    for (const [scheme, width, height] of [
      ['dark', 1920, 1080],
      ['dark', 1280, 800],
      ['light', 1280, 800],
      ['light', 1920, 1080],
    ] as const) {
      await page.emulateMedia({ colorScheme: scheme });
      await page.setViewportSize({ width, height });
      await page.waitForTimeout(150);
      await page.screenshot({ path: join(SHOTS, `psk-${name}-${scheme}-${width}.png`) });
      expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0);
    }
    expect((await new AxeBuilder({ page }).withTags(TAGS).setLegacyMode().analyze()).violations).toEqual([]);
  }

  it('shows the policy of each tag, and which rows have one of their own', async () => {
    const { board, view } = world(60);
    const { page, complaints } = await show(board, answering(view), '#/psk');
    const table = side(page).getByRole('table');
    await table.getByRole('row', { name: '#pci 30 d 60 d 90 d' }).waitFor();
    await table.getByRole('row', { name: 'All other tunnels 90 d 180 d 365 d' }).waitFor();
    expect(await page.getByText('#pci: 60 d').count()).toBeGreaterThan(2);
    // Overdue by the policy of the tag, though not by the general one: every tunnel is counted once.
    const overdue = view.keys.filter(({ dueAt }) => (dueAt ?? 0) <= NOW).length;
    await side(page)
      .getByRole('img', { name: new RegExp(`Overdue now: ${overdue} tunnels`) })
      .waitFor();
    await looks(page, 'forecast');
    expect(complaints).toEqual([]);
  });

  it('saves the calendar', async () => {
    const { board, view } = world(60);
    const { page } = await show(board, answering(view), '#/psk');
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: 'Save calendar (.ics)' }).click(),
    ]);
    expect(download.suggestedFilename()).toBe('psk-rotation.ics');
    const ics = readFileSync(await download.path(), 'utf8');
    expect(ics).toMatch(/^BEGIN:VCALENDAR\r\n/);
    expect(ics).toContain('due for rotation');
  });

  it('lists the sessions with who stays up, and leads to the rotation', async () => {
    const { board, view } = world(60);
    const { page, complaints } = await show(board, answering(view), '#/psk');
    await side(page).getByRole('button', { name: 'Sessions' }).click();
    await page.waitForURL(/part=batches/);
    const first = view.batches[0];
    if (first === undefined) throw new Error('no batch');
    expect(await side(page).locator('ol > li').count()).toBe(Math.min(40, view.batches.length));
    await side(page)
      .getByText(/stays up \(site /)
      .first()
      .waitFor();
    await looks(page, 'sessions');
    await side(page)
      .getByRole('link', { name: /^Rotate the key of / })
      .first()
      .click();
    await page.waitForURL(/#\/rotation/);
    expect(complaints).toEqual([]);
  });

  it('shows keys that were never rotated, and those that were made together', async () => {
    const { board, view } = world(60);
    const { page } = await show(board, answering(view), '#/psk?part=look');
    await side(page).getByRole('heading', { name: 'Never rotated' }).waitFor();
    const together = view.sameTime[0]?.keys.length ?? 0;
    expect(together).toBeGreaterThanOrEqual(5);
    await side(page)
      .getByRole('heading', { name: new RegExp(`^${together} tunnels`) })
      .first()
      .waitFor();
    const never = view.keys.filter(({ neverRotated }) => neverRotated).length;
    expect(await side(page).locator('section').first().locator('li').count()).toBe(never);
    await looks(page, 'look');
  });

  it('says so where there is nothing to plan, nothing yet, or no answer, and asks again', async () => {
    const { board } = world(4);
    const none: KeysView = { policies: [{ tag: null, policy: GENERAL }], keys: [], sameTime: [], batches: [] };
    let works = false;
    const answer: Answer = (name) => {
      if (name !== 'keys') return { ok: true, value: null };
      const error = { kind: 'failed', sentence: 'The host is busy.' };
      return works ? { ok: true, value: none } : { ok: false, error };
    };
    const { page } = await show(board, answer, '#/psk?part=batches');
    await page.getByRole('alert').getByText('The host is busy.').waitFor();
    await page.screenshot({ path: join(SHOTS, 'psk-plan-failed.png') });
    works = true;
    await page.getByRole('button', { name: 'Try again' }).click();
    await side(page).getByText('Nothing needs to be planned.').waitFor();
    await page.screenshot({ path: join(SHOTS, 'psk-plan-empty.png') });
    await side(page).getByRole('button', { name: 'Worth a look' }).click();
    await side(page).getByText('Every key that is past due was rotated before.').waitFor();
    await side(page).getByText('No five keys of an account').waitFor();
  });

  it('speaks German', async () => {
    const { board, view } = world(60);
    const { page } = await show(board, answering(view), '#/psk?part=batches', 'de-DE');
    await page
      .getByText(/bleibt stehen \(Standort /)
      .first()
      .waitFor();
    await page.screenshot({ path: join(SHOTS, 'psk-sessions-de.png') });
  });
});
