/** Size and place of the main window, from one start to the next. */
import { type BrowserWindow, screen } from 'electron';
import { z } from 'zod';
import { readJson, writeJson } from './json-file.ts';
import type { RememberedPlace } from './placement.ts';

const pixels = z.number().min(-1e6).max(1e6);
const place = z.object({
  bounds: z.object({ x: pixels, y: pixels, width: pixels.min(1), height: pixels.min(1) }),
  maximized: z.boolean(),
  fullScreen: z.boolean(),
});

/** A drag is many events; what it ended in is written once they have stopped for this long. */
const CALM_MS = 400;

/** Reads and keeps the place of a window. */
export interface WindowMemory {
  recall(): RememberedPlace | null;
  /** Keeps what this window becomes, until it is closed. */
  follow(window: BrowserWindow): void;
}

/** The memory in this file. What cannot be written is told once and forgotten: a place is not worth more. */
export function windowMemory(path: string, log: (sentence: string) => void): WindowMemory {
  let told = false;
  function write(window: BrowserWindow): void {
    if (window.isDestroyed() || window.isMinimized()) return;
    const now: RememberedPlace = {
      bounds: window.getNormalBounds(),
      maximized: window.isMaximized(),
      fullScreen: window.isFullScreen(),
    };
    try {
      writeJson(path, now);
    } catch {
      if (!told) log(`${path} cannot be written; the window will not remember its place.`);
      told = true;
    }
  }
  return {
    recall() {
      const read = readJson(path, place);
      if (read === 'broken') log(`${path} cannot be read; the window opens where it did in the beginning.`);
      return typeof read === 'string' ? null : read;
    },
    follow(window) {
      let timer: NodeJS.Timeout | null = null;
      const forget = (): void => {
        if (timer !== null) clearTimeout(timer);
        timer = null;
      };
      const soon = (): void => {
        forget();
        timer = setTimeout(() => write(window), CALM_MS);
      };
      window.on('resize', soon);
      window.on('move', soon);
      window.on('maximize', soon);
      window.on('unmaximize', soon);
      window.on('enter-full-screen', soon);
      window.on('leave-full-screen', soon);
      window.on('close', () => {
        forget();
        write(window);
      });
      window.on('closed', forget);
    },
  };
}

/** The displays of the moment. */
export const screens = (): { readonly all: Electron.Display[]; readonly primary: Electron.Display } => ({
  all: screen.getAllDisplays(),
  primary: screen.getPrimaryDisplay(),
});
