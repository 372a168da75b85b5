/** A page that goes from view to view and from state to state without being loaded anew, judged by axe. */
import axe from 'axe-core';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { type StagedPage, stage } from '../renderer/harness/chromium.ts';
import type { View } from './views.ts';
import { type State, type World, worldIn } from './world.ts';

const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];
/** A screen of 1280x800 pixels at a zoom of the browser: the page gets fewer pixels, each of them larger. */
export const ZOOMS = [100, 200] as const;
export const zoomed = (zoom: number): { width: number; height: number } => ({
  width: Math.round(128_000 / zoom),
  height: Math.round(80_000 / zoom),
});

/** Waits until nothing was drawn for a moment. */
export async function settled(page: Page): Promise<void> {
  await page.evaluate(
    () =>
      new Promise<void>((done) => {
        const began = performance.now();
        let last = began;
        const watch = new MutationObserver(() => {
          last = performance.now();
        });
        watch.observe(document, { subtree: true, childList: true, attributes: true, characterData: true });
        const look = (): void => {
          const now = performance.now();
          // The clock of a wall moves each second; nothing draws for three.
          if (now - last < 60 && now - began < 3_000) {
            setTimeout(look, 20);
            return;
          }
          watch.disconnect();
          done();
        };
        look();
      }),
  );
}

export interface Judged extends StagedPage {
  /** Shows a view in the state that the host was last told. */
  show(view: View): Promise<void>;
  /** The host is in another state from now on. */
  become(state: State): Promise<void>;
  /** What axe finds: `rule: element`, nothing when all is well. `colours`: by the rules about colours alone. */
  violations(colours?: boolean): Promise<readonly string[]>;
  /** Was just this page, but for its header and banners, judged before in these colours? From now on it was. */
  known(colours: string): Promise<boolean>;
}

/** A theme changes colours and nothing else of what axe looks at. */
const COLOURS = ['color-contrast', 'link-in-text-block'] as const;

/** Opens the page; `hash` decides whether it is a desk or a wall. */
export async function openJudged(
  browser: Browser,
  origin: string,
  hash: string,
  options: BrowserContextOptions & { readonly state?: State } = {},
): Promise<Judged> {
  const { state = 'healthy', ...context } = options;
  let world: World = worldIn(state);
  const staged = await stage(browser, origin, {
    first: world.board,
    hash,
    answer: (name, args) => world.answer(name, args),
    timezoneId: 'Europe/Paris',
    ...context,
  });
  const { page, say } = staged;
  const judgedBefore = new Set<string>();
  await page.evaluate(() => localStorage.setItem('tunnelwatch.by', 'Ada'));
  await page.evaluate(axe.source);
  return {
    ...staged,
    async show({ hash: to, ready, open }) {
      // By way of another view, so that what is waited for is the new one.
      await page.evaluate((away) => {
        if (location.hash === away) return;
        location.hash = away;
      }, to);
      await page.locator(ready).first().waitFor({ state: 'attached' });
      await settled(page);
      if (open !== undefined) {
        await open(page);
        await settled(page);
      }
    },
    async become(next) {
      world = worldIn(next);
      await say(world.board);
      await settled(page);
    },
    async known(colours) {
      const drawn = await page.evaluate(() =>
        [...document.querySelectorAll('main, dialog, [role="dialog"]')].map(({ outerHTML }) => outerHTML).join(),
      );
      const mark = `${colours} ${drawn}`;
      const known = judgedBefore.has(mark);
      judgedBefore.add(mark);
      return known;
    },
    violations: (colours = false) =>
      page.evaluate(
        async ([tags, only]) => {
          const judge = Reflect.get(window, 'axe') as typeof axe;
          const { violations } = await judge.run(document, {
            ...(only.length > 0
              ? { runOnly: { type: 'rule', values: only } }
              : {
                  runOnly: { type: 'tag', values: tags },
                  // Off unless it is asked for by name.
                  rules: { 'target-size': { enabled: true } },
                }),
            resultTypes: ['violations'],
            preload: false,
          });
          return violations.flatMap(({ id, nodes }) =>
            nodes.slice(0, 3).map(({ html }) => `${id}: ${html.slice(0, 200)}`),
          );
        },
        [[...TAGS], colours ? [...COLOURS] : []] as [string[], string[]],
      ),
  };
}

/**
 * Goes through all views in one state and one size, each in both themes. The header and the banners of a state are judged with
 * its first view; a view that is drawn as it was in another state was judged there.
 */
export async function judgeAll(judged: Judged, views: readonly View[], state: State): Promise<readonly string[]> {
  const found: string[] = [];
  const { page } = judged;
  for (const view of views.filter(({ states }) => states?.includes(state) ?? true)) {
    await judged.show(view);
    for (const theme of ['dark', 'light'] as const) {
      await page.emulateMedia({ colorScheme: theme });
      if ((await judged.known(theme)) && view !== views[0]) continue;
      for (const one of await judged.violations(theme === 'light')) found.push(`${view.name}, ${theme}: ${one}`);
    }
    if (view.open !== undefined) await page.keyboard.press('Escape');
  }
  return found;
}
