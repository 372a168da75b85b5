/**
 * Cells of a heat map: what they mean and how they are drawn. Drawn by hand: a map of 1,000 tunnels by hour has 168,000 cells,
 * and each would be an object of the chart library.
 */
import { type Paints, type Palette, paintsOf, THICKNESS } from './paints.ts';

export type HeatTone = 'good' | 'watch' | 'late' | 'bad' | 'gap';
export const HEAT_TONES: readonly HeatTone[] = ['good', 'watch', 'late', 'bad', 'gap'];

/** Pixels of one row. */
export const HEAT_ROW = 26;

/** The limits of Cloudflare's dashboard: over 80 % healthy, under 40 % down. `null`: nothing observed. */
export function heatTone(level: number | null): HeatTone {
  if (level === null) return 'gap';
  if (level >= 1) return 'good';
  if (level > 0.8) return 'watch';
  return level >= 0.4 ? 'late' : 'bad';
}

/** The pixels of a cell, `to` exclusive. Neighbours meet, and each is at least one pixel wide. */
export function cellPixels(place: number, count: number, width: number): { from: number; to: number } {
  const from = Math.floor((place * width) / count);
  return { from, to: Math.max(from + 1, Math.floor(((place + 1) * width) / count)) };
}

/** The cell at a pixel; `null` beside the map. */
export function cellAt(x: number, count: number, width: number): number | null {
  if (x < 0 || x >= width || count === 0) return null;
  return Math.min(count - 1, Math.floor((x * count) / width));
}

/** The cell that was pointed at: row in the part that is drawn, and place in the row. */
export interface HeatMarked {
  readonly row: number;
  readonly cell: number;
}

/** Draws rows of cells from the top of a canvas, over all of its width. The worse, the thicker: colour is never alone. */
export function drawHeat(
  canvas: HTMLCanvasElement,
  palette: Palette,
  rows: readonly (readonly (number | null)[])[],
  size: { readonly width: number; readonly ratio: number },
  marked: HeatMarked | null,
): void {
  const { width, ratio } = size;
  const height = rows.length * HEAT_ROW;
  canvas.width = Math.round(width * ratio);
  canvas.height = Math.round(height * ratio);
  const pen = canvas.getContext('2d');
  if (pen === null) return;
  pen.scale(ratio, ratio);
  const paints = paintsOf(canvas, palette, ratio);
  rows.forEach((cells, row) => {
    drawRow(pen, paints, cells, row * HEAT_ROW, width);
  });
  if (marked !== null) {
    const { from, to } = cellPixels(marked.cell, rows[marked.row]?.length ?? 1, width);
    pen.strokeStyle = palette('--fg');
    pen.lineWidth = 2;
    pen.strokeRect(from - 1, marked.row * HEAT_ROW + 1, to - from + 2, HEAT_ROW - 2);
  }
}

function drawRow(
  pen: CanvasRenderingContext2D,
  paints: Paints,
  cells: readonly (number | null)[],
  top: number,
  width: number,
): void {
  const slot = width / Math.max(1, cells.length);
  const gap = slot >= 5 ? 1 : 0;
  cells.forEach((level, place) => {
    const tone = heatTone(level);
    const { from, to } = cellPixels(place, cells.length, width);
    const thick = THICKNESS[tone];
    pen.fillStyle = paints[tone];
    pen.fillRect(from, top + (HEAT_ROW - thick) / 2, Math.max(1, to - from - gap), thick);
  });
}
