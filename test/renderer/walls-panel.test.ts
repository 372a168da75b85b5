/** Remote control of walls, from a desk: what each shows, what it is told, and who took a cause. */
import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { AxeBuilder } from '@axe-core/playwright';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { WallPresence } from '../../src/shared/walls.ts';
import { badDay } from './harness/alerts.ts';
import { boardOf } from './harness/board.ts';
import { CHROMIUM, launch, type StagedPage, stage } from './harness/chromium.ts';
import { deskOf, settingsHost } from './harness/settings.ts';
import { BUILT, SHOTS, serveSite, type TestSite } from './harness/site.ts';

const BUILD = existsSync(join(BUILT, 'index.html'));
const why = CHROMIUM === null ? ' (skipped: no Chromium)' : BUILD ? '' : ' (skipped: no build; run npm run build)';
const FOLDER = join(SHOTS, 'wall');

describe.skipIf(why !== '')(`walls from a desk${why}`, () => {
  let browser: Browser;
  let site: TestSite;
  beforeAll(async () => {
    mkdirSync(FOLDER, { recursive: true });
    [browser, site] = await Promise.all([launch(), serveSite()]);
  });
  afterAll(async () => {
    await browser?.close();
    await site?.close();
  });

  const now = Date.now();
  const board = { ...boardOf(60, now), alerts: badDay(boardOf(1000, now)).board.alerts };
  const noc: WallPresence = { name: 'NOC', view: 'by=site', muted: false, audible: true, seenAt: now - 12_000 };
  const lobby: WallPresence = { name: 'Lobby', view: '', muted: true, audible: false, seenAt: now - 20_000 };

  /** The part of the settings, over a host with these walls; what it is asked is noted. */
  async function panel(walls: WallPresence[], there = true): Promise<StagedPage & { asked: unknown[] }> {
    const asked: unknown[] = [];
    const settings = settingsHost(deskOf());
    const staged = await stage(browser, site.origin, {
      first: board,
      hash: '#/settings?section=walls',
      viewport: { width: 1280, height: 800 },
      answer: (name, args) => {
        if (name === 'walls') return { ok: true, value: walls };
        if (name !== 'commandWall' && name !== 'acknowledge') return settings(name, args);
        asked.push(name === 'commandWall' ? args : { ...args, name });
        return { ok: true, value: name === 'commandWall' ? there : args.ids };
      },
    });
    await staged.page.getByRole('heading', { name: 'Walls', exact: true }).waitFor();
    return { ...staged, asked };
  }
  const done = async ({ page, complaints }: StagedPage): Promise<void> => {
    expect(complaints).toEqual([]);
    await page.context().close();
  };

  it('switches the view, mutes, and loads a wall anew, each by its name', async () => {
    const staged = await panel([noc, lobby]);
    const { page, asked } = staged;
    const row = (name: string) => page.getByRole('listitem').filter({ has: page.getByRole('heading', { name }) });
    await expect.poll(() => row('NOC').textContent()).toMatch(/heard of .+ · sound on/);
    expect(await row('Lobby').textContent()).toMatch(/muted.*All tunnels/s);
    await page.screenshot({ path: join(FOLDER, 'panel.png') });

    await row('NOC').getByRole('button', { name: 'Mute', exact: true }).click();
    await expect.poll(() => asked.at(-1)).toEqual({ wall: 'NOC', command: { what: 'mute', muted: true } });
    await expect.poll(() => page.getByText('NOC was told.').count()).toBe(1);
    await row('Lobby').getByRole('button', { name: 'Sound on' }).click();
    await expect.poll(() => asked.at(-1)).toEqual({ wall: 'Lobby', command: { what: 'mute', muted: false } });
    await row('Lobby').getByRole('button', { name: 'Reload' }).click();
    await expect.poll(() => asked.at(-1)).toEqual({ wall: 'Lobby', command: { what: 'reload' } });

    await row('NOC').getByRole('button', { name: 'Change the view' }).click();
    expect(await page.getByLabel('Tiles').inputValue()).toBe('site');
    await page.getByLabel('Account').selectOption('Acme');
    const { violations } = await new AxeBuilder({ page })
      .withTags(['wcag2a', 'wcag2aa', 'wcag22aa'])
      .setLegacyMode()
      .analyze();
    expect(violations.map(({ id, nodes }) => [id, nodes[0]?.html])).toEqual([]);
    await page.screenshot({ path: join(FOLDER, 'panel-view.png') });
    await page.getByRole('button', { name: 'Show it there' }).click();
    await expect
      .poll(() => asked.at(-1))
      .toEqual({ wall: 'NOC', command: { what: 'view', view: 'account=Acme&by=site' } });
    expect(asked).toHaveLength(4);
    await done(staged);
  });

  it('takes a cause for all walls', async () => {
    const staged = await panel([noc]);
    const { page, asked } = staged;
    await page.getByRole('button', { name: 'Acknowledge', exact: true }).first().click();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('textbox').first().fill('Kim');
    await page.keyboard.press('Enter');
    await expect.poll(() => asked.at(-1)).toMatchObject({ name: 'acknowledge', by: 'Kim', ids: [expect.any(String)] });
    await expect.poll(() => dialog.count()).toBe(0);
    await done(staged);
  });

  it('says that a wall has gone, and how one is made where there is none', async () => {
    const walls = [noc];
    const staged = await panel(walls, false);
    const { page } = staged;
    const reload = page.getByRole('button', { name: 'Reload' });
    await reload.waitFor();
    walls.splice(0);
    await reload.click();
    await expect.poll(() => page.getByText('NOC is not there any more.').count()).toBe(1);
    await expect.poll(() => page.getByText('No wall has been heard of within the last two minutes.').count()).toBe(1);
    expect(await page.getByText('Open /wall?name=NOC on a screen: it appears here.').count()).toBe(1);
    await done(staged);
  });
});
