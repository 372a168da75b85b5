/** Columns of PSK rotations on a canvas: a number over each column, no value axis. */
import type { ChartConfiguration, Plugin } from 'chart.js';
import { CHART_FONT, Chart, SMALL_FONT } from './chart-js.ts';
import type { DueBucket } from './due-buckets.ts';
import { type Paint, type Palette, paintsOf } from './paints.ts';

/** One column: what it counts and the words below it. */
export interface DueColumn {
  readonly kind: DueBucket['kind'];
  readonly label: string | string[];
  readonly count: number;
}

type Fills = Readonly<Record<DueBucket['kind'], Paint>>;
type DueBars = Chart<'bar', number[], string | string[]>;

export class DueChart {
  readonly #canvas: HTMLCanvasElement;
  readonly #palette: Palette;
  #chart: DueBars;
  #columns: readonly DueColumn[];

  constructor(canvas: HTMLCanvasElement, palette: Palette, columns: readonly DueColumn[]) {
    this.#canvas = canvas;
    this.#palette = palette;
    this.#columns = columns;
    this.#chart = this.#made();
  }

  show(columns: readonly DueColumn[]): void {
    this.#columns = columns;
    this.#chart.data = dataOf(columns, fillsOf(this.#canvas, this.#palette));
    this.#chart.update('none');
  }

  /** Reads the colours again. */
  repaint(): void {
    this.#chart.destroy();
    this.#chart = this.#made();
  }

  destroy(): void {
    this.#chart.destroy();
  }

  #made(): DueBars {
    const fills = fillsOf(this.#canvas, this.#palette);
    return new Chart(this.#canvas, configuration(this.#columns, fills, this.#palette));
  }
}

/** Saturated colour belongs to states: what is missing or overdue has one, the future has none. */
function fillsOf(canvas: HTMLCanvasElement, palette: Palette): Fills {
  const paints = paintsOf(canvas, palette, devicePixelRatio);
  return { missing: paints.bad, overdue: paints.late, span: paints.quiet, later: paints.quiet };
}

function dataOf(columns: readonly DueColumn[], fills: Fills): DueBars['data'] {
  return {
    labels: columns.map(({ label }) => label),
    datasets: [
      {
        data: columns.map(({ count }) => count),
        backgroundColor: columns.map(({ kind }) => fills[kind]),
        barPercentage: 0.9,
        categoryPercentage: 0.9,
      },
    ],
  };
}

function configuration(
  columns: readonly DueColumn[],
  fills: Fills,
  colour: Palette,
): ChartConfiguration<'bar', number[], string | string[]> {
  return {
    type: 'bar',
    data: dataOf(columns, fills),
    plugins: [numbers(colour)],
    options: {
      animation: false,
      responsive: true,
      maintainAspectRatio: false,
      events: [],
      layout: { padding: { top: 18 } },
      scales: {
        x: {
          border: { color: colour('--edge') },
          grid: { display: false },
          ticks: {
            color: colour('--fg-quiet'),
            font: { ...CHART_FONT, size: 11 },
            maxRotation: 0,
            autoSkip: false,
            padding: 2,
          },
        },
        y: { display: false, beginAtZero: true },
      },
    },
  };
}

/** The count over each column; nothing over an empty one. */
function numbers(colour: Palette): Plugin<'bar'> {
  return {
    id: 'numbers',
    afterDatasetsDraw(chart) {
      const pen = chart.ctx;
      pen.save();
      pen.font = SMALL_FONT;
      pen.fillStyle = colour('--fg');
      pen.textAlign = 'center';
      pen.textBaseline = 'bottom';
      chart.getDatasetMeta(0).data.forEach((column, place) => {
        const value = Number(chart.data.datasets[0]?.data[place] ?? 0);
        if (value > 0) pen.fillText(String(value), column.x, column.y - 3);
      });
      pen.restore();
    },
  };
}
