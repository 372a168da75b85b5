import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launch } from '../renderer/harness/chromium.ts';
import { type Opened, open, rowOf, SILLY, shoot, WHY } from './browser.ts';
import { demo, type Host } from './host.ts';

describe.skipIf(WHY !== '')(`practice mode as a newcomer meets it${WHY}`, () => {
  let browser: Browser;
  let host: Host;
  let board: Opened;

  beforeAll(async () => {
    [browser, host] = await Promise.all([launch(), demo()]);
    board = await open(browser, host.url);
    await rowOf(board.page, 'ams1-tun-a').getByText('Healthy in').waitFor();
  });
  afterAll(async () => {
    await browser?.close();
    await host?.kill();
  });

  async function tunnel(name: string, range = ''): Promise<Opened> {
    // The list is a window of rows: a tunnel far down is found by its name.
    const search = board.page.getByRole('searchbox', { name: 'Search tunnels' });
    await search.fill(name);
    const hash = await rowOf(board.page, name).getByRole('link').getAttribute('href');
    await search.fill('');
    const opened = await open(browser, host.url, `${hash}${range}`);
    await opened.page.locator('canvas').first().waitFor();
    await opened.page.locator('li').first().waitFor();
    return opened;
  }
  async function done({ page, complaints }: Opened): Promise<void> {
    expect(await page.locator('body').innerText()).not.toMatch(SILLY);
    expect(complaints).toEqual([]);
    await page.context().close();
  }
  /** Moves over the timeline in small steps until a tip says what is wanted. */
  async function hover(page: Page, y: number, wanted: RegExp): Promise<string> {
    const box = await page.locator('.timeline').boundingBox();
    if (box === null) throw new Error('no timeline');
    for (let x = box.x + box.width - 9; x > box.x + 96; x -= 3) {
      await page.mouse.move(x, box.y + y);
      const tip = page.locator('.tip');
      if ((await tip.count()) === 0) continue;
      const text = (await tip.innerText({ timeout: 2_000 }).catch(() => '')).replace(/\n+/g, ' | ');
      if (wanted.test(text)) return text;
    }
    throw new Error(`nothing on the timeline says ${wanted}`);
  }

  it('shows thirty tunnels with a week behind them', async () => {
    const { page } = board;
    await page.getByText('Practice mode', { exact: true }).waitFor();
    await page.getByText(/^(29|30|31) tunnels$/).waitFor();
    const strips = page.locator('tbody tr svg.strip');
    await expect.poll(async () => (await strips.first().locator('path').count()) > 0).toBe(true);
    await shoot(page, 'demo-board', true);
    expect(await page.locator('body').innerText()).not.toMatch(SILLY);
    expect(board.complaints).toEqual([]);
  });

  it('tells the story of a tunnel: bars, marks and words agree', async () => {
    const opened = await tunnel('lhr1-tun-a', '?range=7d');
    const { page } = opened;
    // Health is the second lane: marks take 24 px, each lane 46.
    expect(await hover(page, 24 + 46 + 23, /Health: (down|\d+ changes)/)).toMatch(/UTC/);
    expect(await hover(page, 12, /Configuration changed/)).toMatch(
      /Configuration changed: replay protection from o(n to off|ff to on) \|.* UTC/,
    );
    await shoot(page, 'demo-tunnel-7d', true);
    await page.getByRole('button', { name: 'As table' }).click();
    await page.getByRole('columnheader', { name: 'Length' }).waitFor();
    await shoot(page, 'demo-tunnel-table');
    await done(opened);
  });

  it('says where the record begins, instead of leaving thirty days blank', async () => {
    const opened = await tunnel('ams1-tun-a', '?range=30d');
    const { page } = opened;
    const box = await page.locator('.timeline').boundingBox();
    await page.mouse.move((box?.x ?? 0) + 200, (box?.y ?? 0) + 24 + 23);
    expect(await page.locator('.tip').innerText()).toMatch(/^BGP: the record begins here\n.*UTC$/);
    await page.mouse.move(0, 0);
    await shoot(page, 'demo-tunnel-30d', true);
    await done(opened);
  });

  it('has a board of keys', async () => {
    const opened = await open(browser, host.url, '#/psk');
    await opened.page.locator('main li').first().waitFor();
    await shoot(opened.page, 'demo-psk', true);
    await done(opened);
  });

  it('helps with the keys', async () => {
    const opened = await open(browser, host.url);
    await rowOf(opened.page, 'ams1-tun-a').waitFor();
    await opened.page.keyboard.press('?');
    await opened.page.getByRole('dialog').waitFor();
    await shoot(opened.page, 'help');
    await done(opened);
  });
});
