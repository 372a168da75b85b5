/** Debian's Chromium by playwright-core, and a page whose host is played by the test. */
import { existsSync } from 'node:fs';
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core';
import type { BridgeMessage, CallName } from '../../../src/shared/bridge.ts';

const PLACES = [process.env.CHROMIUM ?? '', '/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];
/** `null`: no Chromium on this machine, and the tests that need one say that they are skipped. */
export const CHROMIUM = PLACES.find((path) => path !== '' && existsSync(path)) ?? null;

/** How long a test waits for what never comes: a busy machine is no failure. */
export const PATIENCE_MS = 90_000;

export async function launch(): Promise<Browser> {
  return chromium.launch({
    executablePath: CHROMIUM ?? '/usr/bin/chromium',
    timeout: PATIENCE_MS,
    args: [
      '--no-sandbox',
      '--headless=new',
      '--disable-gpu',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  });
}

/** What the page did wrong, collected from the console. */
export interface StagedPage {
  readonly page: Page;
  readonly complaints: readonly string[];
  /** The host says something. */
  say(message: BridgeMessage): Promise<void>;
}

/** Answers a call of the page, on the test's side. */
export type Answer = (name: CallName, args: Readonly<Record<string, unknown>>) => unknown;

interface StageOptions extends BrowserContextOptions {
  /** The first message; without it the host is silent. */
  readonly first?: BridgeMessage;
  readonly answer?: Answer;
  readonly hash?: string;
}

/**
 * A page with a fake `window.tunnelwatch`: `say` plays the host's messages, `answer` its replies.
 */
export async function stage(browser: Browser, origin: string, options: StageOptions = {}): Promise<StagedPage> {
  const { first, answer, hash, ...contextOptions } = options;
  const context = await browser.newContext({
    viewport: { width: 1920, height: 1080 },
    colorScheme: 'dark',
    ...contextOptions,
  });
  context.setDefaultTimeout(PATIENCE_MS);
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(error.message));
  await page.exposeFunction('__answer', (name: CallName, args: Record<string, unknown>) =>
    answer ? answer(name, args) : { ok: true, value: null },
  );
  await page.addInitScript((message) => {
    const listeners = new Set<(message: unknown) => void>();
    Object.assign(window, {
      __say: (said: unknown) => {
        for (const listener of listeners) listener(said);
      },
      __first: message,
      tunnelwatch: {
        subscribe(listener: (message: unknown) => void) {
          listeners.add(listener);
          const opening: unknown = Reflect.get(window, '__first');
          if (opening) queueMicrotask(() => listener(opening));
          return () => listeners.delete(listener);
        },
        call: (name: string, args: unknown) => Reflect.get(window, '__answer')(name, args),
      },
    });
  }, first);
  await page.goto(`${origin}/${hash ?? ''}`);
  return {
    page,
    complaints,
    say: (message) =>
      page.evaluate((said) => {
        Reflect.get(window, '__say')(said);
      }, message),
  };
}
