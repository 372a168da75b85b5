/** Opens the wall on a page: all of the desk stays unloaded. */
import { mount } from 'svelte';
import type { Bridge } from '../../../shared/bridge.ts';
import { Player } from '../../sound/player.ts';
import { Bell } from '../../state/bell.svelte.ts';
import { Board } from '../../state/board.svelte.ts';
import type { PageClock } from '../../state/page-clock.ts';
import { SavedViews } from '../../state/saved-views.svelte.ts';
import { Ticker } from '../../state/ticker.svelte.ts';
import { WallCare } from '../../state/wall-care.ts';
import { wallPage } from '../../state/wall-page.ts';
import WallApp from './WallApp.svelte';

/** What the wall is made of. Made once. */
export interface WallParts {
  readonly bridge: Bridge;
  readonly board: Board;
  readonly ticker: Ticker;
  readonly clock: PageClock;
  readonly bell: Bell;
  readonly saved: SavedViews;
  /** Loads the page anew when it needs that; looks after it from before anything is drawn. */
  readonly care: WallCare;
}

/** The token of a wall stands behind the `#` until the cookie is there; nobody should read it off the screen. */
function hideToken({ location, history }: Window): void {
  const { pathname, search, hash } = location;
  if (new URLSearchParams(hash.slice(1)).has('token')) history.replaceState(null, '', `${pathname}${search}`);
}

/** Mounts the wall. */
export function openWall(target: Element, page: Window & typeof globalThis, bridge: Bridge, clock: PageClock): void {
  hideToken(page);
  const ticker = new Ticker(clock);
  const board = new Board(ticker, clock);
  const bell = new Bell(new Player(page), page);
  const care = new WallCare(wallPage(page), clock);
  care.start();
  const parts: WallParts = { bridge, board, ticker, clock, bell, saved: new SavedViews(page), care };
  mount(WallApp, { target, props: { parts } });
}
