/** A night shift without a mouse: from the board to the tunnel that is down, its incident, a waiver, a key, the wall. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CHROMIUM, launch, stage } from '../renderer/harness/chromium.ts';
import { BUILT, serveSite, type TestSite } from '../renderer/harness/site.ts';
import { TUNNEL, worldIn } from './world.ts';

const BUILD = existsSync(join(BUILT, 'index.html'));
const why = CHROMIUM === null ? ' (skipped: no Chromium)' : BUILD ? '' : ' (skipped: no build; run npm run build)';

/** Presses Tab until the target has the focus. */
async function tabTo(page: Page, target: Locator): Promise<void> {
  await target.waitFor();
  for (let presses = 0; presses < 90; presses += 1) {
    if (await target.evaluate((node) => node === document.activeElement)) return;
    await page.keyboard.press('Tab');
  }
  throw new Error(`the keyboard does not reach ${target}`);
}
const at = (page: Page, hash: string) => page.waitForFunction((to) => location.hash.startsWith(to), hash);
async function chord(page: Page, key: string, hash: string): Promise<void> {
  await page.keyboard.press('g');
  await page.keyboard.press(key);
  await at(page, hash);
}

describe.skipIf(why !== '')(`by keyboard alone${why}`, () => {
  let browser: Browser;
  let site: TestSite;
  beforeAll(async () => {
    [browser, site] = await Promise.all([launch(), serveSite()]);
  });
  afterAll(async () => {
    await browser?.close();
    await site?.close();
  });
  async function open(hash: string) {
    const asked: string[] = [];
    const world = worldIn('down');
    const staged = await stage(browser, site.origin, {
      first: world.board,
      hash,
      viewport: { width: 1280, height: 800 },
      answer: (name, args) => {
        asked.push(`${name} ${JSON.stringify(args)}`);
        return world.answer(name, args);
      },
    });
    return { ...staged, asked };
  }

  it('finds what is down, opens it, acknowledges its incident, waives a finding, and stands before a new key', async () => {
    const { page, asked, complaints } = await open('#/board');
    await page.locator('tbody tr').first().waitFor();
    await page.keyboard.press('j');
    await page.keyboard.press('Enter');
    await at(page, '#/tunnel/');
    await page.getByRole('heading', { level: 1, name: /-edge-/ }).waitFor();

    await chord(page, 'a', '#/alerts');
    await page.locator('[data-incident]').first().waitFor();
    await page.keyboard.press('j');
    await page.keyboard.press('a');
    const dialog = page.getByRole('dialog');
    await dialog.waitFor();
    await tabTo(page, dialog.getByLabel('Who'));
    await page.keyboard.type('Ada');
    await page.keyboard.press('Enter');
    await expect.poll(() => asked.find((one) => one.startsWith('acknowledge '))).toContain('"by":"Ada"');
    await dialog.waitFor({ state: 'detached' });

    await chord(page, 'f', '#/findings');
    await page.locator('main mark').first().waitFor();
    await page.keyboard.press('w');
    await dialog.waitFor();
    await tabTo(page, dialog.getByLabel('Reason'));
    await page.keyboard.type('Rebuilt with change 4711');
    await tabTo(page, dialog.getByRole('button', { name: /^Waive/ }));
    await page.keyboard.press('Enter');
    await expect.poll(() => asked.find((one) => one.startsWith('waive '))).toContain('change 4711');
    await dialog.waitFor({ state: 'detached' });

    await page.evaluate((to) => (location.hash = to), `#/tunnel/${TUNNEL}`);
    await tabTo(page, page.getByRole('link', { name: 'Rotate key' }));
    await page.keyboard.press('Enter');
    await at(page, '#/rotation');
    await tabTo(page, page.getByLabel('Go on despite this'));
    await page.keyboard.press('Space');
    const act = page.getByRole('button', { name: 'Generate and set it' });
    await expect.poll(() => act.isEnabled()).toBe(true);
    await tabTo(page, act);
    // Nothing was changed on the way there.
    expect(asked.filter((one) => /^(rotationKey|confirm) /.test(one))).toEqual([]);
    expect(complaints).toEqual([]);
    await page.context().close();
  });

  it('leaves a dialog with Escape, and stands where it stood', async () => {
    const { page } = await open('#/alerts');
    const silence = page.locator('main').getByRole('button', { name: 'Silence', exact: false }).first();
    await tabTo(page, silence);
    await page.keyboard.press('Enter');
    await page.getByRole('dialog').waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    expect(await silence.evaluate((node) => node === document.activeElement)).toBe(true);
    await page.context().close();
  });

  it('chooses another view of the wall', async () => {
    const { page } = await open('#/wall');
    await page.locator('.tile').first().waitFor();
    await page.keyboard.press('v');
    const tiles = page.getByLabel('Tiles');
    await tabTo(page, tiles);
    await page.keyboard.press('ArrowDown');
    await expect.poll(() => page.url()).toMatch(/by=site/);
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'hidden' });
    await page.context().close();
  });
});
