/** Pages of a real Chromium on a real host, with everything that went wrong on them written down. */
import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, BrowserContextOptions, Locator, Page } from 'playwright-core';
import { CHROMIUM, PATIENCE_MS } from '../renderer/harness/chromium.ts';
import { BUILT } from '../renderer/harness/site.ts';

/** Why these tests are skipped here; empty when they run. */
export const WHY =
  CHROMIUM === null
    ? ' (skipped: no Chromium)'
    : existsSync(join(BUILT, 'index.html'))
      ? ''
      : ' (skipped: no build; run npm run build)';

const SHOTS = join(import.meta.dirname, '..', '..', 'test-output', 'e2e');
mkdirSync(SHOTS, { recursive: true });

export const WIDE = { width: 1920, height: 1080 };
export const SMALL = { width: 1280, height: 800 };

export interface Opened {
  readonly page: Page;
  /** Errors and warnings of the console (violations of the policy among them), and exceptions. */
  readonly complaints: readonly string[];
}

export async function open(
  browser: Browser,
  url: string,
  hash = '',
  options: BrowserContextOptions = {},
): Promise<Opened> {
  const context = await browser.newContext({ viewport: WIDE, colorScheme: 'dark', ...options });
  context.setDefaultTimeout(PATIENCE_MS);
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(error.message));
  await page.goto(`${url}/${hash}`);
  return { page, complaints };
}

/** The page as it is now; with `everywhere` also small, and each in light. */
export async function shoot(page: Page, name: string, everywhere = false): Promise<void> {
  const sizes = everywhere ? [WIDE, SMALL] : [WIDE];
  for (const size of sizes) {
    await page.setViewportSize(size);
    for (const colorScheme of everywhere ? (['light', 'dark'] as const) : (['dark'] as const)) {
      await page.emulateMedia({ colorScheme });
      // Charts follow their box one frame later.
      await page.waitForTimeout(120);
      await page.screenshot({ path: join(SHOTS, `${name}-${colorScheme}-${size.width}.png`) });
    }
  }
  if (everywhere) await page.setViewportSize(WIDE);
}

/** The row of a tunnel on the board. */
export function rowOf(page: Page, name: string): Locator {
  return page.locator('tbody tr', { has: page.getByRole('link', { name, exact: true }) });
}

/** What a row says, the mark's word first. */
export async function wordsOf(page: Page, name: string): Promise<string> {
  const row = rowOf(page, name);
  const mark = await row.locator('td').first().locator('svg').getAttribute('aria-label');
  const text = await row.innerText();
  return `${mark} | ${text.replace(/\s*\n\s*/g, ' | ')}`;
}

/** Marks that say "up" as a present fact: those of the dated list of events are none. */
export async function greens(page: Page): Promise<number> {
  const marks = page.locator('svg.mark:is(.up, .attention):not(.old, .zero svg, ol svg)');
  return marks.count();
}

/** Words that no reader should ever see. */
export const SILLY =
  /undefined|null|NaN|\[object|Infinity|unconfigured|unreported|nodata|unobserved|-\d+ (s|min|h|d)\b/;
