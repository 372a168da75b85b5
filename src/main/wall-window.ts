/**
 * The wall on a whole display, which stays awake as long as the wall is shown. A display that is plugged in
 * later, or again, gets it back.
 */
import { type BrowserWindow, powerSaveBlocker, screen } from 'electron';
import { displayByNumber } from './placement.ts';
import { goTo, openWindow, raise, type WindowSource } from './window.ts';
import { screens } from './window-memory.ts';

/** Where the wall is in the page; its view stands behind it. */
const WALL_PLACE = '#/wall';

/** The one wall. */
export interface WallWindow {
  /**
   * Shows it on the display with this number, counted from 1 from left to right, with this view, the query of its address.
   * `null` leaves either as it is.
   */
  open(display: number | null, view: string | null): void;
  current(): BrowserWindow | null;
}

/** The display is kept awake while the window can be seen, and not a moment longer. */
function keepAwake(window: BrowserWindow): void {
  let blocker: number | null = null;
  const awake = (): void => {
    blocker ??= powerSaveBlocker.start('prevent-display-sleep');
  };
  const asleep = (): void => {
    if (blocker !== null) powerSaveBlocker.stop(blocker);
    blocker = null;
  };
  window.on('show', awake);
  window.on('restore', awake);
  window.on('hide', asleep);
  window.on('minimize', asleep);
  window.on('closed', asleep);
}

/** Prepares the wall; nothing is shown yet. */
export function createWall(source: WindowSource): WallWindow {
  let window: BrowserWindow | null = null;
  let wanted = 1;
  let place = WALL_PLACE;

  function target(): Electron.Display {
    const { all, primary } = screens();
    const display = displayByNumber(all, wanted);
    if (display === null) source.log(`There is no display ${wanted} at the moment; the wall is on another one.`);
    return display ?? primary;
  }

  /** A full-screen window does not move: it steps out, over, and in again. */
  function moveTo(wall: BrowserWindow, { bounds }: Electron.Display): void {
    const now = wall.getBounds();
    if (now.x === bounds.x && now.y === bounds.y && wall.isFullScreen()) return;
    wall.setFullScreen(false);
    wall.setBounds(bounds);
    wall.setFullScreen(true);
  }

  function build(): BrowserWindow {
    const display = target();
    const wall = openWindow(
      source,
      place,
      { ...display.bounds, fullscreen: true, autoHideMenuBar: true, title: 'Tunnelwatch wall' },
      (ready) => {
        ready.show();
        moveTo(ready, display);
      },
    );
    const follow = (): void => moveTo(wall, target());
    screen.on('display-added', follow);
    screen.on('display-removed', follow);
    keepAwake(wall);
    wall.once('closed', () => {
      screen.off('display-added', follow);
      screen.off('display-removed', follow);
      window = null;
    });
    return wall;
  }

  return {
    open(display, view) {
      wanted = display ?? wanted;
      if (view !== null) place = view === '' ? WALL_PLACE : `${WALL_PLACE}?${view}`;
      if (window === null) {
        window = build();
        return;
      }
      raise(window);
      if (view !== null) goTo(window, source, place);
      moveTo(window, target());
    },
    current: () => window,
  };
}
