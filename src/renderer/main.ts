import { mount } from 'svelte';
import { chooseBridge } from './bridge/choose.ts';
import { Player } from './sound/player.ts';
import type { App as AppParts } from './state/app.ts';
import { Appearance } from './state/appearance.svelte.ts';
import { Away } from './state/away.svelte.ts';
import { Bell } from './state/bell.svelte.ts';
import { Board } from './state/board.svelte.ts';
import { Keepsake } from './state/keepsake.ts';
import { browserClock } from './state/page-clock.ts';
import { Route } from './state/route.svelte.ts';
import { Theme } from './state/theme.svelte.ts';
import { Ticker } from './state/ticker.svelte.ts';
import { Writing } from './state/writing.svelte.ts';
import './styles/tokens.css';
import './styles/base.css';
import { wallQuery } from './views/wall/wall-view.ts';
import * as words from './words/index.ts';
import { LANGUAGE } from './words/language.ts';

/** A sentence instead of a white page. */
function say(target: Element, sentence: string): void {
  const paragraph = document.createElement('p');
  paragraph.className = 'plea';
  paragraph.setAttribute('role', 'alert');
  paragraph.textContent = sentence;
  target.replaceChildren(paragraph);
}

document.documentElement.lang = LANGUAGE;
const target = document.querySelector('#app') ?? document.body;
const clock = browserClock();
const theme = new Theme(window);
const appearance = new Appearance(window);
const bridge = chooseBridge(window, clock);
if (bridge === null) {
  say(target, words.shell.noBridge);
} else if (wallQuery(location) !== null) {
  const { openWall } = await import('./views/wall/open.ts');
  try {
    openWall(target, window, bridge, clock);
  } catch (cause) {
    say(target, words.shell.broken(cause instanceof Error ? cause.message : String(cause)));
  }
} else {
  const ticker = new Ticker(clock);
  const board = new Board(ticker, clock);
  const bell = new Bell(new Player(window), window);
  const away = new Away({ board, bridge, ticker }, new Keepsake(window, 'away'));
  const signature = new Keepsake(window, 'by');
  const route = new Route(window);
  const writing = new Writing({ bridge, board, clock });
  const parts: AppParts = {
    bridge,
    board,
    ticker,
    clock,
    route,
    theme,
    appearance,
    bell,
    away,
    signature,
    writing,
    past: false,
  };
  // Wall and desk are pages of their own: neither loads the other.
  const { default: App } = await import('./App.svelte');
  try {
    mount(App, { target, props: { parts } });
  } catch (cause) {
    say(target, words.shell.broken(cause instanceof Error ? cause.message : String(cause)));
  }
}
