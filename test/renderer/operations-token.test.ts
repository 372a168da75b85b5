/** The write token in the settings: none at first, kept apart, gone again; unlocking with an end. */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { AxeBuilder } from '@axe-core/playwright';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { WritingStatus } from '../../src/shared/operations.ts';
import { ACME, boardOf } from './harness/board.ts';
import { CHROMIUM, launch, stage } from './harness/chromium.ts';
import { deskOf, settingsHost } from './harness/settings.ts';
import { SHOTS, serveSite, type TestSite } from './harness/site.ts';
import { NOW } from './tunnel-fixture.ts';

const TOKEN = 'write-canary-5fTq8Zx1';
const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];

describe.skipIf(CHROMIUM === null)('the write token in Chromium (skipped without Chromium)', () => {
  let browser: Browser;
  let site: TestSite;
  beforeAll(async () => {
    mkdirSync(SHOTS, { recursive: true });
    [browser, site] = await Promise.all([launch(), serveSite()]);
  });
  afterAll(async () => {
    await browser.close();
    await site.close();
  });

  it('is none at first, goes in once, opens the account for a while, and goes out again', async () => {
    let status: WritingStatus = { accountId: ACME, account: 'Acme', token: 'none', problem: null, unlockedUntil: null };
    const asked: string[] = [];
    const host = settingsHost(deskOf(), (name, args) => {
      asked.push(`${name} ${JSON.stringify(args)}`);
      switch (name) {
        case 'writing':
          return { ok: true, value: [status] };
        case 'setWriteToken':
          status = { ...status, token: 'keychain' };
          return { ok: true, value: { done: true, sentence: 'The token can write; it is kept.' } };
        case 'removeWriteToken':
          status = { ...status, token: 'none', unlockedUntil: null };
          return { ok: true, value: { done: true, sentence: 'The token is gone.' } };
        case 'unlock':
          status = { ...status, unlockedUntil: NOW + Number(args.forMs) };
          return { ok: true, value: status };
        case 'lock':
          status = { ...status, unlockedUntil: null };
          return { ok: true, value: status };
        default:
          return { ok: true, value: [] };
      }
    });
    const first = boardOf(20, NOW);
    const { page, complaints } = await stage(browser, site.origin, { first, hash: '#/settings', answer: host });
    await page.getByText(/Tunnelwatch can change nothing in this account/).waitFor();
    await page.getByRole('button', { name: /^Add a write token for/ }).click();
    const form = page.getByRole('form', { name: /^Add a write token for/ });
    await form.getByLabel('Write token').fill(TOKEN);
    await form.getByLabel('Who').fill('Ada');
    await page.screenshot({ path: join(SHOTS, 'operations-token-dark-1920.png') });
    await form.getByRole('button', { name: 'Check and keep' }).click();
    await page.getByText('The token can write; it is kept.').waitFor();
    expect(asked.filter((one) => one.includes(TOKEN)).map((one) => one.split(' ')[0])).toEqual(['setWriteToken']);
    const held = await page.evaluate(() => JSON.stringify([document.body.outerHTML, { ...localStorage }]));
    expect(held).not.toContain(TOKEN);

    await page.getByLabel('For', { exact: true }).selectOption({ label: '30 minutes' });
    await page.getByRole('button', { name: 'Unlock', exact: true }).click();
    await page.getByText(/can be changed for another (29|30) min/).waitFor();
    expect(asked.some((one) => one.startsWith('unlock') && one.includes('"forMs":1800000'))).toBe(true);
    await page.emulateMedia({ colorScheme: 'light' });
    await page.setViewportSize({ width: 1280, height: 800 });
    await page.screenshot({ path: join(SHOTS, 'operations-token-light-1280.png') });
    expect((await new AxeBuilder({ page }).withTags(TAGS).setLegacyMode().analyze()).violations).toEqual([]);

    await page.getByRole('region', { name: 'Accounts that can be changed' }).getByRole('button').click();
    await expect.poll(() => page.getByText(/can be changed for another/).count()).toBe(0);
    await page.getByRole('button', { name: /^Remove the write token of/ }).click();
    await page.getByText('The token is gone.').waitFor();
    await page.getByText(/Tunnelwatch can change nothing in this account/).waitFor();
    expect(complaints).toEqual([]);
    await page.context().close();
  });
});
