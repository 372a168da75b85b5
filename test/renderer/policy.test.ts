/** The policy of the page in a real browser, served as the desktop serves it: what is not ours does not run. */
import { createServer } from 'node:http';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { bundleFiles, bundleHandler } from '../../src/main/protocol.ts';
import { boardOf } from './harness/board.ts';
import { CHROMIUM, launch, stage } from './harness/chromium.ts';
import { BUILT } from './harness/site.ts';

/** A host without anything to tell. */
const answer = () => ({ ok: true, value: [] });

/** The handler of `app://bundle/` behind an HTTP server: the same answers, headers included. */
async function serveBundle() {
  const handle = bundleHandler(bundleFiles(join(BUILT)));
  const server = createServer((request, response) => {
    void handle(new Request(`app://bundle${request.url ?? '/'}`)).then(async (answer) => {
      response.writeHead(answer.status, Object.fromEntries(answer.headers));
      response.end(new Uint8Array(await answer.arrayBuffer()));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return { origin: `http://127.0.0.1:${address.port}`, close: () => server.closeAllConnections() };
}

describe.skipIf(CHROMIUM === null)(
  `the page of the desktop${CHROMIUM === null ? ' (skipped: no Chromium)' : ''}`,
  () => {
    let browser: Browser;
    let site: Awaited<ReturnType<typeof serveBundle>>;
    beforeAll(async () => {
      [browser, site] = await Promise.all([launch(), serveBundle()]);
    });
    afterAll(async () => {
      await browser?.close();
      site?.close();
    });

    it('runs under its policy without a complaint, and lists the keys of the menu in its help', async () => {
      const { page, complaints } = await stage(browser, site.origin, { first: boardOf(20, Date.now()), answer });
      await page.getByRole('button', { name: 'Keyboard help' }).click();
      await page.getByRole('heading', { name: 'In the menu of the app' }).waitFor();
      expect(await page.getByRole('dialog').textContent()).toContain('Pre-shared keys');
      expect(complaints).toEqual([]);
      await page.context().close();
    });

    it('runs no inline script, no handler in the markup, no style, frame, form or picture of others', async () => {
      const { page, complaints } = await stage(browser, site.origin, { first: boardOf(20, Date.now()), answer });
      await page.getByRole('main').waitFor();
      const broken = await page.evaluate(async () => {
        const directives: string[] = [];
        document.addEventListener('securitypolicyviolation', (event) => directives.push(event.effectiveDirective));
        const add = (name: string, change: (node: HTMLElement) => void): void => {
          const node = document.createElement(name);
          change(node);
          document.body.append(node);
        };
        add('script', (node) => {
          node.textContent = 'window.pwned = true';
        });
        add('p', (node) => node.setAttribute('onclick', 'window.pwned = true'));
        add('style', (node) => {
          node.textContent = 'body { display: none }';
        });
        add('iframe', (node) => node.setAttribute('src', 'https://example.invalid/'));
        add('img', (node) => node.setAttribute('src', 'https://example.invalid/x.png'));
        await fetch('https://example.invalid/').catch(() => undefined);
        document.querySelector<HTMLElement>('p[onclick]')?.click();
        await new Promise((resolve) => setTimeout(resolve, 200));
        return { directives, pwned: Reflect.get(window, 'pwned') };
      });
      expect(broken.pwned).toBeUndefined();
      expect(new Set(broken.directives)).toEqual(
        new Set(['script-src-elem', 'script-src-attr', 'style-src-elem', 'frame-src', 'img-src', 'connect-src']),
      );
      expect(complaints.length).toBeGreaterThan(0);
      await page.context().close();
    });
  },
);
