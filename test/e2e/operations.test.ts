/** The journeys that change an account, through each host that this machine can run, against the simulator of practice mode. */
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { rowOf, SILLY, shoot } from './browser.ts';
import { DRIVERS, type Driven } from './driver.ts';

const TUNNEL = 'tst1-tun-a';

async function go({ page }: Driven, hash: string): Promise<void> {
  await page.evaluate((to) => {
    location.hash = to;
  }, hash);
}

async function nothingSilly({ page, complaints }: Driven): Promise<void> {
  expect(await page.locator('main').innerText()).not.toMatch(SILLY);
  expect(complaints).toEqual([]);
}

/** Lets changes be made, as often as it takes: each account has a lock of its own. */
async function unlock(page: Page): Promise<void> {
  const form = page.locator('form', { has: page.getByRole('button', { name: 'Unlock', exact: true }) });
  await form.getByLabel('Who').fill('Ada');
  await form.getByRole('button', { name: 'Unlock', exact: true }).click();
  await page.getByText(/can be changed for another 1[45] min/).waitFor();
}

async function done(page: Page, act: string): Promise<void> {
  await page.getByRole('heading', { name: 'What would happen' }).waitFor();
  await page.getByRole('button', { name: act, exact: true }).click();
  await page.getByRole('heading', { name: 'Done', exact: true }).waitFor();
}

for (const driver of DRIVERS) {
  describe.skipIf(driver.why !== '')(`changing tunnels with ${driver.name}${driver.why}`, () => {
    let app: Driven;
    beforeAll(async () => {
      app = await driver.open('practice');
      await rowOf(app.page, 'ams1-tun-a').waitFor();
    });
    afterAll(() => app?.close());

    it('nothing can be changed before somebody unlocks the account, and locking ends it at once', async () => {
      const { page } = app;
      await go(app, '#/operations?do=create');
      await page.getByText('Locked: nothing can be changed at the moment.').waitFor();
      expect(await page.getByRole('button', { name: 'See what would happen' }).isDisabled()).toBe(true);
      await shoot(page, 'operations-locked', true);
      await unlock(page);
      await page.getByRole('button', { name: /^Lock now: / }).click();
      await page.getByText('Locked: nothing can be changed at the moment.').waitFor();
      expect(await page.getByText(/can be changed for another/).count()).toBe(0);
      await nothingSilly(app);
    });

    it('a tunnel is created: checked while typing, planned, confirmed, and there', async () => {
      const { page } = app;
      await unlock(page);
      await page.getByRole('textbox', { name: 'Name', exact: true }).fill('two words');
      await page.getByText(/A name is made of letters, digits/).waitFor();
      await page.getByRole('textbox', { name: 'Name', exact: true }).fill(TUNNEL);
      await page.getByLabel('Cloudflare endpoint').fill('162.159.66.17');
      await page.getByLabel('Customer endpoint').fill('44.128.1.77');
      const inside = page.getByRole('textbox', { name: 'Interface address', exact: true });
      await inside.fill('10.99.0.0/29');
      await page.getByText('A tunnel has two ends: use a /31, or a /30.').waitFor();
      await shoot(page, 'operations-form', true);
      await inside.fill('10.99.0.0/31');
      await page.getByRole('button', { name: 'See what would happen' }).click();
      await page.getByRole('heading', { name: 'What would happen' }).waitFor();
      await shoot(page, 'operations-plan', true);
      await done(page, 'Create it');
      await page.getByText(/cf-ray/).waitFor();
      await nothingSilly(app);
      await page.getByRole('link', { name: 'To the tunnel' }).click();
      await page.getByRole('heading', { name: TUNNEL, exact: true }).waitFor();
      await page.getByText('needs the account number').first().waitFor();
      await page.getByLabel('Account number').fill('33145236');
      await page.getByRole('button', { name: 'Use it' }).click();
      await page.getByText(/^ipsec@[0-9a-f]{32}\.33145236\.ipsec\.cloudflare\.com$/).waitFor();
      await page.getByRole('button', { name: 'Show parameters and configuration' }).click();
      await page
        .getByRole('region', { name: /Configuration for/ })
        .getByText('33145236')
        .first()
        .waitFor();
      await page.locator('.router').scrollIntoViewIfNeeded();
      await shoot(page, 'operations-router', true);
      await nothingSilly(app);
    });

    it('a tunnel is deleted when its name was typed, and the audit log has all of it', async () => {
      const { page } = app;
      await page.getByRole('link', { name: 'Delete', exact: true }).click();
      await page.getByRole('button', { name: 'See what would happen' }).click();
      const act = page.getByRole('button', { name: 'Delete it' });
      await act.waitFor();
      expect(await act.isDisabled()).toBe(true);
      await page.getByLabel(`Type ${TUNNEL} to confirm`).fill('tst1-tun-b');
      expect(await act.isDisabled()).toBe(true);
      await page.getByLabel(`Type ${TUNNEL} to confirm`).fill(TUNNEL);
      await done(page, 'Delete it');
      await page.getByRole('link', { name: 'To the audit log' }).click();
      await page.getByText('Tunnel deleted').waitFor();
      const lines = page.locator('tbody tr', { hasText: 'Ada' });
      await expect.poll(async () => (await lines.allInnerTexts()).join('\n')).toMatch(/deleted.*created.*Unlocked/s);
      await page.getByRole('button', { name: 'Details' }).first().click();
      await page.getByText('162.159.66.17').first().waitFor();
      await shoot(page, 'operations-audit', true);
      await nothingSilly(app);
    });

    it('a finding is fixed from where it stands', async () => {
      const { page } = app;
      await go(app, '#/findings');
      const fix = page.locator('a[href*="do=update"]').first();
      await fix.waitFor();
      await fix.click();
      await page.getByText('Filled in as a finding suggests.').waitFor();
      const unlocking = page.getByRole('button', { name: 'Unlock', exact: true });
      if ((await unlocking.count()) > 0) await unlock(page);
      await page.getByRole('button', { name: 'See what would happen' }).click();
      await page.getByText('Findings that this would end').waitFor();
      await shoot(page, 'operations-fix', true);
      await done(page, 'Change it');
      await nothingSilly(app);
    });

    it('a key is rotated; it is shown once, and is nowhere afterwards', async () => {
      const { page } = app;
      const sent: string[] = [];
      page.on('request', (request) => sent.push(`${request.url()} ${request.postData() ?? ''}`));
      await go(app, '#/board?q=ams1-tun-a');
      await rowOf(page, 'ams1-tun-a').getByRole('link', { name: 'ams1-tun-a', exact: true }).click();
      await page.getByRole('link', { name: 'Rotate key' }).click();
      await page.getByRole('button', { name: 'Begin', exact: true }).click();
      await page
        .getByText(/can carry the traffic/)
        .first()
        .waitFor();
      const unlocking = page.getByRole('button', { name: 'Unlock', exact: true });
      if ((await unlocking.count()) > 0) await unlock(page);
      await shoot(page, 'rotation-check', true);
      for (const accept of await page.getByLabel('Go on despite this').all()) await accept.check();
      await page.getByRole('button', { name: 'Generate and set it' }).click();
      await page.getByRole('heading', { name: 'Put the key on the router' }).waitFor();
      const shown = page.locator('output');
      expect(await shown.innerText()).toMatch(/^•+$/);
      await page.getByRole('button', { name: 'Show', exact: true }).click();
      const key = (await shown.innerText()).trim();
      expect(key).toMatch(/^[A-Za-z0-9]{32,}$/);
      await shoot(page, 'rotation-key', true);

      await page.getByRole('link', { name: 'To the tunnel' }).click();
      const question = page.getByRole('dialog');
      await question.getByText('Leave without the key?').waitFor();
      await question.getByRole('button', { name: 'Stay' }).click();
      await page.getByRole('button', { name: 'The router has the key' }).click();
      await page.getByText(/IKEv2 uses the key only when it authenticates/).waitFor();
      await shoot(page, 'rotation-reauthenticate', true);

      // Left, and taken up again.
      await page.getByRole('link', { name: 'Key rotations' }).click();
      await page.getByRole('link', { name: 'Go on' }).click();
      await page.getByRole('button', { name: 'The IKE SA was cleared' }).click();
      await page.getByText(/Expected by/).waitFor();
      await shoot(page, 'rotation-verify', true);
      await nothingSilly(app);

      await go(app, '#/operations');
      await page.getByText('Key generated').first().waitFor();
      const kept = await page.evaluate(() =>
        JSON.stringify([
          document.documentElement.outerHTML,
          location.href,
          { ...localStorage },
          { ...sessionStorage },
          history.state,
        ]),
      );
      expect(kept).not.toContain(key);
      expect(sent.filter((one) => one.includes(key))).toEqual([]);
    });
  });
}
