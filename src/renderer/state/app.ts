import { createContext } from 'svelte';
import type { Bridge } from '../../shared/bridge.ts';
import type { Board } from './board.svelte.ts';
import type { PageClock } from './page-clock.ts';
import type { Route } from './route.svelte.ts';
import type { Theme } from './theme.svelte.ts';
import type { Ticker } from './ticker.svelte.ts';

/** What every view can reach. Made once, in main.ts. */
export interface App {
  readonly bridge: Bridge;
  readonly board: Board;
  readonly ticker: Ticker;
  readonly clock: PageClock;
  readonly route: Route;
  readonly theme: Theme;
}

export const [useApp, provideApp] = createContext<App>();
