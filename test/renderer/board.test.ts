import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { AxeBuilder } from '@axe-core/playwright';
import type { Browser, Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { BoardMessage, BridgeMessage, DeltaMessage } from '../../src/shared/bridge.ts';
import type { Fault, TunnelKey } from '../../src/shared/model.ts';
import { ACME, account, boardOf, GLOBEX, rowAt, SHAPES, status, tracksOf } from './harness/board.ts';
import { CHROMIUM, launch, type StagedPage, stage } from './harness/chromium.ts';
import { BUILT, SHOTS, serveSite, type TestSite } from './harness/site.ts';

const BUILD = existsSync(join(BUILT, 'index.html'));
const why = CHROMIUM === null ? ' (skipped: no Chromium)' : BUILD ? '' : ' (skipped: no build; run npm run build)';
const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];
const FAULT: Fault = {
  kind: 'bad-token',
  sentence: 'api.cloudflare.com refused the API token. Create a new token, or correct the one in the settings.',
  status: 401,
  code: 10000,
  retryAfterMs: null,
  permission: null,
  cfRay: null,
};

describe.skipIf(why !== '')(`board in Chromium${why}`, () => {
  let browser: Browser;
  let site: TestSite;
  const now = Date.now();
  const board = boardOf(1000, now);
  /** Every state once: what axe reads through, slowly. */
  const few = boardOf(SHAPES.length + 1, now);

  beforeAll(async () => {
    mkdirSync(SHOTS, { recursive: true });
    [browser, site] = await Promise.all([launch(), serveSite()]);
  });
  afterAll(async () => {
    await browser?.close();
    await site?.close();
  });

  async function open(first: BridgeMessage = board, options: Parameters<typeof stage>[2] = {}): Promise<StagedPage> {
    const rows = first.type === 'board' ? first.rows : [];
    const staged = await stage(browser, site.origin, {
      first,
      answer: (name, args) =>
        name === 'lanes'
          ? { ok: true, value: tracksOf(args.keys as readonly TunnelKey[], rows, now) }
          : { ok: true, value: null },
      ...options,
    });
    await staged.page.waitForSelector('header');
    return staged;
  }
  const rowsOf = (page: Page) => page.locator('tbody tr');
  /** The text as a reader sees it. */
  const shown = async (place: Locator): Promise<string> => (await place.allInnerTexts()).join('\n');
  async function axe(page: Page): Promise<void> {
    const found = await new AxeBuilder({ page }).withTags(TAGS).setLegacyMode().analyze();
    expect(found.violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)).toEqual([]);
  }
  const firstRow = (page: Page) => page.locator('tbody tr[aria-rowindex="2"]');
  /** `g` and another key, which must come within a second: on a busy machine it may take more than one try. */
  async function chord(page: Page, key: string, hash: string): Promise<void> {
    await expect
      .poll(async () => {
        await page.keyboard.press('g');
        await page.keyboard.press(key);
        return page.evaluate(() => location.hash);
      })
      .toContain(hash);
  }
  const delta = (part: Partial<DeltaMessage>): DeltaMessage => ({
    type: 'delta',
    status: board.status,
    rows: [],
    removed: [],
    changes: [],
    events: [],
    alerts: null,
    ...part,
  });
  async function done({ page, complaints }: StagedPage): Promise<void> {
    expect(complaints).toEqual([]);
    await page.context().close();
  }

  it('shows 1,000 tunnels as a window of rows, worst first, in words', async () => {
    const staged = await open();
    const { page } = staged;
    await rowsOf(page).first().waitFor();
    expect(await rowsOf(page).count()).toBeLessThan(100);
    expect(await page.locator('table').getAttribute('aria-rowcount')).toBe('1001');
    const text = await shown(firstRow(page));
    expect(text).toContain('iad-edge-1-b');
    expect(text).toMatch(/BGP down since (\w+ )?\d\d:\d\d \(3 h 12 min\)/);
    const all = await shown(page.locator('body'));
    for (const words of [
      'BGP establishing for 4 min',
      'No BGP configured',
      'BGP state not reported',
      'Recovering, 12 of 14 healthy',
      'PSK 412 days old, over the limit of 365',
      'PSK not reported',
      'Health checks are off',
      'Data 4 s old',
      'Budget 7%',
    ]) {
      expect(all).toContain(words);
    }
    expect(all).not.toMatch(/undefined|null|NaN|BGP_|\[object/);
    await done(staged);
  });

  it.each([
    ['dark', 1920, 1080],
    ['dark', 1280, 800],
    ['light', 1920, 1080],
    ['light', 1280, 800],
  ] as const)(
    'passes axe and is photographed: %s %ix%i',
    async (colorScheme, width, height) => {
      const staged = await open(board, { colorScheme, viewport: { width, height } });
      await staged.page.locator('.strip path.good').first().waitFor();
      await staged.page.screenshot({ path: join(SHOTS, `board-${colorScheme}-${width}x${height}.png`) });
      await staged.say(few);
      await expect.poll(() => rowsOf(staged.page).count()).toBe(few.rows.length);
      await axe(staged.page);
      await done(staged);
    },
    60_000,
  );

  const blind = account(ACME, 'Acme', 800, {
    phase: 'blind',
    blind: { since: now - 14 * 60_000, fault: FAULT },
    listAgeMs: 14 * 60_000,
    healthAgeMs: 14 * 60_000,
    unreadable: [{ id: null, name: 'ams-3', reason: 'interface_address is "x", expected a CIDR' }],
  });
  const states: readonly [string, BridgeMessage, string][] = [
    ['blind', { ...few, status: status(now, [blind, account(GLOBEX, 'Globex', 200)]) }, 'Acme: blind since'],
    ['first-run', { ...board, rows: [], status: status(now, []) }, 'Account Analytics Read'],
    ['empty', { ...board, rows: [], status: status(now, [account(ACME, 'Acme', 0)]) }, 'Acme has no IPsec tunnels.'],
    [
      'starting',
      { ...board, rows: [], status: status(now, [account(ACME, 'Acme', 0, { phase: 'starting', listAgeMs: null })]) },
      'Asking Cloudflare for the tunnels of Acme',
    ],
    [
      'memory',
      {
        ...board,
        status: {
          ...board.status,
          practice: true,
          store: { mode: 'memory', problem: 'The disk is full.', path: null },
        },
      },
      'History is kept in memory only',
    ],
    ['lost-at-once', { type: 'lost', reason: 'It wants an access token.' }, 'It wants an access token.'],
  ];
  it.each(states)(
    'has a designed state: %s',
    async (name, first, words) => {
      for (const colorScheme of ['dark', 'light'] as const) {
        const staged = await open(first, { colorScheme, viewport: { width: 1280, height: 800 } });
        await staged.page.getByText(words).first().waitFor();
        await staged.page.screenshot({ path: join(SHOTS, `${name}-${colorScheme}.png`) });
        await axe(staged.page);
        expect(await shown(staged.page.locator('body'))).not.toMatch(/undefined|null|NaN|\[object/);
        await done(staged);
      }
    },
    60_000,
  );

  /** Every colour that is painted in marks and strips, the strips of old rows through their filter. */
  const greenMarks = (page: Page): Promise<number> =>
    page.evaluate(() => {
      const up = getComputedStyle(document.documentElement).getPropertyValue('--up');
      return [...document.querySelectorAll('svg *')].filter((shape) => {
        const faded = shape.closest('.stale, .zero') !== null;
        return getComputedStyle(shape).fill === up && !(faded && shape.closest('.strips, .zero') !== null);
      }).length;
    });

  it('keeps nothing green when the host is lost, by word or by silence', async () => {
    const staged = await open();
    const { page, say } = staged;
    await rowsOf(page).first().waitFor();
    expect(await greenMarks(page)).toBeGreaterThan(10);
    await say({ type: 'lost', reason: 'It has sent nothing for too long.' });
    await page.getByRole('alert').getByText('No word from the Tunnelwatch host since').waitFor();
    expect(await greenMarks(page)).toBe(0);
    expect(await rowsOf(page).count()).toBe(await page.locator('tbody tr.stale').count());
    expect(await shown(page.locator('.chip').last())).toMatch(/^0\s*Up/);
    await page.screenshot({ path: join(SHOTS, 'lost-dark.png') });

    await say(board);
    await page.locator('tbody tr:not(.stale)').first().waitFor();
    expect(await page.getByText('No word from the Tunnelwatch host since').count()).toBe(0);
    await done(staged);
  });

  it('notices the silence by itself within 45 s', async () => {
    const staged = await stage(browser, site.origin, { answer: () => ({ ok: true, value: [] }) });
    const { page, say } = staged;
    await page.context().clock.install({ time: now });
    await page.reload();
    await page.getByText('Waiting for the first answer').waitFor();
    await say(board);
    await rowsOf(page).first().waitFor();
    await page.clock.runFor(34_000);
    expect(await page.getByText('No word from the Tunnelwatch host').count()).toBe(0);
    await page.clock.runFor(11_000);
    await page.getByText('No word from the Tunnelwatch host').waitFor();
    expect(await greenMarks(page)).toBe(0);
    await done(staged);
  });

  it('ages to stale by itself while the host only pulses', async () => {
    const staged = await open();
    const { page, say } = staged;
    const old = account(ACME, 'Acme', 800, { listAgeMs: 91_000 });
    await say({ type: 'pulse', status: status(now, [old, account(GLOBEX, 'Globex', 200)]) });
    await page.getByText('Acme: the last answer is 1 min old').waitFor();
    expect(await shown(firstRow(page))).toMatch(/BGP was down 1 min ago, since/);
    await done(staged);
  });

  it('works by keyboard', async () => {
    const staged = await open();
    const { page } = staged;
    await rowsOf(page).first().waitFor();
    await page.keyboard.press('j');
    await page.keyboard.press('j');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('k');
    expect(await page.locator('tr[aria-selected="true"]').getAttribute('aria-rowindex')).toBe('3');
    const active = await page.locator('table').getAttribute('aria-activedescendant');
    expect(await page.locator('tr[aria-selected="true"]').getAttribute('id')).toBe(active);
    await page.keyboard.press('End');
    await page.locator('tr[aria-rowindex="1001"][aria-selected="true"]').waitFor();
    expect(await rowsOf(page).count()).toBeLessThan(100);
    await page.keyboard.press('Home');
    await page.keyboard.press('/');
    await page.keyboard.type('frankfurt 1');
    await page.waitForFunction(() => location.hash.includes('q=frankfurt'));
    expect(await page.locator('table').getAttribute('aria-rowcount')).not.toBe('1001');
    await page.keyboard.press('Escape');
    await page.waitForFunction(() => !location.hash.includes('q='));
    await page.keyboard.press('?');
    await page.getByRole('dialog').waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    await chord(page, 'p', '#/psk');
    await chord(page, 'b', '#/board');
    await rowsOf(page).first().waitFor();
    await page.keyboard.press('j');
    await page.keyboard.press('Enter');
    await page.waitForFunction(() => location.hash.startsWith('#/tunnel/'));
    await page.context().close();
  });

  it('filters and sorts by link, by click and back', async () => {
    const staged = await open(board, { hash: `#/board?state=down,degraded&sort=name` });
    const { page } = staged;
    await rowsOf(page).first().waitFor();
    expect(await rowsOf(page).count()).toBe(6);
    expect(await shown(page.locator('th[aria-sort]'))).toContain('Tunnel');
    await page.getByRole('button', { name: /^\d+ Degraded/ }).click();
    await page.waitForFunction(() => location.hash.includes('state=down&'));
    await expect.poll(() => rowsOf(page).count()).toBe(3);
    await page.getByRole('button', { name: 'Clear filters' }).click();
    await expect.poll(() => page.locator('table').getAttribute('aria-rowcount')).toBe('1001');
    await page.getByRole('button', { name: /^PSK/ }).click();
    await expect.poll(() => shown(firstRow(page))).toContain('PSK not reported');
    await page.getByRole('button', { name: /Globex/ }).click();
    await expect.poll(() => page.locator('table').getAttribute('aria-rowcount')).toBe('201');
    await done(staged);
  });

  it('lets no row jump away under the pointer, and settles when the hand is off', async () => {
    const staged = await open();
    const { page, say } = staged;
    await rowsOf(page).first().waitFor();
    const third = page.locator('tbody tr[aria-rowindex="4"]');
    const before = await third.getAttribute('id');
    await third.hover();
    const fallen = rowAt(500, now, { ...SHAPES[1], sinceMs: 86_400_000 } as (typeof SHAPES)[0]);
    const change = { at: now, key: fallen.key, lane: 'bgp', from: 'up', to: 'down' } as const;
    await say(delta({ rows: [fallen], changes: [change] }));
    await page.getByText('Order held').waitFor();
    expect(await third.getAttribute('id')).toBe(before);
    expect(await shown(page.getByRole('button', { name: /^\d+ Down/ }))).toMatch(/^4/);
    expect(await page.locator('[role="alert"]').allInnerTexts()).toContain(`${fallen.name} is down.`);
    await expect.poll(() => firstRow(page).getAttribute('id')).toBe(`row-${fallen.key}`);
    await done(staged);
  });

  it('grows its strips from changes without asking again', async () => {
    let asked = 0;
    const three: BoardMessage = { ...board, rows: board.rows.slice(0, 3) };
    const staged = await open(three, {
      answer: (name, args) => {
        if (name === 'lanes') asked += 1;
        return { ok: true, value: tracksOf((args.keys ?? []) as readonly TunnelKey[], three.rows, now) };
      },
    });
    const { page, say } = staged;
    await page.locator('.strip path.good').first().waitFor();
    const row = rowAt(2, now, SHAPES[12]);
    const strip = page.locator(`[id="row-${row.key}"] .strip`).last();
    const label = (): Promise<string | null> => strip.getAttribute('aria-label');
    expect(await label()).not.toContain('down for');
    const at = now - 3 * 60_000;
    await say(
      delta({
        changes: [
          { at, key: row.key, lane: 'health', from: 'healthy', to: 'down' },
          { at: at + 2 * 60_000, key: row.key, lane: 'health', from: 'down', to: 'healthy' },
        ],
      }),
    );
    await expect.poll(label).toContain('down for 2 min');
    expect(asked).toBe(1);
    await done(staged);
  });

  it('moves nothing while nothing changes', async () => {
    // Begins with a minute, so that no minute ends while we look.
    const minute = Math.floor(now / 60_000) * 60_000;
    const calm: BoardMessage = {
      ...board,
      status: { ...board.status, now: minute },
      rows: board.rows.map((_, index) => rowAt(index, minute, SHAPES[12])),
    };
    const staged = await open(calm);
    const { page } = staged;
    await page.locator('.strip path.good').first().waitFor();
    const moved = await page.evaluate(async () => {
      let count = 0;
      const body = document.querySelector('tbody');
      if (body === null) return -1;
      const watch = new MutationObserver((records) => {
        count += records.length;
      });
      watch.observe(body, { subtree: true, childList: true, attributes: true, characterData: true });
      const pass = (ms: number): Promise<unknown> => new Promise((next) => setTimeout(next, ms));
      // A busy machine is still drawing what it was first told: wait for one second without a move.
      for (let before = -1, tries = 0; before !== count && tries < 20; tries += 1) {
        before = count;
        await pass(1_000);
      }
      count = 0;
      await pass(2_500);
      return count + document.getAnimations().length;
    });
    expect(moved).toBe(0);
    await done(staged);
  });

  it('starts practice mode from the first page and says why when it is refused', async () => {
    const asked: string[] = [];
    const staged = await open(
      { ...board, rows: [], status: status(now, []) },
      {
        answer: (name) => {
          asked.push(name);
          if (name === 'writing') return { ok: true, value: [] };
          return { ok: true, value: { started: false, reason: 'Accounts are configured.' } };
        },
      },
    );
    await staged.page.getByRole('button', { name: 'Start practice mode' }).click();
    await staged.page.getByText('Accounts are configured.').waitFor();
    expect(asked).toEqual(['writing', 'settings', 'startPractice']);
    await done(staged);
  });

  it('survives forced colours, 200 % zoom and reduced motion', async () => {
    const staged = await open(board, {
      forcedColors: 'active',
      reducedMotion: 'reduce',
      viewport: { width: 960, height: 540 },
    });
    await staged.page.locator('.strip path').first().waitFor();
    await staged.page.screenshot({ path: join(SHOTS, 'board-forced-960x540.png') });
    expect(await staged.page.evaluate(() => document.getAnimations().length)).toBe(0);
    expect(await staged.page.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(true);
    await done(staged);
  });

  it('says a sentence when there is no way to a host', async () => {
    const page = await browser.newPage();
    await page.addInitScript(() => Reflect.deleteProperty(window, 'EventSource'));
    await page.goto(site.origin);
    expect(await shown(page.locator('#app'))).toContain('This page cannot reach Tunnelwatch');
    await page.close();
  });
});
