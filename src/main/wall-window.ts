/**
 * The wall: the board on a whole display, which stays awake as long as the wall is shown. A display that is plugged in
 * later, or again, gets it back.
 */
import { type BrowserWindow, powerSaveBlocker, screen } from 'electron';
import { displayByNumber } from './placement.ts';
import { openWindow, raise, type WindowSource } from './window.ts';
import { screens } from './window-memory.ts';

/** Until there is a view made for the wall it shows the board. */
const WALL_PLACE = '#/board';

/** The one wall. */
export interface WallWindow {
  /** Shows it on the display with this number, counted from 1 from left to right; `null` leaves it where it is. */
  open(display: number | null): void;
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
      WALL_PLACE,
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
    open(display) {
      wanted = display ?? wanted;
      if (window === null) {
        window = build();
        return;
      }
      raise(window);
      moveTo(window, target());
    },
    current: () => window,
  };
}
