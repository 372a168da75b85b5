/** Alerts outside of their view: header, tab, board, tunnel, banner, sounds. In a real browser. */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { AxeBuilder } from '@axe-core/playwright';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Incident } from '../../src/shared/alerts.ts';
import { NO_ALERTS } from '../../src/shared/alerts.ts';
import { alertHost, alertsDelta, badDay } from './harness/alerts.ts';
import { boardOf, tracksOf } from './harness/board.ts';
import { type Answer, CHROMIUM, launch, type StagedPage, stage } from './harness/chromium.ts';
import { SHOTS, serveSite, type TestSite } from './harness/site.ts';

const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];

describe.skipIf(CHROMIUM === null)('alerts outside of their view, in Chromium (skipped without Chromium)', () => {
  let browser: Browser;
  let site: TestSite;
  const now = Date.now();
  const plain = boardOf(400, now);
  const day = badDay(plain);
  const calm = { ...day.board, alerts: NO_ALERTS };
  const incident = (id: string): Incident => {
    const found = day.board.alerts.incidents.find((one) => one.id === id);
    if (found === undefined) throw new Error(id);
    return found;
  };
  const answer: Answer = (name, args) =>
    name === 'lanes'
      ? { ok: true, value: tracksOf((args.keys ?? []) as never, plain.rows, now) }
      : alertHost(day)(name, args);

  beforeAll(async () => {
    mkdirSync(SHOTS, { recursive: true });
    [browser, site] = await Promise.all([launch(), serveSite()]);
  });
  afterAll(async () => {
    await browser?.close();
    await site?.close();
  });

  async function show(options: Partial<Parameters<typeof stage>[2]> = {}): Promise<StagedPage> {
    const staged = await stage(browser, site.origin, { first: day.board, answer, ...options });
    await staged.page.waitForSelector('header');
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

  it.each([
    ['dark', 1920, 1080],
    ['dark', 1280, 800],
    ['light', 1280, 800],
  ] as const)(
    'shows causes on the board, the badge and what nobody was told: %s %ix%i',
    async (scheme, width, height) => {
      const staged = await show({ colorScheme: scheme, viewport: { width, height } });
      const { page } = staged;
      const causes = page.getByRole('region', { name: 'Current causes' });
      await causes.getByText('12 of 12 tunnels to 162.159.66.41').waitFor();
      await page.locator('.strip path.good').first().waitFor();
      await page.screenshot({ path: join(SHOTS, `alerts-board-${scheme}-${width}.png`) });
      expect(await causes.getByRole('listitem').count()).toBe(3);
      expect(await causes.innerText()).toContain('and 3 more');
      expect(await page.getByRole('link', { name: /^Alerts/ }).innerText()).toContain('5');
      expect(
        await page.getByRole('link', { name: /5 alerts are waiting for somebody, the worst is critical/ }).count(),
      ).toBe(1);
      expect(await page.title()).toBe('(5) 3 down · Tunnelwatch');
      expect(await page.locator('link[rel="icon"]').getAttribute('href')).toContain('ffc53d');
      await page.getByText('2 notifications could not be delivered').waitFor();
      expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0);
      if (scheme === 'light') await axe(page);
      await causes.getByRole('link').nth(1).click();
      await page.waitForFunction(() => location.hash === '#/alerts/i-12');
      await done(staged);
    },
  );

  it('shows no strip, no badge and no banner where nothing is wrong', async () => {
    const staged = await show({ first: calm });
    const { page } = staged;
    await page.locator('tbody tr').first().waitFor();
    expect(await page.getByRole('region', { name: 'Current causes' }).count()).toBe(0);
    expect(await page.title()).toBe('3 down · Tunnelwatch');
    expect(await page.getByText('could not be delivered').count()).toBe(0);
    await done(staged);
  });

  it('shows on the page of a tunnel the incidents that it is part of', async () => {
    const row = day.board.rows[1];
    if (row === undefined) throw new Error('no row');
    const [account, id] = row.key.split('/');
    const tunnel = {
      key: row.key,
      accountId: row.accountId,
      id: row.id,
      name: row.name,
      description: null,
      cloudflareEndpoint: row.cloudflareEndpoint,
      customerEndpoint: row.customerEndpoint,
      interfaceAddress: '10.0.0.0/31',
      interfaceAddress6: null,
      allowNullCipher: null,
      automaticReturnRouting: false,
      replayProtection: false,
      bgp: null,
      bgpStatus: null,
      fqdnId: null,
      healthCheck: null,
      pskGeneratedAt: null,
      createdAt: null,
      modifiedAt: null,
    };
    const host: Answer = (name, args) =>
      name === 'tunnel' ? { ok: true, value: { row, tunnel, colos: [], findings: [] } } : answer(name, args);
    const staged = await show({
      hash: `#/tunnel/${account}/${id}`,
      answer: host,
      viewport: { width: 1280, height: 800 },
    });
    const { page } = staged;
    const open = page.getByRole('region', { name: 'Open alerts of this tunnel' });
    await open.getByText('Ashburn').first().waitFor();
    await page.screenshot({ path: join(SHOTS, 'alerts-tunnel-dark-1280.png') });
    await staged.say(
      alertsDelta(day.board, { incidents: [{ ...incident('i-11'), phase: 'resolved', resolvedAt: now }] }),
    );
    await open.waitFor({ state: 'detached' });
    await done(staged);
  });

  /** A page whose audio is written down instead of played. */
  async function listening(page: Page): Promise<() => Promise<readonly number[]>> {
    await page.addInitScript(() => {
      const heard: number[] = [];
      // What the test does through the debugger counts as an act of the reader; here only a click does.
      let active = false;
      addEventListener('pointerdown', () => (active = true), true);
      Object.defineProperty(navigator, 'userActivation', { get: () => ({ hasBeenActive: active }) });
      const parameter = { value: 0, setValueAtTime: () => {}, linearRampToValueAtTime: () => {} };
      class Recorder {
        readonly currentTime = 0;
        readonly state = 'running';
        readonly destination = {};
        createOscillator() {
          const frequency = { value: 0 };
          return {
            type: '',
            frequency,
            connect: (next: unknown) => next,
            start: () => heard.push(frequency.value),
            stop: () => {},
          };
        }
        createGain() {
          return { gain: parameter, connect: (next: unknown) => next };
        }
      }
      Object.assign(window, { AudioContext: Recorder, heard });
    });
    await page.reload();
    await page.waitForSelector('header');
    return () => page.evaluate(() => Reflect.get(window, 'heard'));
  }

  it('asks for a click, then sounds once for a new incident, says why, and can be muted for good', async () => {
    const staged = await show({ first: calm });
    const { page, say } = staged;
    const heard = await listening(page);
    await page.getByRole('button', { name: 'Click to allow sounds' }).waitFor();
    await say(alertsDelta(day.board, { incidents: [incident('i-11')] }));
    await page.locator('[role="alert"]', { hasText: 'Warning: ' }).waitFor({ state: 'attached' });
    expect(await heard()).toEqual([]);

    await page.mouse.click(700, 20);
    await page.getByRole('button', { name: 'Sound', exact: true }).waitFor();
    await say(alertsDelta(day.board, { incidents: [incident('i-12')] }));
    await expect.poll(heard).toHaveLength(6);
    await say(alertsDelta(day.board, { incidents: [{ ...incident('i-12'), tunnels: 13 }] }));
    await page.locator('[role="alert"]', { hasText: 'Critical: 12 of 12 tunnels' }).waitFor({ state: 'attached' });
    expect(await heard()).toHaveLength(6);
    expect(await page.locator('.causes .rung').innerText()).toContain('12 of 12');

    await page.getByRole('button', { name: 'Sound', exact: true }).click();
    await page.getByRole('dialog', { name: 'Sounds of alerts' }).waitFor();
    await page.screenshot({ path: join(SHOTS, 'alerts-sound-dark.png') });
    await axe(page);
    await page.getByRole('button', { name: 'Resolved' }).click();
    expect(await heard()).toHaveLength(9);
    await page.getByLabel('Play sounds').uncheck();
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: 'Muted' }).waitFor();
    await say(alertsDelta(day.board, { incidents: [incident('i-8')] }));
    await page.locator('[role="alert"]', { hasText: 'Critical: Globex' }).waitFor({ state: 'attached' });
    expect(await heard()).toHaveLength(9);
    await page.reload();
    await page.getByRole('button', { name: 'Muted' }).waitFor();
    await done(staged);
  });

  it('plays through the real audio of the browser without a complaint', async () => {
    const staged = await show({ first: calm });
    const { page, say } = staged;
    await page.mouse.click(700, 20);
    await page.getByRole('button', { name: 'Sound', exact: true }).waitFor();
    await say(alertsDelta(day.board, { incidents: [incident('i-12')] }));
    await page.locator('[role="alert"]', { hasText: 'Critical: ' }).waitFor({ state: 'attached' });
    await done(staged);
  });
});
