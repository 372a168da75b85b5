/**
 * What takes its time: facts that grow old, hosts that die. The cases run side by side, each with a host of its own, so
 * that all of them together take as long as the longest.
 */
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, it } from 'vitest';
import { launch } from '../renderer/harness/chromium.ts';
import { greens, open, rowOf, SILLY, shoot, WHY, wordsOf } from './browser.ts';
import { type Cloudflare, cloudflare, firstRun, type Host, installation } from './host.ts';
import { FOUR_ACCOUNTS, ONE_OF_EACH } from './world.ts';

describe.skipIf(WHY !== '')(`with time${WHY}`, () => {
  let browser: Browser;
  const hosts: Host[] = [];
  const clouds: Cloudflare[] = [];

  beforeAll(async () => {
    browser = await launch();
  });
  afterAll(async () => {
    await browser?.close();
    for (const host of hosts) await host.kill();
    for (const cloud of clouds) await cloud.close();
  });
  async function up(starting: Promise<Host>): Promise<Host> {
    const host = await starting;
    hosts.push(host);
    return host;
  }
  async function sky(...of: Parameters<typeof cloudflare>): Promise<Cloudflare> {
    const cf = await cloudflare(...of);
    clouds.push(cf);
    return cf;
  }

  it.concurrent('shows what happens without a reload: a session goes down, somebody rotates a key', async ({
    expect,
  }) => {
    const cf = await sky(ONE_OF_EACH);
    const host = await up(installation(cf).serve());
    const { page, complaints } = await open(browser, host.url);
    await rowOf(page, 'ams1-tun-b').getByText('BGP up').waitFor();
    await page.evaluate(() => Object.assign(window, { __same: true }));
    const [account] = cf.simulator.accounts;
    const href = await rowOf(page, 'lhr1-tun-b').getByRole('link').getAttribute('href');
    const api = `${cf.url}/client/v4/accounts/${account?.id}/magic/ipsec_tunnels/${href?.split('/').at(-1)}/psk_generate`;
    const headers = { authorization: `Bearer ${account?.writeToken}` };
    expect((await fetch(api, { method: 'POST', headers })).status).toBe(200);
    await rowOf(page, 'lhr1-tun-b').getByText('PSK 0 days old').waitFor();
    // We watched it going down, so its beginning is exact.
    await rowOf(page, 'ams1-tun-b')
      .getByText(/BGP down since .*\d\d:\d\d \([^)]+\)/)
      .waitFor();
    await expect.poll(() => page.title()).toMatch(/^(\(\d+\) )?4 down · Tunnelwatch$/);
    expect(await page.locator('.unseen[role="alert"]').first().innerText()).toBe('ams1-tun-b is down.');
    expect(await page.evaluate(() => Reflect.get(window, '__same'))).toBe(true);
    expect(complaints).toEqual([]);
    await page.context().close();
  });

  it.concurrent('faults of ours: one account refused, one hangs, one may not read analytics, one is well', async ({
    expect,
  }) => {
    const cf = await sky(FOUR_ACCOUNTS);
    const host = await up(
      installation(cf, (account) =>
        account.name === 'Partly Ltd' ? account.analyticsLessToken : account.readToken,
      ).serve(),
    );
    const { page, complaints } = await open(browser, host.url);
    const well = ['refused1-tun-a', 'hanging1-tun-a', 'well1-tun-a'];
    for (const name of well) await rowOf(page, name).getByText('Healthy in').waitFor();

    // A permission that is missing from the start: the list works, and health says which one.
    await page.getByText(/Partly Ltd: no health results since .*Account Analytics Read/).waitFor();
    expect(await wordsOf(page, 'partly1-tun-a')).toMatch(/^Up \| .* BGP up.* \| Health not observed yet/);
    await shoot(page, 'no-analytics', true);

    // A token that is refused: blind at once, and this account alone.
    cf.simulator.faults.set({ kind: 'bad-token', account: 'Refused Ltd' });
    cf.simulator.faults.set({ kind: 'hang', account: 'Hanging Ltd' });
    await page.getByText(/Refused Ltd: blind since .*\d\d:\d\d \([^)]+\): .*token/).waitFor();
    expect(await page.title()).toMatch(/^(\(\d+\) )?Blind, 2 down · Tunnelwatch$/);
    expect(await wordsOf(page, 'well1-tun-a')).toMatch(/^Up \|/);
    await page.getByRole('button', { name: 'Refused Ltd' }).getByText('Blind since').waitFor();

    // No answer at all: the rows turn stale after three intervals; the last states stay, with their age.
    for (const name of ['refused1-tun-a', 'hanging1-tun-a']) {
      const stale = /^Last known: Up \| .* BGP was up [\d a-z]+ ago \| Health was healthy [\d a-z]+ ago/;
      await expect.poll(() => wordsOf(page, name)).toMatch(stale);
      expect(await rowOf(page, name).locator('td').first().locator('svg').getAttribute('class')).toContain('old');
    }
    expect(await wordsOf(page, 'hanging1-tun-b')).toMatch(
      /^Last known: Down \| .* BGP was down [\d a-z]+ ago \| Health was down [\d a-z]+ ago \|/,
    );
    await page.getByText(/^\s*Hanging Ltd: (the last answer is|blind since)/).waitFor();
    expect(await wordsOf(page, 'well1-tun-a')).toMatch(/^Up \|/);
    expect(await page.locator('body').innerText()).not.toMatch(SILLY);
    await shoot(page, 'blind', true);
    const href = (await rowOf(page, 'hanging1-tun-a').getByRole('link').getAttribute('href')) ?? '';
    const tunnel = await open(browser, host.url, href);
    await tunnel.page.getByText('Last known:').waitFor();
    expect(await greens(tunnel.page)).toBe(0);
    await shoot(tunnel.page, 'tunnel-stale', true);
    expect(tunnel.complaints).toEqual([]);
    await tunnel.page.context().close();

    // Mended: whoever asks again sees at once.
    cf.simulator.faults.clear();
    for (const name of ['Refused Ltd', 'Hanging Ltd']) {
      const again = page.locator('.banner', { hasText: name }).getByRole('button', { name: 'Ask again' });
      if ((await again.count()) > 0) await again.click({ timeout: 5_000 }).catch(() => undefined);
    }
    for (const name of ['refused1-tun-a', 'hanging1-tun-a']) {
      await expect.poll(() => wordsOf(page, name)).toMatch(/^Up \| .* BGP up\b/);
    }
    await expect.poll(() => page.title()).toMatch(/^(\(\d+\) )?2 down · Tunnelwatch$/);
    expect(complaints).toEqual([]);
    await page.context().close();
  });

  it.concurrent('a host killed under open pages: they say so, nothing is green, and they recover by themselves', async ({
    expect,
  }) => {
    const cf = await sky('calm');
    const here = installation(cf);
    const host = await up(here.serve());
    const { page, complaints } = await open(browser, host.url);
    await rowOf(page, 'ams1-tun-a').getByText('Healthy in').waitFor();
    const href = (await rowOf(page, 'ams1-tun-a').getByRole('link').getAttribute('href')) ?? '';
    const tunnel = await open(browser, host.url, href);
    await tunnel.page.locator('.sum').waitFor();
    expect([...complaints, ...tunnel.complaints]).toEqual([]);

    await host.kill();
    // Within 45 s, which test/renderer/bridge.test.ts holds to by a clock of its own.
    await page.getByText('No word from the Tunnelwatch host since').waitFor();
    await tunnel.page.getByText('No word from the Tunnelwatch host since').waitFor();
    for (const one of [page, tunnel.page]) {
      expect(await greens(one)).toBe(0);
      expect(await one.title()).toMatch(/^(\(\d+\) )?No host · /);
    }
    expect(await wordsOf(page, 'ams1-tun-a')).toMatch(/^Last known: Up \| .* BGP was up [\d a-z]+ ago/);
    await shoot(page, 'host-lost', true);
    await shoot(tunnel.page, 'tunnel-host-lost');

    await up(here.serve(host));
    await expect.poll(() => wordsOf(page, 'ams1-tun-a')).toMatch(/^Up \| .* BGP up\b/);
    await expect.poll(() => greens(tunnel.page)).toBeGreaterThan(0);
    await expect.poll(() => page.title()).toMatch(/^(\(\d+\) )?Tunnelwatch$/);
    expect(await page.getByText('No word from the Tunnelwatch host').count()).toBe(0);
    // Connections that could not be made are what this test is about; nothing else may have gone wrong.
    const others = [...complaints, ...tunnel.complaints].filter((one) => !/net::ERR_/.test(one));
    expect(others).toEqual([]);
  });

  it.concurrent('an account whose first answer fails says what failed', async ({ expect }) => {
    const cf = await sky('calm');
    cf.simulator.faults.set({ kind: 'status', status: 503 });
    const host = await up(installation(cf).serve());
    const { page, complaints } = await open(browser, host.url);
    await page.getByText(/The first attempt failed: .*503/).waitFor();
    await shoot(page, 'first-attempt-failed');
    cf.simulator.faults.clear();
    await rowOf(page, 'ams1-tun-a').getByText('BGP up').waitFor();
    expect(complaints).toEqual([]);
    await page.context().close();
  });

  it.concurrent('without accounts: explains how to begin, and really starts practice mode', async ({ expect }) => {
    const host = await up(firstRun());
    const { page, complaints } = await open(browser, host.url);
    await page.getByText('Magic WAN Read').waitFor();
    await page.getByText('Account Analytics Read').waitFor();
    await shoot(page, 'first-run', true);
    await page.getByRole('button', { name: 'Start practice mode' }).click();
    await shoot(page, 'first-run-starting');
    await page.getByText('Practice mode', { exact: true }).waitFor({ timeout: 100_000 });
    await rowOf(page, 'ams1-tun-a').getByText('Healthy in').waitFor();
    expect(await page.locator('tbody tr').count()).toBeGreaterThan(15);
    expect(complaints).toEqual([]);
    await page.context().close();
  });
});
