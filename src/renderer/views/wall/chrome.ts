/** The parts of the wall around its tiles, for any screen. All sizes in CSS pixels. Pure. */
import type { Box } from './layout.ts';

export interface Around {
  /** A hundredth of the screen's height, or of what its width allows: everything around the tiles is sized by it. */
  readonly unit: number;
  /** Free space at the edges and between the parts. */
  readonly space: number;
  /** A screen that is higher than wide has its clock above its counts. */
  readonly upright: boolean;
  readonly head: number;
  /** What is said across the screen; 0 while there is nothing. */
  readonly shout: number;
  /** Each notice of a part that is not seen. */
  readonly notice: number;
  readonly notices: number;
  /** Each line of the strip of causes, and how many there are. */
  readonly line: number;
  readonly lines: number;
  /** The room that is left for tiles. */
  readonly tiles: Box;
}

interface What {
  readonly shout: boolean;
  readonly notices: number;
  readonly causes: number;
}

const MOST_NOTICES = 3;
const MOST_LINES = 5;
/** The strip of causes takes no more of the height than this. */
const STRIP_SHARE = 0.18;

export function aroundOf({ width, height }: Box, { shout, notices, causes }: What): Around {
  const upright = height > width;
  const unit = Math.min(height, width * 0.75) / 100;
  const space = Math.max(4, Math.round(unit * 1.2));
  const head = Math.round(unit * (upright ? 18 : 9.4));
  const line = Math.round(unit * 4);
  const lines = Math.max(1, Math.min(causes, MOST_LINES, Math.floor((height * STRIP_SHARE) / line)));
  const notice = Math.round(unit * 5);
  const told = Math.min(notices, MOST_NOTICES);
  const loud = shout ? Math.round(unit * 20) : 0;
  const parts = [head, loud, told * notice, lines * line];
  const spaces = parts.filter((part) => part > 0).length + 2;
  const left = height - parts.reduce((sum, part) => sum + part, 0) - spaces * space;
  return {
    unit,
    space,
    upright,
    head,
    shout: loud,
    notice,
    notices: told,
    line,
    lines,
    tiles: { width: width - 2 * space, height: Math.max(0, left) },
  };
}
