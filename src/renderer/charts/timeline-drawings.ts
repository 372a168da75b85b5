/** What stands in the timeline besides its bars: a word over each bar that is wide enough, event marks, the present. */
import type { Chart, Plugin } from 'chart.js';
import { SMALL_FONT } from './chart-js.ts';
import { placeLabels } from './labels.ts';
import type { MarkedKind } from './markers.ts';
import { type Palette, TALLEST } from './paints.ts';
import type { TimelineModel } from './timeline-chart.ts';

/** The middle of the marks, above the plot. */
const MARK_RISE = 12;
const MARK_SIZE = 5;

export function timelineDrawings(model: () => TimelineModel, colour: Palette): Plugin<'bar'> {
  return {
    id: 'timeline',
    afterDatasetsDraw(chart) {
      const pen = chart.ctx;
      pen.save();
      pen.font = SMALL_FONT;
      drawLabels(chart, pen, model(), colour);
      drawPresent(chart, pen, model(), colour);
      drawMarks(chart, pen, model(), colour);
      pen.restore();
    },
  };
}

type Pen = CanvasRenderingContext2D;

function drawLabels(chart: Chart<'bar'>, pen: Pen, model: TimelineModel, colour: Palette): void {
  const { x, y } = chart.scales;
  if (!x || !y) return;
  pen.fillStyle = colour('--fg-quiet');
  pen.textAlign = 'left';
  pen.textBaseline = 'bottom';
  const start = chart.chartArea.left;
  model.lanes.forEach(({ lane, bars }, place) => {
    const top = y.getPixelForValue(place) - TALLEST / 2 - 2;
    const wishes = bars.map((bar) => {
      const text = model.label(lane, bar);
      const left = x.getPixelForValue(bar.from) - start;
      const minor = model.minor(lane, bar);
      return { bar, text, minor, left, right: x.getPixelForValue(bar.to) - start, width: pen.measureText(text).width };
    });
    for (const { text, left } of placeLabels(wishes, chart.chartArea.right - start))
      pen.fillText(text, start + left, top);
  });
}

function drawPresent(chart: Chart<'bar'>, pen: Pen, { now, view }: TimelineModel, colour: Palette): void {
  const x = chart.scales.x;
  if (!x || now > view.to || now < view.from) return;
  const { top, bottom } = chart.chartArea;
  const at = Math.round(x.getPixelForValue(now)) + 0.5;
  pen.strokeStyle = colour('--fg-quiet');
  pen.lineWidth = 1;
  pen.beginPath();
  pen.moveTo(at, top);
  pen.lineTo(at, bottom);
  pen.stroke();
}

function drawMarks(chart: Chart<'bar'>, pen: Pen, { markers }: TimelineModel, colour: Palette): void {
  const x = chart.scales.x;
  if (!x) return;
  const { top, bottom } = chart.chartArea;
  const middle = top - MARK_RISE;
  for (const marker of markers) {
    const at = Math.round(x.getPixelForValue(marker.at)) + 0.5;
    pen.strokeStyle = colour('--edge');
    pen.lineWidth = 1;
    pen.setLineDash([2, 3]);
    pen.beginPath();
    pen.moveTo(at, middle + MARK_SIZE);
    pen.lineTo(at, bottom);
    pen.stroke();
    pen.setLineDash([]);
    pen.fillStyle = colour('--fg');
    pen.strokeStyle = colour('--fg');
    pen.lineWidth = 1.5;
    shape(pen, marker.kind, at, middle);
    if (marker.events.length > 1) count(pen, marker.events.length, at + MARK_SIZE + 2, middle, colour);
  }
}

function count(pen: Pen, number: number, x: number, y: number, colour: Palette): void {
  pen.fillStyle = colour('--fg-quiet');
  pen.textAlign = 'left';
  pen.textBaseline = 'middle';
  pen.fillText(String(number), x, y);
}

/** Configuration: a diamond. PSK: a ring. Name or identity: a triangle. Came, went, unreadable: a bar. */
function shape(pen: Pen, kind: MarkedKind, x: number, y: number): void {
  const r = MARK_SIZE;
  pen.beginPath();
  switch (kind) {
    case 'config-changed':
      pen.moveTo(x, y - r);
      pen.lineTo(x + r, y);
      pen.lineTo(x, y + r);
      pen.lineTo(x - r, y);
      pen.fill();
      return;
    case 'psk-changed':
      pen.arc(x, y, r - 1, 0, 2 * Math.PI);
      pen.stroke();
      return;
    case 'tunnel-renamed':
    case 'tunnel-recreated':
      pen.moveTo(x, y + r);
      pen.lineTo(x - r, y - r + 1);
      pen.lineTo(x + r, y - r + 1);
      pen.fill();
      return;
    default:
      pen.rect(x - 1.5, y - r, 3, 2 * r);
      pen.fill();
  }
}
