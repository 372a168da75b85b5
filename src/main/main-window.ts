/**
 * The main window: where it was, closed into the tray if so wished, and destroyed there after a while to give its memory
 * back. Reopened, it is at the same place in the page.
 */
import type { BrowserWindow } from 'electron';
import { LEAST_SIZE, placeWindow } from './placement.ts';
import { goTo, openWindow, placeOf, raise, type WindowSource } from './window.ts';
import { screens, type WindowMemory } from './window-memory.ts';

/** Somebody who closes a window by mistake has it back at once within this time. */
const KEPT_MS = 5 * 60_000;

/** What the main window stands on. */
export interface MainWindowOptions {
  readonly source: WindowSource;
  readonly memory: WindowMemory;
  /** Whether a closed window leaves the app in the tray; asked each time. */
  readonly staysInTray: () => boolean;
  /** The app begins in the tray. */
  readonly hidden: boolean;
}

/** The one main window, whether it exists at the moment or not. */
export interface MainWindow {
  /** Shows the window, at this place in the page if one is given; makes it when there is none. */
  open(place?: string): void;
  /** `null` while it is not there. It may be hidden. */
  current(): BrowserWindow | null;
  /** Whether it was closed into the tray, or never left it. */
  inTray(): boolean;
  /** From now on a closed window is closed: the app ends. */
  letGo(): void;
}

/** Prepares the main window; nothing is shown yet. */
export function createMainWindow({ source, memory, staysInTray, hidden }: MainWindowOptions): MainWindow {
  let window: BrowserWindow | null = null;
  let lastPlace = '';
  let inTray = hidden;
  let ending = false;
  let goodbye: NodeJS.Timeout | null = null;

  const stay = (): void => {
    if (goodbye !== null) clearTimeout(goodbye);
    goodbye = null;
  };

  function hideOnClose(opened: BrowserWindow): void {
    opened.on('close', (event) => {
      lastPlace = placeOf(opened);
      inTray = !ending && staysInTray();
      if (!inTray) return;
      event.preventDefault();
      opened.hide();
      stay();
      goodbye = setTimeout(() => opened.destroy(), KEPT_MS);
    });
    opened.on('closed', () => {
      stay();
      window = null;
    });
  }

  function build(place: string): BrowserWindow {
    const remembered = memory.recall();
    const { all, primary } = screens();
    const opened = openWindow(
      source,
      place,
      {
        ...placeWindow(remembered, all, primary),
        minWidth: LEAST_SIZE.width,
        minHeight: LEAST_SIZE.height,
        ...(remembered?.fullScreen === true && { fullscreen: true }),
      },
      (ready) => {
        if (remembered?.maximized === true) ready.maximize();
        ready.show();
      },
    );
    memory.follow(opened);
    hideOnClose(opened);
    return opened;
  }

  return {
    open(place) {
      stay();
      inTray = false;
      if (window === null) {
        window = build(place ?? lastPlace);
        return;
      }
      if (place !== undefined) goTo(window, source, place);
      raise(window);
    },
    current: () => window,
    inTray: () => inTray,
    letGo() {
      ending = true;
      stay();
    },
  };
}
