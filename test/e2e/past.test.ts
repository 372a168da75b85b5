/** Travelling in time: what the board showed is what the record shows of that moment, and everything says that it is past. */
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launch } from '../renderer/harness/chromium.ts';
import { type Opened, open, rowOf, SILLY, shoot, WHY } from './browser.ts';
import { demo, type Host } from './host.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

/** Names with the word of their mark, of all rows in sight. */
function marks(page: Page): Promise<Readonly<Record<string, string>>> {
  return page
    .locator('tbody tr')
    .evaluateAll((rows) =>
      Object.fromEntries(
        rows.map((row) => [
          row.querySelector('a.name')?.textContent ?? '',
          row.querySelector('td svg')?.getAttribute('aria-label') ?? '',
        ]),
      ),
    );
}
const momentOf = async (page: Page): Promise<number> =>
  Date.parse((await page.locator('.past time').first().getAttribute('datetime')) ?? '');
/** The slider is there as soon as a moment is; the rows a little later. */
async function shown(page: Page): Promise<void> {
  await page.locator('.past tbody tr').first().waitFor();
}

describe.skipIf(WHY !== '')(`travelling in time${WHY}`, () => {
  let browser: Browser;
  let host: Host;
  /** One page stays on the present. */
  let live: Opened;

  beforeAll(async () => {
    [browser, host] = await Promise.all([launch(), demo(2)]);
    live = await open(browser, host.url);
    await rowOf(live.page, 'ams1-tun-a').getByText('Healthy in').waitFor();
  });
  afterAll(async () => {
    await browser?.close();
    await host?.kill();
  });

  async function visit(at: number, more = ''): Promise<Opened> {
    const opened = await open(browser, host.url, `#/board?at=${new Date(at).toISOString()}${more}`, {
      viewport: { width: 1280, height: 1600 },
    });
    await shown(opened.page);
    return opened;
  }
  async function done({ page, complaints }: Opened): Promise<void> {
    expect(await page.locator('body').innerText()).not.toMatch(SILLY);
    expect(complaints).toEqual([]);
    await page.context().close();
  }

  it('shows of a moment what the board showed then, in a page that opens its link', async () => {
    await live.page.setViewportSize({ width: 1280, height: 1600 });
    const then = await marks(live.page);
    const at = Date.now();
    expect(Object.keys(then).length).toBeGreaterThan(20);
    // The record must have gone on past the moment.
    await live.page.waitForTimeout(4_000);
    const opened = await visit(at);
    const { page } = opened;
    // Practice moves on: what changed in these very seconds may be on either side.
    await expect
      .poll(async () => Object.entries(await marks(page)).filter(([name, word]) => then[name] !== word).length)
      .toBeLessThanOrEqual(1);
    expect(await page.title()).toContain('Past: ');
    await page.getByRole('heading', { name: 'Past', exact: true }).waitFor();
    await done(opened);
  });

  it('says so everywhere, lets nobody act, and goes back to now with one key', async () => {
    const opened = await visit(Date.now() - 5 * HOUR, '&state=up');
    const { page } = opened;
    const some = await page.locator('tbody tr').count();
    expect(some).toBeGreaterThan(5);
    expect(Object.values(await marks(page)).every((word) => word === 'Up')).toBe(true);
    await page.getByText('nothing can be acknowledged, silenced or changed').waitFor();
    await page.locator('.past .present', { hasText: 'Now: ' }).waitFor();
    expect(await page.locator('tbody tr').first().innerText()).toMatch(/record$/);
    // Filters leave the moment alone.
    await page.getByRole('searchbox', { name: 'Search tunnels' }).fill('tun-a');
    await expect.poll(() => page.url()).toMatch(/at=.*q=tun-a|q=tun-a.*at=/);
    await page.getByRole('searchbox', { name: 'Search tunnels' }).blur();
    await page.keyboard.press('n');
    await expect.poll(() => page.url()).not.toContain('at=');
    expect(page.url()).toContain('q=tun-a');
    expect(await page.title()).not.toContain('Past');
    await done(opened);
  });

  it('steps from incident to incident and plays through one at 600 times its speed, by keys alone', async () => {
    const opened = await visit(Date.now() - 15 * MINUTE);
    const { page } = opened;
    await page.keyboard.press('i');
    const told = page.locator('.past .told');
    // Back to an incident of one tunnel that began after the record did.
    let name = '';
    for (let steps = 0; steps < 20 && name === ''; steps += 1) {
      const before = await momentOf(page);
      await page.keyboard.press(',');
      await expect.poll(() => momentOf(page)).toBeLessThan(before);
      name = /^Incident began: (\S+-tun-\S+?)(?:,|$)/.exec(await told.innerText())?.[1] ?? '';
    }
    expect(name).not.toBe('');
    const began = await momentOf(page);
    await shown(page);
    await expect.poll(async () => (await marks(page))[name]).toMatch(/Down|Degraded/);
    // A little before it began the tunnel was well.
    await page.getByRole('slider', { name: 'Moment' }).focus();
    for (let back = 0; back < 40 && (await momentOf(page)) > began - 20 * MINUTE; back += 1) {
      await page.keyboard.press('ArrowLeft');
    }
    await expect.poll(async () => (await marks(page))[name]).toMatch(/Up|Attention/);
    for (let faster = 0; faster < 4; faster += 1) await page.keyboard.press('+');
    await page.getByRole('button', { name: '600×', pressed: true }).waitFor();
    const seen: string[] = [];
    await page.keyboard.press(' ');
    await expect
      .poll(
        async () => {
          const word = (await marks(page))[name] ?? '';
          if (seen.at(-1) !== word) seen.push(word);
          return /Down|Degraded/.test(seen.join()) && /Up|Attention/.test(word);
        },
        { interval: 50 },
      )
      .toBe(true);
    await page.keyboard.press(' ');
    const stopped = await momentOf(page);
    expect(stopped).toBeGreaterThan(began);
    await page.waitForTimeout(400);
    expect(await momentOf(page)).toBe(stopped);
    // The address says where it stopped.
    await expect.poll(() => page.url()).toContain(`at=${encodeURIComponent(new Date(stopped).toISOString())}`);
    await shoot(page, 'past-board', true);
    await done(opened);
  });

  it('says where the record begins', async () => {
    const opened = await open(browser, host.url, '#/board?at=2020-01-01T00:00:00Z');
    const { page } = opened;
    await page.getByRole('heading', { name: 'Before the record begins' }).waitFor();
    await page.getByRole('button', { name: 'Show the beginning' }).click();
    await shown(page);
    await done(opened);
  });

  it('is on the wall as well, with its watermark', async () => {
    const at = Date.now() - 3 * HOUR;
    const opened = await open(browser, host.url, `wall?at=${new Date(at).toISOString()}`);
    const { page } = opened;
    await page.locator('.past .tile').first().waitFor();
    expect(await page.locator('.watermark').getAttribute('data-word')).toMatch(/past/i);
    expect(await page.title()).toContain('Past: ');
    await shoot(page, 'past-wall');
    await page.keyboard.press('n');
    await expect.poll(() => page.url()).not.toContain('at=');
    await expect.poll(() => page.locator('.watermark').count()).toBe(0);
    await page.keyboard.press('t');
    await page.locator('.past .tile').first().waitFor();
    await expect.poll(() => page.url()).toContain('at=');
    await done(opened);
  });

  it('opens from an incident at the moment when it began', async () => {
    const { page } = live;
    await page.goto(`${host.url}/#/alerts`);
    const link = page.getByRole('link', { name: /^Show then/ });
    await link.waitFor();
    await link.click();
    await shown(page);
    expect(page.url()).toContain('#/board?at=');
    // Underneath the present goes on, and is there at once.
    await page.keyboard.press('n');
    await rowOf(page, 'ams1-tun-a').getByText('Healthy in').waitFor();
    expect(live.complaints).toEqual([]);
  });
});
