import { createContext } from 'svelte';
import type { Bridge } from '../../shared/bridge.ts';
import type { Appearance } from './appearance.svelte.ts';
import type { Away } from './away.svelte.ts';
import type { Bell } from './bell.svelte.ts';
import type { Board } from './board.svelte.ts';
import type { Keepsake } from './keepsake.ts';
import type { PageClock } from './page-clock.ts';
import type { Route } from './route.svelte.ts';
import type { Theme } from './theme.svelte.ts';
import type { Ticker } from './ticker.svelte.ts';
import type { Writing } from './writing.svelte.ts';

/** What every view can reach. Made once, in main.ts. */
export interface App {
  readonly bridge: Bridge;
  readonly board: Board;
  readonly ticker: Ticker;
  readonly clock: PageClock;
  readonly route: Route;
  readonly theme: Theme;
  readonly appearance: Appearance;
  readonly bell: Bell;
  /** What happened while the reader was away. */
  readonly away: Away;
  /** Who the reader says to be when they acknowledge or silence. */
  readonly signature: Keepsake;
  /** Which accounts can be changed from here. */
  readonly writing: Writing;
  /** What is shown is a recorded moment: no present fact, and nobody can act on it. */
  readonly past: boolean;
}

export const [useApp, provideApp] = createContext<App>();
