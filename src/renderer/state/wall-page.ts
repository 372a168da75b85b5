import type { CarePage } from './wall-care.ts';

/** Nothing may hang here: the next look would wait for it. */
const TIMEOUT_MS = 10_000;

/** The page of a wall in a browser or in the desktop app. */
export function wallPage(page: Window): CarePage {
  const { document, location } = page;
  const overHttp = location.protocol.startsWith('http');
  const ask = async (): Promise<Response | null> => {
    try {
      const address = `${location.pathname}${location.search}`;
      return await page.fetch(address, { cache: 'no-store', signal: AbortSignal.timeout(TIMEOUT_MS) });
    } catch {
      return null;
    }
  };
  return {
    drawn() {
      const shown = document.querySelector<HTMLElement>('[data-drawn]')?.dataset.drawn;
      return shown === undefined ? null : Number(shown);
    },
    visible: () => document.visibilityState === 'visible',
    async reachable() {
      return !overHttp || (await ask())?.ok === true;
    },
    async current() {
      // The build writes a hash of its content into the name of the page's script.
      const script = document.querySelector<HTMLScriptElement>('script[type="module"][src]')?.getAttribute('src');
      if (!overHttp || script == null) return true;
      const text = await (await ask())?.text();
      return text === undefined || text.includes(script);
    },
    reload: () => location.reload(),
  };
}
