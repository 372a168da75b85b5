/** Screens of this machine; tests plug them in and out. */
import { EventEmitter } from 'node:events';
import { state } from './process.ts';

/** What the app reads of a display. */
export type FakeDisplay = Pick<Electron.Display, 'id' | 'bounds' | 'workArea' | 'label' | 'internal'>;

/** A display at a place, with a bar of 24 at its top. */
export function fakeDisplay(id: number, x = 0, y = 0, width = 1920, height = 1080): FakeDisplay {
  return {
    id,
    label: `Display ${id}`,
    internal: id === 1,
    bounds: { x, y, width, height },
    workArea: { x, y: y + 24, width, height: height - 24 },
  };
}

const plugged: { all: FakeDisplay[] } = { all: [fakeDisplay(1)] };

/** Test side: the displays of the moment. */
export const displays = (): readonly FakeDisplay[] => plugged.all;

/** Test side: other displays from now on. */
export function plug(...all: FakeDisplay[]): void {
  plugged.all = all;
}

const mustBeReady = (): void => {
  if (!state.isReady) throw new Error("The 'screen' module can't be used before the app 'ready' event");
};

export const screen = Object.assign(new EventEmitter(), {
  getAllDisplays(): Electron.Display[] {
    mustBeReady();
    return plugged.all as Electron.Display[];
  },
  getPrimaryDisplay(): Electron.Display {
    mustBeReady();
    const [first] = plugged.all;
    if (first === undefined) throw new Error('no display');
    return first as Electron.Display;
  },
});
screen satisfies Pick<Electron.Screen, 'getAllDisplays' | 'getPrimaryDisplay'>;

/** Test side: one display, nobody listens. */
export function resetScreen(): void {
  plugged.all = [fakeDisplay(1)];
  screen.removeAllListeners();
}
