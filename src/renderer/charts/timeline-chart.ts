/**
 * The timeline on a canvas: lanes as bands by Chart.js (one data set for each tone, floating bars), with labels, marks and
 * the line of the present drawn by a plugin. Knows nothing of Svelte; pixels in, pixels out.
 */

import type { ChartConfiguration } from 'chart.js';
import type { Instant, Lane } from '../../shared/model.ts';
import { readerZone } from '../format/zone.ts';
import { LOCALE } from '../words/language.ts';
import { type Bar, type Tone, toneOf } from './bars.ts';
import { CHART_FONT, Chart } from './chart-js.ts';
import type { Marker } from './markers.ts';
import { type Paints, type Palette, paintsOf, THICKNESS } from './paints.ts';
import { timeTicks } from './ticks.ts';
import { timelineDrawings } from './timeline-drawings.ts';
import type { View } from './view.ts';

/** Everything that one drawing needs. */
export interface TimelineModel {
  readonly view: View;
  readonly now: Instant;
  readonly lanes: readonly { readonly lane: Lane; readonly name: string; readonly bars: readonly Bar[] }[];
  readonly markers: readonly Marker[];
  /** The word written over a bar. */
  readonly label: (lane: Lane, bar: Bar) => string;
  /** Whether that word may give way to those of other bars. */
  readonly minor: (lane: Lane, bar: Bar) => boolean;
}

/** The plot inside the canvas, in pixels. */
export interface Plot {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

/** Space above the lanes where the marks stand. */
export const MARKER_ROOM = 24;
export const LANE_HEIGHT = 46;
const AXIS_ROOM = 26;
/** A tick's label needs so much of the axis. */
const TICK_ROOM = 92;
/** Lane names stand left of the plot in a column of this width. */
export const NAME_ROOM = 96;
/** Right of the plot, so that the line of the present is not cut. */
export const RIGHT_ROOM = 8;
/** A label nearer to the edge than this would be cut. */
const EDGE_ROOM = 22;
/** A bar is never narrower, whatever it lasted. */
const THINNEST = 2;
/** Drawn first to last; the first is on top. */
const ORDER: readonly Tone[] = ['bad', 'late', 'watch', 'gap', 'unknown', 'good', 'quiet'];

/** Pixel height of a timeline with so many lanes. */
export function timelineHeight(lanes: number): number {
  return MARKER_ROOM + lanes * LANE_HEIGHT + AXIS_ROOM;
}

type Point = { readonly span: [number, number]; readonly lane: string };
type LaneChart = Chart<'bar', Point[], string>;

export class TimelineChart {
  readonly #canvas: HTMLCanvasElement;
  readonly #palette: Palette;
  #paints: Paints;
  #chart: LaneChart;
  #model: TimelineModel;

  constructor(canvas: HTMLCanvasElement, palette: Palette, model: TimelineModel) {
    this.#canvas = canvas;
    this.#palette = palette;
    this.#model = model;
    this.#paints = paintsOf(canvas, palette, devicePixelRatio);
    this.#chart = new Chart(canvas, this.#configuration());
  }

  /** Draws a newer model. */
  show(model: TimelineModel): void {
    this.#model = model;
    this.#chart.data = this.#data();
    const x = this.#chart.options.scales?.x;
    if (x) Object.assign(x, { min: model.view.from, max: model.view.to });
    this.#chart.update('none');
  }

  /** Reads the colours again. */
  repaint(): void {
    this.#paints = paintsOf(this.#canvas, this.#palette, devicePixelRatio);
    this.#chart.destroy();
    this.#chart = new Chart(this.#canvas, this.#configuration());
  }

  /** The plot area as last laid out. */
  plot(): Plot {
    const { left, right, top, bottom } = this.#chart.chartArea ?? { left: 0, right: 0, top: 0, bottom: 0 };
    return { left, right, top, bottom };
  }

  destroy(): void {
    this.#chart.destroy();
  }

  #data(): LaneChart['data'] {
    const points = new Map<Tone, Point[]>(ORDER.map((tone) => [tone, []]));
    for (const { name, bars } of this.#model.lanes) {
      for (const bar of bars) points.get(toneOf(bar.value))?.push({ span: [bar.from, bar.to], lane: name });
    }
    return {
      labels: this.#model.lanes.map(({ name }) => name),
      datasets: ORDER.map((tone) => ({
        data: points.get(tone) ?? [],
        backgroundColor: this.#paints[tone],
        barThickness: THICKNESS[tone],
        minBarLength: THINNEST,
      })),
    };
  }

  #configuration(): ChartConfiguration<'bar', Point[], string> {
    const { view } = this.#model;
    const colour = this.#palette;
    let labels = new Map<number, string>();
    return {
      type: 'bar',
      data: this.#data(),
      plugins: [timelineDrawings(() => this.#model, colour)],
      options: {
        indexAxis: 'y',
        animation: false,
        responsive: true,
        maintainAspectRatio: false,
        events: [],
        parsing: { xAxisKey: 'span', yAxisKey: 'lane' },
        layout: { padding: { top: MARKER_ROOM, right: RIGHT_ROOM } },
        datasets: { bar: { grouped: false, borderSkipped: false } },
        scales: {
          x: {
            type: 'linear',
            min: view.from,
            max: view.to,
            border: { color: colour('--line') },
            grid: { color: colour('--line'), drawTicks: false },
            ticks: {
              color: colour('--fg-quiet'),
              font: CHART_FONT,
              maxRotation: 0,
              autoSkip: false,
              padding: 6,
              callback: (value) => labels.get(Number(value)) ?? '',
            },
            afterBuildTicks: (axis) => {
              const most = Math.max(2, Math.floor(axis.width / TICK_ROOM));
              const ticks = timeTicks({ from: axis.min, to: axis.max }, most, LOCALE, readerZone());
              axis.ticks = ticks.map(({ at }) => ({ value: at }));
              const edge = (EDGE_ROOM / axis.width) * (axis.max - axis.min);
              const whole = ticks.filter(({ at }) => at > axis.min + edge && at < axis.max - edge);
              labels = new Map(whole.map(({ at, label }) => [at, label]));
            },
            // The plot begins and ends where the layout of the page expects it, whatever the outermost labels need.
            afterFit: (axis) => {
              axis.paddingLeft = 0;
              axis.paddingRight = 0;
            },
          },
          y: {
            type: 'category',
            border: { display: false },
            grid: { display: false },
            ticks: { color: colour('--fg'), font: CHART_FONT, crossAlign: 'far', padding: 8 },
            afterFit: (axis) => {
              axis.width = NAME_ROOM;
            },
          },
        },
      },
    };
  }
}
