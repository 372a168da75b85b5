/** Where windows go: where they were, unless nobody could reach them there any more. */
import type { Display, Rectangle } from 'electron';

/** What a window remembers. */
export interface RememberedPlace {
  /** In device-independent pixels, as it is when neither maximised nor full screen. */
  readonly bounds: Rectangle;
  readonly maximized: boolean;
  readonly fullScreen: boolean;
}

/** What the placing reads of a display. */
export type Screen = Pick<Display, 'id' | 'bounds' | 'workArea'>;

/** Sizes in device-independent pixels. */
export const USUAL_SIZE = { width: 1360, height: 860 } as const;
export const LEAST_SIZE = { width: 720, height: 480 } as const;
/** As much of a title bar has to lie on a display for somebody to take hold of it. */
const GRIP = { width: 120, height: 24 } as const;

const overlap = (from: number, length: number, at: number, size: number): number =>
  Math.min(from + length, at + size) - Math.max(from, at);

/** Whether the title bar of a window lies well enough on this display. */
function reachable({ x, y, width }: Rectangle, { workArea }: Screen): boolean {
  return (
    overlap(x, width, workArea.x, workArea.width) >= GRIP.width &&
    overlap(y, GRIP.height, workArea.y, workArea.height) >= GRIP.height
  );
}

/** The remembered size, or the usual one, as far as it fits on this display. */
function sizeOn({ workArea }: Screen, wanted: Rectangle | null): { readonly width: number; readonly height: number } {
  const within = (size: number, least: number, most: number): number => Math.max(least, Math.min(size, most));
  return {
    width: within(wanted?.width ?? USUAL_SIZE.width, LEAST_SIZE.width, workArea.width),
    height: within(wanted?.height ?? USUAL_SIZE.height, LEAST_SIZE.height, workArea.height),
  };
}

/** The bounds to open a window with; without a place the system chooses one. */
export function placeWindow(
  remembered: RememberedPlace | null,
  screens: readonly Screen[],
  primary: Screen,
): Partial<Rectangle> & { readonly width: number; readonly height: number } {
  const wanted = remembered?.bounds ?? null;
  if (wanted !== null) {
    for (const screen of screens) {
      // What is too large is made smaller first: that can take the part away that lay on the display.
      const placed = { x: wanted.x, y: wanted.y, ...sizeOn(screen, wanted) };
      if (reachable(placed, screen)) return placed;
    }
  }
  return sizeOn(primary, wanted);
}

/** The displays from left to right, and from top to bottom where they stand above each other. */
export function inOrder<S extends Screen>(screens: readonly S[]): S[] {
  return screens.toSorted((a, b) => a.bounds.x - b.bounds.x || a.bounds.y - b.bounds.y);
}

/** The display with this number, counted from 1; `null` when it is not plugged in. */
export function displayByNumber<S extends Screen>(screens: readonly S[], number: number): S | null {
  return inOrder(screens)[number - 1] ?? null;
}
