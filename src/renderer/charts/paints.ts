/**
 * Colours, patterns and thickness of the tones on a canvas. Colour is never alone: the worse, the thicker; each tone has
 * its own texture. Everything is read from the tokens and read again when the theme changes.
 */
import type { Tone } from './bars.ts';

export type Token =
  | '--up'
  | '--degraded'
  | '--down'
  | '--unknown'
  | '--bg'
  | '--surface'
  | '--line'
  | '--edge'
  | '--fg'
  | '--fg-quiet'
  | '--on-state';

/** How the colours of the tokens are looked up. */
export type Palette = (token: Token) => string;

export type Paint = string | CanvasPattern;
export type Paints = Readonly<Record<Tone, Paint>>;

/** Pixels; the tallest bar fills its lane. */
export const TALLEST = 22;
export const THICKNESS: Readonly<Record<Tone, number>> = {
  bad: TALLEST,
  late: 16,
  watch: 11,
  gap: TALLEST,
  unknown: 6,
  good: 8,
  quiet: 2,
};

/** Paints for a canvas. `ratio` is the number of device pixels in a pixel. */
export function paintsOf(canvas: HTMLCanvasElement, palette: Palette, ratio: number): Paints {
  const texture = (draw: (pen: CanvasRenderingContext2D) => void, fallback: string): Paint =>
    pattern(canvas, draw, ratio) ?? fallback;
  return {
    bad: palette('--down'),
    late: texture((pen) => striped(pen, palette('--degraded'), palette('--bg')), palette('--degraded')),
    watch: texture((pen) => dotted(pen, palette('--up'), palette('--bg')), palette('--up')),
    good: palette('--up'),
    quiet: palette('--edge'),
    unknown: texture((pen) => dashed(pen, palette('--unknown')), palette('--unknown')),
    gap: texture((pen) => hatched(pen, palette('--edge')), palette('--line')),
  };
}

const TILE = 8;

function pattern(
  canvas: HTMLCanvasElement,
  draw: (pen: CanvasRenderingContext2D) => void,
  ratio: number,
): CanvasPattern | null {
  const tile = canvas.ownerDocument.createElement('canvas');
  tile.width = Math.round(TILE * ratio);
  tile.height = Math.round(TILE * ratio);
  const pen = tile.getContext('2d');
  const target = canvas.getContext('2d');
  if (!pen || !target) return null;
  pen.scale(tile.width / TILE, tile.height / TILE);
  draw(pen);
  const made = target.createPattern(tile, 'repeat');
  made?.setTransform(new DOMMatrix().scale(TILE / tile.width, TILE / tile.height));
  return made;
}

/** Diagonals that meet at the edges of the tile. */
function diagonals(pen: CanvasRenderingContext2D, rising: boolean): void {
  const up = rising ? -1 : 1;
  pen.beginPath();
  for (const shift of [-TILE, 0, TILE]) {
    pen.moveTo(shift - 2, TILE / 2 - up * (TILE / 2 + 2));
    pen.lineTo(shift + TILE + 2, TILE / 2 + up * (TILE / 2 + 2));
  }
  pen.stroke();
}

function striped(pen: CanvasRenderingContext2D, fill: string, stripe: string): void {
  pen.fillStyle = fill;
  pen.fillRect(0, 0, TILE, TILE);
  pen.globalAlpha = 0.45;
  pen.strokeStyle = stripe;
  pen.lineWidth = 1.5;
  diagonals(pen, true);
}

function hatched(pen: CanvasRenderingContext2D, line: string): void {
  pen.strokeStyle = line;
  pen.globalAlpha = 0.75;
  pen.lineWidth = 1;
  diagonals(pen, false);
}

function dotted(pen: CanvasRenderingContext2D, fill: string, dot: string): void {
  pen.fillStyle = fill;
  pen.fillRect(0, 0, TILE, TILE);
  pen.globalAlpha = 0.7;
  pen.fillStyle = dot;
  pen.beginPath();
  pen.arc(TILE / 2, TILE / 2, 1.5, 0, 2 * Math.PI);
  pen.fill();
}

function dashed(pen: CanvasRenderingContext2D, fill: string): void {
  pen.fillStyle = fill;
  pen.fillRect(0, 0, TILE * 0.6, TILE);
}
