/** The page of one tunnel in a real browser: every state, by keyboard, by mouse, growing live. */

import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { AxeBuilder } from '@axe-core/playwright';
import type { Browser, Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { NO_ALERTS } from '../../src/shared/alerts.ts';
import type { BoardMessage } from '../../src/shared/bridge.ts';
import type { AccountStatus, BoardRow, TunnelDetail } from '../../src/shared/model.ts';
import { account, status } from './harness/board.ts';
import { type Answer, CHROMIUM, launch, type StagedPage, stage } from './harness/chromium.ts';
import { SHOTS, serveSite, type TestSite } from './harness/site.ts';
import {
  ACCOUNT,
  bgpStatus,
  colos,
  DAY,
  detail,
  eventfulLanes,
  hostOf,
  lane,
  lanes,
  MINUTE,
  NOW,
  neighbour,
  POLICY,
  tunnel,
} from './tunnel-fixture.ts';

const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];
const DESKS = [
  { width: 1920, height: 1080 },
  { width: 1280, height: 800 },
] as const;

const outage = (): TunnelDetail =>
  detail({
    row: { lanes: lanes({ bgp: lane('down'), health: lane('down') }), severity: 'critical', bgpStatus: null },
    tunnel: {
      bgpStatus: bgpStatus({
        state: 'down',
        raw: 'BGP_DOWN',
        tcpEstablished: false,
        bgpState: 'Active',
        updatedAt: NOW - 14 * MINUTE,
      }),
    },
    colos: colos({ '*': 0, NRT: 0.5 }),
  });

function boardWith(row: BoardRow | null, part: Partial<AccountStatus> = {}): BoardMessage {
  const others = [neighbour('lyon-2'), neighbour('zurich-1', { site: { name: 'Zürich', source: 'cloudflare' } })];
  const rows = row === null ? others : [row, ...others];
  return {
    type: 'board',
    status: status(NOW, [account(ACCOUNT, 'Acme', rows.length, part)]),
    policy: POLICY,
    rows,
    alerts: NO_ALERTS,
  };
}

/** Each state with what the page must say. */
const STATES: Readonly<
  Record<string, { detail: TunnelDetail; part?: Partial<AccountStatus>; says: RegExp; answer?: Answer }>
> = {
  well: { detail: detail(), says: /Healthy in all 14 data centres, BGP up/ },
  outage: {
    detail: outage(),
    says: /Down in 13 of 14 data centres since .*lyon-2 of the same site works over another line/,
  },
  refused: {
    detail: detail({
      row: { lanes: lanes({ bgp: lane('down') }), severity: 'critical' },
      tunnel: { bgpStatus: bgpStatus({ state: 'down', raw: 'BGP_DOWN', bgpState: 'Idle' }) },
      colos: colos({ FRA: 0.4 }),
    }),
    says: /session is refused/,
  },
  recovering: {
    detail: detail({
      row: { lanes: lanes({ health: lane('degraded', NOW - 2 * MINUTE) }), severity: 'warning', recovering: true },
      colos: colos({ '*': 0.5, FRA: 1, AMS: 1 }),
    }),
    says: /Recovering: checks pass again/,
  },
  bare: {
    detail: detail({
      row: {
        lanes: lanes({ bgp: lane('unconfigured'), health: lane('nodata'), psk: lane('missing') }),
        severity: 'critical',
        site: null,
        customerEndpoint: null,
      },
      tunnel: {
        bgp: null,
        bgpStatus: null,
        healthCheck: null,
        pskGeneratedAt: null,
        customerEndpoint: null,
        createdAt: null,
        modifiedAt: null,
        description: null,
        replayProtection: null,
        automaticReturnRouting: null,
      },
      colos: [],
    }),
    says: /No PSK is reported/,
  },
  misconfigured: {
    detail: detail({
      row: { lanes: lanes({ config: lane('warning', NOW - 2 * DAY) }), severity: 'warning' },
      findings: [
        {
          rule: 'health-check-reply',
          severity: 'warning',
          key: tunnel().key,
          evidence: 'health_check.type: reply',
          field: 'health_check.type',
          value: 'reply',
          grouping: null,
          source: 'https://developers.cloudflare.com/',
          remedy: null,
          why: 'Unrequested replies are dropped by stateful firewalls.',
          fix: 'Set the type to request.',
        },
      ],
    }),
    says: /but its configuration has a warning: Unrequested replies are dropped.*Set the type to request/s,
  },
  stale: {
    detail: detail(),
    part: { listAgeMs: 4 * MINUTE, healthAgeMs: 5 * MINUTE },
    says: /The last answer is 4 min old.*Last known: Healthy/s,
  },
  blind: {
    detail: outage(),
    part: {
      phase: 'blind',
      listAgeMs: 10 * MINUTE,
      healthAgeMs: 11 * MINUTE,
      blind: {
        since: NOW - 10 * MINUTE,
        fault: {
          kind: 'bad-token',
          sentence: 'Cloudflare refused the token.',
          status: 401,
          code: 10_000,
          retryAfterMs: null,
          permission: null,
          cfRay: null,
        },
      },
    },
    says: /Blind since .*Cloudflare refused the token.*Last known: Down/s,
  },
  unreadable: {
    detail: detail({ row: { unreadable: 'interface_address is "x", expected a CIDR.' } }),
    says: /could not be read.*expected a CIDR/s,
  },
};

/** Text as the reader sees it: hidden parts left out, lines kept. */
function text(locator: Locator): Promise<string> {
  return locator.innerText();
}

describe.skipIf(CHROMIUM === null)('the tunnel page in Chromium (skipped without Chromium)', () => {
  let browser: Browser;
  let site: TestSite;
  const open: StagedPage[] = [];

  beforeAll(async () => {
    mkdirSync(SHOTS, { recursive: true });
    [browser, site] = await Promise.all([launch(), serveSite()]);
  });
  afterAll(async () => {
    for (const { page } of open) await page.context().close();
    await browser.close();
    await site.close();
  });

  async function show(
    one: TunnelDetail | null,
    options: {
      part?: Partial<AccountStatus>;
      answer?: Answer;
      hash?: string;
      desk?: (typeof DESKS)[number];
      light?: boolean;
    } = {},
  ): Promise<StagedPage> {
    const staged = await stage(browser, site.origin, {
      first: boardWith(one?.row ?? null, options.part),
      answer: options.answer ?? hostOf(one),
      hash: options.hash ?? `#/tunnel/${ACCOUNT}/${one?.tunnel.id ?? 'nobody'}`,
      viewport: options.desk ?? DESKS[0],
      colorScheme: options.light ? 'light' : 'dark',
      timezoneId: 'Europe/Paris',
    });
    open.push(staged);
    return staged;
  }
  const shot = (page: Page, name: string): Promise<unknown> =>
    page.screenshot({ path: join(SHOTS, `tunnel-${name}.png`) });
  const timeline = (page: Page) => page.getByRole('img', { name: /^Timeline of lyon-1/ });

  for (const [name, state] of Object.entries(STATES)) {
    it(`shows the state ${name} in words, without a complaint of the browser or of axe`, async () => {
      const { page, complaints } = await show(state.detail, state);
      await page.getByRole('heading', { level: 1, name: 'lyon-1' }).waitFor();
      await timeline(page).waitFor();
      await page.getByText('TCP to the BGP peer was lost').waitFor();
      const main = await text(page.getByRole('main'));
      expect(main).toMatch(state.says);
      expect(main).not.toMatch(/undefined|NaN|\bnull\b|nodata|unobserved|psk-changed|config-changed|tcp_established/);
      await shot(page, `${name}-dark-1920`);
      expect((await new AxeBuilder({ page }).withTags(TAGS).setLegacyMode().analyze()).violations).toEqual([]);
      await page.emulateMedia({ colorScheme: 'light' });
      await page.waitForTimeout(100);
      await shot(page, `${name}-light-1920`);
      // Its colours are judged with all views in test/a11y.
      await page.setViewportSize({ ...DESKS[1], height: 1_900 });
      await page.waitForTimeout(150);
      await shot(page, `${name}-light-1280-whole`);
      await page.setViewportSize(DESKS[1]);
      await page.waitForTimeout(150);
      await shot(page, `${name}-light-1280`);
      const overflow = (): Promise<number> => page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
      await expect.poll(overflow).toBeLessThanOrEqual(0);
      expect(complaints).toEqual([]);
      await page.context().close();
    });
  }

  it('says when the tunnel is gone, and when the host cannot tell', async () => {
    const gone = await show(null);
    await gone.page.getByRole('heading', { name: 'This tunnel is not on the board' }).waitFor();
    await shot(gone.page, 'gone');
    const failed = await show(detail(), {
      answer: () => ({ ok: false, error: { kind: 'failed', sentence: 'The host is busy.' } }),
    });
    await failed.page.getByText('This tunnel could not be read. The host is busy.').waitFor();
    await shot(failed.page, 'failed');
    expect((await new AxeBuilder({ page: failed.page }).withTags(TAGS).setLegacyMode().analyze()).violations).toEqual(
      [],
    );
  });

  it('draws bands in the colours of the states, and others in another theme', async () => {
    const { page } = await show(outage());
    await timeline(page).waitFor();
    const colours = (): Promise<readonly string[]> =>
      page.locator('canvas').evaluate((canvas: HTMLCanvasElement) => {
        const pixels = canvas.getContext('2d')?.getImageData(0, 0, canvas.width, canvas.height).data ?? [];
        const seen = new Map<string, number>();
        for (let i = 0; i < pixels.length; i += 4) {
          if (pixels[i + 3] !== 255) continue;
          const colour = `${pixels[i]},${pixels[i + 1]},${pixels[i + 2]}`;
          seen.set(colour, (seen.get(colour) ?? 0) + 1);
        }
        return [...seen].filter(([, count]) => count > 30).map(([colour]) => colour);
      });
    // --up and --down of the dark set.
    await expect.poll(colours).toEqual(expect.arrayContaining(['0,158,115', '213,94,0']));
    await page.emulateMedia({ colorScheme: 'light' });
    await expect.poll(colours).toEqual(expect.arrayContaining(['31,111,235', '164,14,38']));
    expect(await colours()).not.toContain('0,158,115');
  });

  it('tells value, from, to and length under the pointer, gaps and marks included', async () => {
    const { page } = await show(outage());
    const chart = timeline(page);
    await chart.waitFor();
    const box = await chart.boundingBox();
    if (!box) throw new Error('no chart');
    const plot = { left: box.x + 96, width: box.width - 96 - 8 };
    const x = (ago: number): number => plot.left + plot.width * (1 - ago / DAY);
    const tip = page.locator('.tip');
    // 8 h ago nobody looked; the lane of health is the second.
    await page.mouse.move(x(8 * 60 * MINUTE), box.y + 24 + 46 + 23);
    await expect.poll(() => text(tip)).toMatch(/Health: not observed\s+for 2 h[\s\S]*UTC[\s\S]*did not look/);
    await shot(page, 'hover-gap');
    await page.mouse.move(x(3.75 * 60 * MINUTE), box.y + 24 + 23);
    await expect.poll(() => text(tip)).toMatch(/BGP: establishing\s+for 30 min[\s\S]*10:00[\s\S]*08:00:00 UTC/);
    await page.mouse.move(x(3 * 60 * MINUTE), box.y + 12);
    await expect.poll(() => text(tip)).toMatch(/health-check type from reply to request/);
    await page.mouse.move(x(20 * 60 * MINUTE - 40 * MINUTE), box.y + 24 + 46 + 23);
    await shot(page, 'hover-flap');
  });

  it('meets what lies under the pointer at a zoom of the reader too', async () => {
    const { page } = await show(outage());
    await page.evaluate(() => localStorage.setItem('tunnelwatch.appearance', 'standard comfortable local 150'));
    await page.reload();
    const chart = timeline(page);
    await chart.waitFor();
    const box = await chart.boundingBox();
    if (!box) throw new Error('no chart');
    const plot = { left: box.x + 96 * 1.5, width: box.width - (96 + 8) * 1.5 };
    const x = (ago: number): number => plot.left + plot.width * (1 - ago / DAY);
    await page.mouse.move(x(8 * 60 * MINUTE), box.y + (24 + 46 + 23) * 1.5);
    await expect.poll(() => text(page.locator('.tip'))).toMatch(/Health: not observed/);
    await page.mouse.move(x(3.75 * 60 * MINUTE), box.y + (24 + 23) * 1.5);
    await expect.poll(() => text(page.locator('.tip'))).toMatch(/BGP: establishing/);
    await shot(page, 'hover-zoomed');
  });

  it('zooms by dragging, by keys and by the wheel, and shows all again', async () => {
    const { page } = await show(outage());
    const chart = timeline(page);
    await chart.waitFor();
    const all = page.getByRole('button', { name: 'All', exact: true });
    await expect.poll(() => all.isDisabled()).toBe(true);
    const box = await chart.boundingBox();
    if (!box) throw new Error('no chart');
    await page.mouse.move(box.x + 96 + (box.width - 104) * 0.1, box.y + 60);
    await page.mouse.down();
    await page.mouse.move(box.x + 96 + (box.width - 104) * 0.3, box.y + 80, { steps: 4 });
    await shot(page, 'dragging');
    await page.mouse.up();
    await expect.poll(() => all.isEnabled()).toBe(true);
    await page.mouse.move(0, 0);
    await page.waitForTimeout(100);
    await shot(page, 'zoomed-flap');
    await page.keyboard.press('0');
    await expect.poll(() => all.isDisabled()).toBe(true);
    await page.keyboard.press('+');
    await expect.poll(() => all.isEnabled()).toBe(true);
    await page.keyboard.press('-');
    await page.keyboard.press('-');
    await expect.poll(() => all.isDisabled()).toBe(true);
    await page.mouse.move(box.x + 500, box.y + 60);
    await page.keyboard.down('Control');
    await page.mouse.wheel(0, -300);
    await page.keyboard.up('Control');
    await page.waitForTimeout(50);
    await expect.poll(() => all.isEnabled()).toBe(true);
  });

  it('changes its range by the keys 1 to 4', async () => {
    const { page } = await show(outage());
    await timeline(page).waitFor();
    for (const [key, name] of [
      ['1', '6 h'],
      ['3', '7 d'],
      ['4', '30 d'],
    ] as const) {
      await page.keyboard.press(key);
      await expect
        .poll(() => page.getByRole('button', { name, exact: true }).getAttribute('aria-pressed'))
        .toBe('true');
      await page.waitForTimeout(100);
      await shot(page, `range-${name.replace(' ', '')}`);
    }
  });

  it('has the same intervals as a table', async () => {
    const { page } = await show(outage());
    await timeline(page).waitFor();
    await page.keyboard.press('t');
    const rows = page.getByRole('region', { name: /Intervals of the last 24 hours/ }).getByRole('row');
    await rows.nth(1).waitFor();
    expect(await text(rows.nth(1))).toMatch(/11:46|13:46/);
    expect(await text(page.getByRole('region', { name: /Intervals/ }))).toMatch(/not observed/);
    await shot(page, 'table');
    expect((await new AxeBuilder({ page }).withTags(TAGS).setLegacyMode().analyze()).violations).toEqual([]);
  });

  it('goes to the next tunnel and back to the board by keys', async () => {
    const { page } = await show(outage());
    await timeline(page).waitFor();
    await page.keyboard.press('3');
    await page.keyboard.press('j');
    await page.waitForURL(/#\/tunnel\/.*\/lyon-2\?range=7d$/);
    await page.getByRole('heading', { level: 1, name: 'lyon-2' }).waitFor();
    await page.keyboard.press('k');
    await page.waitForURL(/#\/tunnel\/.*\/a1\?range=7d$/);
    await page.getByRole('heading', { level: 1, name: 'lyon-1' }).waitFor();
    await page.keyboard.press('Escape');
    await page.waitForURL(/#\/board/);
  });

  it('grows with what the host announces, and says that it is being looked at', async () => {
    const calls: string[] = [];
    let one = detail();
    const staged = await show(one, {
      answer: (name, args) => {
        calls.push(name);
        return hostOf(one, {
          lanes: eventfulLanes().map((track) => ({
            ...track,
            intervals: [
              {
                from: NOW - 40 * DAY,
                to: null,
                value:
                  track.lane === 'bgp'
                    ? 'up'
                    : track.lane === 'health'
                      ? 'healthy'
                      : track.lane === 'psk'
                        ? 'fresh'
                        : 'ok',
              },
            ],
          })),
        })(name, args);
      },
    });
    const { page, say } = staged;
    await timeline(page).waitFor();
    expect(calls).toContain('watch');
    one = outage();
    const at = NOW + 1_000;
    await say({
      type: 'delta',
      status: status(NOW + 1_000, [account(ACCOUNT, 'Acme', 3)]),
      rows: [one.row],
      removed: [],
      changes: [{ at, key: one.row.key, lane: 'health', from: 'healthy', to: 'down' }],
      events: [
        { seq: 999, at, kind: 'psk-changed', accountId: ACCOUNT, key: one.row.key, detail: { from: null, to: at } },
      ],
      alerts: null,
    });
    await page.getByText('Health from healthy to down').waitFor();
    await page.getByText('A PSK was generated, the first on record').waitFor();
    await page
      .getByText(/Down in 13 of 14/)
      .first()
      .waitFor();
    await say({
      type: 'delta',
      status: status(NOW + 2_000, [account(ACCOUNT, 'Acme', 2)]),
      rows: [],
      removed: [one.row.key],
      changes: [],
      events: [],
      alerts: null,
    });
    await page.getByRole('heading', { name: 'This tunnel is not on the board' }).waitFor();
  });

  it('never stays green when nothing comes any more', async () => {
    const { page } = await show(detail(), { part: { listAgeMs: 10 * MINUTE, healthAgeMs: 10 * MINUTE } });
    await timeline(page).waitFor();
    await page.keyboard.press('1');
    await page.keyboard.press('t');
    const first = page
      .getByRole('region', { name: /Intervals/ })
      .getByRole('row')
      .nth(1);
    expect(await text(first)).toMatch(/not observed/);
  });
});
