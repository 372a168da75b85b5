/** Rows 24 to 26 of the fault matrix, for a wall: it sleeps, its server dies, its page hangs. And its token, in a browser. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { type BridgeHost, createBridgeHost } from '../../src/engine/bridge/host.ts';
import { systemClock } from '../../src/engine/clock.ts';
import { type HeadlessServer, startServer } from '../../src/headless/server.ts';
import { readStaticFiles, type StaticFile, staticFile } from '../../src/headless/static-files.ts';
import { fakeEngine } from '../fakes/engine.ts';
import { CHROMIUM, launch, PATIENCE_MS } from '../renderer/harness/chromium.ts';
import { BUILT } from '../renderer/harness/site.ts';

const BUILD = existsSync(join(BUILT, 'index.html'));
const why = CHROMIUM === null ? ' (skipped: no Chromium)' : BUILD ? '' : ' (skipped: no build; run npm run build)';
const WALL = 'the-wall-token-of-this-host';

interface Up {
  readonly host: BridgeHost;
  readonly server: HeadlessServer;
  down(): Promise<void>;
}

describe.skipIf(why !== '')(`a wall that nobody sits at${why}`, () => {
  let browser: Browser;
  let files: ReadonlyMap<string, StaticFile>;
  const open: Up[] = [];
  beforeAll(async () => {
    [browser, files] = await Promise.all([launch(), readStaticFiles(BUILT)]);
  });
  afterEach(async () => {
    for (const one of open.splice(0)) await one.down();
  });
  afterAll(async () => {
    await browser?.close();
  });

  /** A host on a port; another one on the port of `like` is that host, started again. */
  async function up(like?: Up, served = files): Promise<Up> {
    const host = createBridgeHost({
      engine: fakeEngine(),
      clock: systemClock(),
      startPractice: null,
      onBug: () => undefined,
    });
    const port = like === undefined ? 0 : Number(new URL(like.server.url).port);
    const listen = { host: '127.0.0.1', port };
    const token = 'the-access-token-of-this-host';
    const server = await startServer({
      host,
      clock: systemClock(),
      listen,
      token,
      wallToken: WALL,
      names: [],
      files: served,
    });
    let over = false;
    const one: Up = {
      host,
      server,
      async down() {
        if (over) return;
        over = true;
        await server.close();
        await host.stop();
      },
    };
    open.push(one);
    return one;
  }

  /** A wall that was given its token, on a clock that the test can wind on. */
  async function hang({ server }: Up): Promise<Page> {
    const context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
    context.setDefaultTimeout(PATIENCE_MS);
    const page = await context.newPage();
    await page.clock.install();
    await page.goto(`${server.url}/wall?rotate=30#token=${WALL}`);
    await page.waitForSelector('.tile');
    return page;
  }
  const greens = (page: Page): Promise<number> => page.locator('.wall svg.mark:is(.up, .attention):not(.old)').count();
  const shout = (page: Page): Promise<string | null> =>
    page
      .locator('.shout .big')
      .textContent({ timeout: 1_000 })
      .catch(() => null);

  it('hands its token over once, forgets it, and keeps a cookie for more than a year', async () => {
    const page = await hang(await up());
    expect(page.url()).toMatch(/\/wall\?rotate=30$/);
    expect(await page.evaluate(() => document.cookie)).toBe('');
    const [cookie, ...others] = await page.context().cookies();
    expect(others).toEqual([]);
    expect(cookie).toMatchObject({ name: 'tunnelwatch-wall', httpOnly: true, sameSite: 'Strict' });
    expect(cookie?.value).not.toContain(WALL);
    expect((cookie?.expires ?? 0) - Date.now() / 1000).toBeGreaterThan(390 * 24 * 3600);
    // Opened again with the token in its address, as a kiosk does each morning.
    await page.goto(`${page.url()}&by=site#token=${WALL}`);
    await page.waitForSelector('.tile');
    expect(page.url()).toMatch(/\/wall\?rotate=30&by=site$/);
    const answer = await page.evaluate(() =>
      fetch('/api/settings', { method: 'POST', body: '{}', headers: { 'content-type': 'application/json' } }).then(
        ({ status }) => status,
      ),
    );
    expect(answer).toBe(403);
    await page.context().close();
  });

  it('says within 45 s that its host is gone, shows no green meanwhile, and goes on by itself when it is back', async () => {
    const first = await up();
    const page = await hang(first);
    expect(await greens(page)).toBeGreaterThan(0);
    await page.evaluate(() => Reflect.set(window, '__same', true));
    await first.down();
    await page.clock.runFor(45_000);
    expect(await shout(page)).toMatch(/^NO HOST SINCE \d\d:\d\d$/);
    expect(await greens(page)).toBe(0);
    await up(first);
    await expect
      .poll(async () => {
        await page.clock.runFor(5_000);
        return greens(page);
      })
      .toBeGreaterThan(0);
    expect(await shout(page)).toBeNull();
    // The same page all the while: nothing was loaded anew.
    expect(await page.evaluate(() => Reflect.get(window, '__same'))).toBe(true);
    await page.context().close();
  });

  it('takes the page of a newer host, once that can be had', async () => {
    const first = await up();
    const page = await hang(first);
    await page.evaluate(() => Reflect.set(window, '__old', true));
    await first.down();
    const html = files.get('/')?.body.toString() ?? '';
    const [, script = ''] = /src="\.(\/assets\/[^"]+\.js)"/.exec(html) ?? [];
    const body = files.get(script)?.body ?? Buffer.from('');
    const newer = new Map(files);
    newer.set('/assets/newer-Ab3dEf9h.js', await staticFile('/assets/newer-Ab3dEf9h.js', body));
    newer.set(
      '/',
      await staticFile('/index.html', Buffer.from(html.replace(`.${script}`, './assets/newer-Ab3dEf9h.js'))),
    );
    await up(first, newer);
    await expect
      .poll(async () => {
        await page.clock.runFor(10_000).catch(() => undefined);
        return page.evaluate(() => Reflect.get(window, '__old') ?? null).catch(() => true);
      })
      .toBeNull();
    await page.waitForSelector('.tile');
    expect(await page.locator('script[src*="newer"]').count()).toBe(1);
    await page.context().close();
  });

  it('loads itself again when its picture stands still', async () => {
    const page = await hang(await up());
    await page.evaluate(() => {
      Reflect.set(window, '__old', true);
      // What a fault in the drawing leaves behind: timers go on, the picture does not.
      document.querySelector('.face')?.removeAttribute('data-drawn');
      document.querySelector('.face')?.remove();
    });
    await expect
      .poll(async () => {
        await page.clock.runFor(10_000).catch(() => undefined);
        return page.evaluate(() => Reflect.get(window, '__old') ?? null).catch(() => true);
      })
      .toBeNull();
    await page.waitForSelector('.tile');
    await page.context().close();
  });

  it('knows after a sleep that what it shows is old, and asks again', async () => {
    const page = await hang(await up());
    await page.clock.fastForward(8 * 3_600_000);
    await expect
      .poll(async () => {
        await page.clock.runFor(1_000);
        return (await shout(page)) === null && (await greens(page)) > 0;
      })
      .toBe(true);
    expect(await page.locator('.age').textContent()).toMatch(/Data \d+ s old/);
    await page.context().close();
  });
});
