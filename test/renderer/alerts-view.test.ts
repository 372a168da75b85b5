/** The alerts view in a real browser: the inbox, what people do in it, silences, sinks, rules. */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { AxeBuilder } from '@axe-core/playwright';
import type { Browser, Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { NO_ALERTS } from '../../src/shared/alerts.ts';
import { type Asked, alertHost, alertsDelta, badDay } from './harness/alerts.ts';
import { boardOf } from './harness/board.ts';
import { type Answer, CHROMIUM, launch, type StagedPage, stage } from './harness/chromium.ts';
import { SHOTS, serveSite, type TestSite } from './harness/site.ts';

const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];
/** What no reader should see: values that are missing, raw names, wrong plurals. */
const RAW = /undefined|null|NaN|\[object|cloudflare-endpoint|\b1 (alerts|incidents|tunnels|attempts)/;

describe.skipIf(CHROMIUM === null)('the alerts view in Chromium (skipped without Chromium)', () => {
  let browser: Browser;
  let site: TestSite;
  const now = Date.now();
  const day = badDay(boardOf(1000, now));

  beforeAll(async () => {
    mkdirSync(SHOTS, { recursive: true });
    [browser, site] = await Promise.all([launch(), serveSite()]);
  });
  afterAll(async () => {
    await browser?.close();
    await site?.close();
  });

  async function show(
    hash = '#/alerts',
    options: Partial<Parameters<typeof stage>[2]> = {},
    answer: Answer = alertHost(day),
  ): Promise<StagedPage> {
    const staged = await stage(browser, site.origin, { first: day.board, hash, answer, ...options });
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
  const list = (page: Page): Locator => page.getByRole('region', { name: 'Incidents' });
  const pane = (page: Page): Locator => page.getByRole('region', { name: 'The incident' });
  const item = (page: Page, id: string): Locator => page.locator(`[data-incident="${id}"]`);
  const order = (page: Page): Promise<string[]> =>
    page.locator('[data-incident]').evaluateAll((items) => items.map((one) => one.getAttribute('data-incident') ?? ''));

  const VIEWS = [
    ['inbox', '#/alerts', 'Evidence'],
    ['half-a-pair', '#/alerts/i-11', 'It came back 2 times'],
    ['acknowledged', '#/alerts/i-9', 'Rotation is planned'],
    ['resolved', '#/alerts/i-5', 'Notifications'],
    ['silences', '#/alerts?show=silences', 'Maintenance windows'],
    ['delivery', '#/alerts?show=delivery', 'Delivery log'],
    ['rules', '#/alerts?show=rules', 'What it looks at'],
  ] as const;
  it.each(
    VIEWS.flatMap(([name, hash, words]) =>
      (['dark', 'light'] as const).map((scheme) => [name, scheme, hash, words] as const),
    ),
  )('passes axe and is photographed: %s, %s', async (name, colorScheme, hash, words) => {
    const staged = await show(hash, { colorScheme });
    const { page } = staged;
    await page.getByText(words).first().waitFor();
    for (const [width, height] of [
      [1920, 1080],
      [1280, 800],
    ] as const) {
      await page.setViewportSize({ width, height });
      await page.screenshot({ path: join(SHOTS, `alerts-${name}-${colorScheme}-${width}.png`) });
      expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0);
    }
    await axe(page);
    expect(await page.locator('main').innerText()).not.toMatch(RAW);
    await done(staged);
  });

  it('puts what is new first, then the worst, and says what became of each', async () => {
    const staged = await show();
    const { page } = staged;
    await item(page, 'i-12').waitFor();
    expect(await order(page)).toEqual(['i-8', 'i-12', 'i-11', 'i-10', 'i-6', 'i-9', 'i-7', 'i-5', 'i-4']);
    const text = await list(page).innerText();
    for (const words of [
      'Firing 5',
      '12 of 12 tunnels to 162.159.66.41',
      'All other endpoints are fine.',
      'Not delivered yet',
      'Acknowledged by Ana Kovač 2 h ago',
      'Silenced: Jo, Line work until the evening',
      'Resolved, last 24 h 2',
    ]) {
      expect(text).toContain(words);
    }
    expect(await item(page, 'i-12').getByText('New').count()).toBe(1);
    expect(await item(page, 'i-10').getByText('New').count()).toBe(0);
    await done(staged);
  });

  it('shows evidence, what to check, members, timeline and deliveries of the one that is linked', async () => {
    const staged = await show('#/alerts/i-12');
    const { page } = staged;
    await pane(page).getByText('Notifications').waitFor();
    const text = await pane(page).innerText();
    for (const words of [
      'What to check next',
      'The session stands at Active.',
      'BGP session down · 12',
      'Health checks fail · 12',
      'Changed shortly before',
      '24 alerts',
      'Escalat',
      'Not delivered after 5 attempts, next try in 2 min',
      'events.pagerduty.com answered 403',
    ]) {
      expect(text).toContain(words);
    }
    expect(await pane(page).locator('details').first().locator('li').count()).toBe(8);
    await pane(page).getByRole('button', { name: 'Show all 12' }).first().click();
    expect(await pane(page).locator('details').first().locator('li').count()).toBe(12);
    await pane(page).locator('details a').first().click();
    await page.waitForFunction(() => location.hash.startsWith('#/tunnel/'));
    await done(staged);
  });

  it('works by keyboard: select, acknowledge, take back, silence, open', async () => {
    const asked: Asked = [];
    const staged = await show('#/board', {}, alertHost(day, asked));
    const { page } = staged;
    await page.locator('tbody tr').first().waitFor();
    await expect
      .poll(async () => {
        await page.keyboard.press('g');
        await page.keyboard.press('a');
        return page.evaluate(() => location.hash);
      })
      .toBe('#/alerts');
    await item(page, 'i-12').waitFor();
    await page.keyboard.press('j');
    await page.keyboard.press('j');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('k');
    await page.waitForFunction(() => location.hash === '#/alerts/i-12');
    await pane(page).getByRole('heading', { name: '12 of 12 tunnels' }).waitFor();

    await page.keyboard.press('a');
    const dialog = page.getByRole('dialog', { name: 'Acknowledge' });
    await dialog.getByLabel('Who').fill('Ana');
    await dialog.getByLabel('Comment').fill('Calling the carrier');
    await dialog.getByLabel('4 h').check();
    await page.screenshot({ path: join(SHOTS, 'alerts-acknowledge-dark.png') });
    await axe(page);
    await dialog.getByLabel('Comment').press('Enter');
    await dialog.waitFor({ state: 'detached' });
    const ack = asked.find(({ name }) => name === 'acknowledge')?.args;
    expect(ack).toMatchObject({ ids: ['i-12'], by: 'Ana', comment: 'Calling the carrier' });
    expect(Number(ack?.until) - now).toBeGreaterThan(4 * 3_600_000 - 1_000);

    const first = day.board.alerts.incidents[0];
    if (first === undefined) throw new Error('no incident');
    const acknowledgement = { by: 'Ana', at: now, comment: 'Calling the carrier', until: null };
    await staged.say(alertsDelta(day.board, { incidents: [{ ...first, fresh: false, acknowledgement }] }));
    await pane(page).getByText('Calling the carrier').waitFor();
    await page.keyboard.press('u');
    await expect
      .poll(() => asked.find(({ name }) => name === 'unacknowledge')?.args)
      .toEqual({
        ids: ['i-12'],
        by: 'Ana',
      });

    await page.keyboard.press('s');
    const silence = page.getByRole('dialog', { name: 'Silence' });
    expect(await silence.getByLabel('Who').inputValue()).toBe('Ana');
    await silence.getByText('12 alerts that are open now').waitFor();
    await silence.getByLabel('24 h').check();
    await page.screenshot({ path: join(SHOTS, 'alerts-silence-dark.png') });
    await axe(page);
    await silence.getByLabel('Comment').press('Enter');
    await silence.waitFor({ state: 'detached' });
    expect(asked.find(({ name }) => name === 'silence')?.args).toMatchObject({
      by: 'Ana',
      matchers: [
        { name: 'account', op: '=', value: 'Acme' },
        { name: 'cloudflareEndpoint', op: '=', value: '162.159.66.41' },
      ],
    });

    await page.keyboard.press('?');
    await page.getByRole('dialog').getByText('Take the acknowledgement back').waitFor();
    await page.screenshot({ path: join(SHOTS, 'alerts-help-dark.png') });
    await page.keyboard.press('Escape');
    await page.keyboard.press('o');
    await page.waitForFunction(() => location.hash.includes('endpoint=162.159.66.41'));
    await done(staged);
  });

  it('says what is wrong with a silence before it asks, and what the host refuses', async () => {
    const asked: Asked = [];
    const host = alertHost(day, asked);
    const refuse: Answer = (name, args) =>
      name === 'silence' ? { ok: false, error: { kind: 'failed', sentence: 'The disk is full.' } } : host(name, args);
    const staged = await show('#/alerts/i-10', {}, refuse);
    const { page } = staged;
    await pane(page).getByRole('button', { name: 'Silence' }).click();
    const dialog = page.getByRole('dialog', { name: 'Silence' });
    await dialog.getByText('The incident itself would still show').waitFor();
    await dialog.getByLabel('How').last().selectOption('matches');
    await dialog.getByLabel('Value').last().fill('gru-(');
    await dialog.getByText('This is not a regular expression.').waitFor();
    const previews = (): number => asked.filter(({ name }) => name === 'previewSilence').length;
    const before = previews();
    await dialog.getByRole('button', { name: 'Silence' }).click();
    expect(await dialog.getByRole('alert').innerText()).toBe('This is not a regular expression.');
    expect(previews()).toBe(before);
    await dialog.getByLabel('Value').last().fill('gru-.*');
    await expect.poll(previews).toBe(before + 1);
    await dialog.getByRole('button', { name: 'Silence' }).click();
    await dialog.getByText('Say who you are.').waitFor();
    await dialog.getByLabel('Who').fill('Ana');
    await dialog.getByLabel('Until a time').check();
    await dialog.getByLabel('Until a time').last().fill('2020-01-01T10:00');
    await dialog.getByRole('button', { name: 'Silence' }).click();
    await dialog.getByText('Choose a time that is still to come.').waitFor();
    await dialog.getByLabel('1 h').check();
    await dialog.getByRole('button', { name: 'Silence' }).click();
    await dialog.getByText('The disk is full.').waitFor();
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'detached' });
    await done(staged);
  });

  it('marks as seen what was shown for two seconds with the focus, and leaves it where it is', async () => {
    const asked: Asked = [];
    const staged = await show('#/alerts', {}, alertHost(day, asked));
    const { page } = staged;
    const seen = (): unknown[] =>
      asked.filter(({ name }) => name === 'markSeen').flatMap(({ args }) => args.ids as string[]);
    await item(page, 'i-12').waitFor();
    expect(seen()).toEqual([]);
    await expect.poll(() => new Set(seen())).toEqual(new Set(['i-8', 'i-12', 'i-11']));
    const before = await order(page);
    const looked = day.board.alerts.incidents.map((incident) => ({ ...incident, fresh: false }));
    await staged.say(alertsDelta(day.board, { incidents: looked }));
    await expect.poll(() => item(page, 'i-12').getByText('New').count()).toBe(0);
    expect(await order(page)).toEqual(before);
    await done(staged);
  });

  it('counts as seen what is opened by a link, and shows its place in the list', async () => {
    const asked: Asked = [];
    const many = day.board.alerts.incidents.flatMap((incident) =>
      incident.id === 'i-6'
        ? Array.from({ length: 30 }, (_, at) => ({ ...incident, id: `i-${60 + at}`, openedAt: incident.openedAt - at }))
        : [incident],
    );
    const incidents = many.map((incident) => ({ ...incident, fresh: incident.id === 'i-89' }));
    const crowded = { ...day.board, alerts: { ...day.board.alerts, incidents } };
    const staged = await show('#/alerts/i-85', { first: crowded }, alertHost({ ...day, board: crowded }, asked));
    const { page } = staged;
    await pane(page).getByText('Notifications').waitFor();
    const box = await item(page, 'i-85').boundingBox();
    expect(box?.y).toBeGreaterThan(100);
    expect(box?.y).toBeLessThan(1080);
    await page.evaluate(() => {
      location.hash = '#/alerts/i-89';
    });
    await expect.poll(() => asked.find(({ name }) => name === 'markSeen')?.args.ids).toEqual(['i-89']);
    await done(staged);
  });

  it('leaves new what a page without the focus shows', async () => {
    const asked: Asked = [];
    const staged = await show('#/board', {}, alertHost(day, asked));
    const { page } = staged;
    await page.evaluate(() => Object.defineProperty(document, 'hasFocus', { value: () => false }));
    await page.evaluate(() => {
      location.hash = '#/alerts';
    });
    await item(page, 'i-12').waitFor();
    await page.waitForTimeout(4_000);
    expect(asked.filter(({ name }) => name === 'markSeen')).toEqual([]);
    await done(staged);
  });

  it('pages through what is older, and says when that is all', async () => {
    const staged = await show();
    const { page } = staged;
    await page.getByRole('button', { name: 'Show older ones' }).click();
    await item(page, 'i-1').waitFor();
    expect((await order(page)).slice(-3)).toEqual(['i-3', 'i-2', 'i-1']);
    expect(await page.getByRole('button', { name: 'Show older ones' }).count()).toBe(0);
    await item(page, 'i-2').getByRole('link').click();
    await pane(page).getByText('Opened').waitFor();
    await done(staged);
  });

  it('is calm where nothing is wrong, and says so where an incident is not known', async () => {
    const calm = { ...day.board, alerts: NO_ALERTS };
    const staged = await show('#/alerts', { first: calm }, () => ({ ok: true, value: [] }));
    const { page } = staged;
    await page.getByText('Nothing needs you.').waitFor();
    await page.screenshot({ path: join(SHOTS, 'alerts-calm-dark.png') });
    await axe(page);
    expect(await page.title()).toBe('3 down · Alerts · Tunnelwatch');
    await done(staged);
    const lost = await show('#/alerts/i-99', { first: calm }, () => ({ ok: true, value: null }));
    await lost.page.getByText('This incident is not known').waitFor();
    await done(lost);
  });

  it('lists silences with their time left, ends one, and begins an old one again', async () => {
    const asked: Asked = [];
    const staged = await show('#/alerts?show=silences', {}, alertHost(day, asked));
    const { page } = staged;
    await page.getByText(/^ends .*\d\d:\d\d, in 1 h \d\d min/).waitFor();
    await page.getByText('Jo, 4 h ago').first().waitFor();
    await page.getByText('site matches Osaka.*').waitFor();
    await page.getByText('times of Europe/Berlin').waitFor();
    await page.getByRole('button', { name: 'End it now' }).first().click();
    await expect.poll(() => asked.find(({ name }) => name === 'expireSilence')?.args.id).toBe('s-2');
    await page.getByRole('button', { name: 'Silence again' }).click();
    expect(await page.getByRole('dialog').getByLabel('Value').inputValue()).toBe('psk-due');
    await page.keyboard.press('Escape');
    await done(staged);
  });

  it('tests a sink, tells its answer, and pages the delivery log', async () => {
    const staged = await show('#/alerts?show=delivery');
    const { page } = staged;
    await page
      .getByRole('row', { name: /netops/ })
      .first()
      .getByRole('button', { name: 'Send a test' })
      .click();
    await page
      .getByRole('row', { name: /netops/ })
      .first()
      .getByRole('status')
      .getByText('answered 200')
      .waitFor();
    const rows = page.getByRole('region', { name: 'Delivery log' }).locator('tbody tr');
    expect(await rows.count()).toBe(50);
    await page.getByRole('button', { name: 'Show older ones' }).click();
    await expect.poll(() => rows.count()).toBe(100);
    await page.getByLabel('Sink', { exact: true }).selectOption('mail');
    await expect.poll(() => rows.count()).toBe(1);
    await page.getByText('Held by quiet hours').waitFor();
    await done(staged);
  });
});
