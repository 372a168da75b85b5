/** The main journeys, through each host that this machine can run. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { rowOf, SILLY, wordsOf } from './browser.ts';
import { DRIVERS, type Driven } from './driver.ts';
import { type Cloudflare, cloudflare, installation } from './host.ts';
import { ONE_OF_EACH } from './world.ts';

/** Another place in the page, as its links go. */
async function go({ page }: Driven, hash: string): Promise<void> {
  await page.evaluate((to) => {
    location.hash = to;
  }, hash);
}

async function nothingSilly({ page, complaints }: Driven): Promise<void> {
  expect(await page.locator('body').innerText()).not.toMatch(SILLY);
  expect(complaints).toEqual([]);
}

for (const driver of DRIVERS) {
  describe.skipIf(driver.why !== '')(`watching tunnels with ${driver.name}${driver.why}`, () => {
    let cf: Cloudflare;
    let app: Driven;

    beforeAll(async () => {
      cf = await cloudflare(ONE_OF_EACH);
      app = await driver.open(installation(cf));
      for (const name of ['ams1-tun-a', 'ewr1-tun-a']) await rowOf(app.page, name).getByText('Healthy in').waitFor();
    });
    afterAll(async () => {
      await app?.close();
      await cf?.close();
    });

    it('the board has every tunnel, the worst first', async () => {
      expect(await app.page.locator('tbody tr a.name').count()).toBe(16);
      const worst = await app.page.locator('tbody tr a.name').first().innerText();
      expect(['fra1-tun-a', 'lhr1-tun-a', 'mxp1-tun-b']).toContain(worst);
      expect(await wordsOf(app.page, 'ams1-tun-a')).toMatch(/^Up \|/);
      await nothingSilly(app);
    });

    it('a tunnel that is down is opened, explained, and left again', async () => {
      await rowOf(app.page, 'fra1-tun-a').getByRole('link', { name: 'fra1-tun-a', exact: true }).click();
      await app.page.getByText('BGP is down with it').first().waitFor();
      expect(await app.page.locator('.sum').innerText()).toContain('Next:');
      await nothingSilly(app);
      await app.page.keyboard.press('Escape');
      await rowOf(app.page, 'ams1-tun-a').waitFor();
    });

    it('an age of keys is set where settings can be changed; elsewhere the page says why not', async () => {
      await go(app, '#/settings?section=keys');
      const form = app.page.getByRole('region', { name: 'Keys', exact: true });
      const due = form.getByLabel('Due from');
      const why = form.getByRole('status').filter({ hasNotText: 'Waiting' });
      await due.or(why).first().waitFor();
      const editable = (await due.count()) > 0 && (await due.isEnabled());
      if (editable) {
        await due.fill('240d');
        await form.getByRole('button', { name: 'Save', exact: true }).click();
        await form.getByText('Saved.').waitFor();
      } else {
        expect(await app.page.getByRole('button', { name: 'Save', exact: true }).count()).toBe(0);
        expect(await why.first().innerText()).toMatch(/change/);
      }
      await nothingSilly(app);
      await go(app, '#/board');
      const age = editable ? /PSK 238 days old/ : /PSK 238 days old, due since day 180/;
      await expect.poll(() => wordsOf(app.page, 'ewr1-tun-b')).toMatch(age);
      if (editable) await expect.poll(() => wordsOf(app.page, 'ewr1-tun-b')).not.toMatch(/due since day 180/);
    });
  });

  describe.skipIf(driver.why !== '')(`practice mode with ${driver.name}${driver.why}`, () => {
    let app: Driven;
    beforeAll(async () => {
      app = await driver.open('practice');
    });
    afterAll(() => app?.close());

    it('an incident is acknowledged, by whom and why', async () => {
      const { page } = app;
      await rowOf(page, 'ams1-tun-a').waitFor();
      await go(app, '#/alerts');
      await page.locator('[data-incident]', { hasText: 'lax1-tun-b has no PSK' }).first().click();
      await page.keyboard.press('a');
      const dialog = page.getByRole('dialog');
      await dialog.getByLabel('Who').fill('Ada');
      await dialog.getByLabel('Comment').fill('the router comes on Monday');
      await dialog.getByRole('button', { name: 'Acknowledge' }).click();
      await dialog.waitFor({ state: 'detached' });
      const pane = page.getByRole('region', { name: 'The incident' });
      await pane.getByText('the router comes on Monday').first().waitFor();
      await nothingSilly(app);
    });
  });
}
