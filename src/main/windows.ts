/** The windows of the app: the main one and the wall. The app lives on without any where a tray or a dock leads back. */
import { createMainWindow } from './main-window.ts';
import { createWall } from './wall-window.ts';
import type { WindowSource } from './window.ts';
import { windowMemory } from './window-memory.ts';

/** What windows stand on. */
export interface WindowsOptions {
  readonly source: WindowSource;
  /** File in which the main window keeps its place. */
  readonly placeFile: string;
  readonly platform: NodeJS.Platform;
  readonly closesToTray: () => boolean;
  /** The app begins without a window. */
  readonly hidden: boolean;
}

/** The way to all windows; nothing may be shown before Electron is ready. */
export interface Windows {
  /** Shows the main window, at this place in its page if one is given: `#/alerts`. */
  go(place?: string): void;
  /** Shows the wall on the display with this number, from 1, with this view; `null` leaves either open. */
  openWall(display: number | null, view: string | null): void;
  /** There is a tray to close windows into, or there is none. */
  setTray(there: boolean): void;
  /** Whether the app goes on without a window. */
  liveOn(): boolean;
  /** From now on a closed window is closed. */
  letGo(): void;
}

/** Prepares the windows; none is made yet. */
export function createWindows({ source, placeFile, platform, closesToTray, hidden }: WindowsOptions): Windows {
  let tray = false;
  const main = createMainWindow({
    source,
    memory: windowMemory(placeFile, source.log),
    staysInTray: () => tray && closesToTray(),
    hidden,
  });
  const wall = createWall(source);
  return {
    go: (place) => main.open(place),
    openWall: (display, view) => wall.open(display, view),
    setTray(there) {
      tray = there;
    },
    liveOn: () => platform === 'darwin' || main.inTray(),
    letGo: () => main.letGo(),
  };
}
