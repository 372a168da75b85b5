/** Ranked bars on a canvas: a name at the left, stacked parts, words at the end of each bar. No value axis, no legend. */
import type { ChartConfiguration, Plugin } from 'chart.js';
import type { Tone } from './bars.ts';
import { CHART_FONT, Chart, SMALL_FONT } from './chart-js.ts';
import { type Palette, paintsOf } from './paints.ts';

/** One bar. `parts` are in the unit of the chart and lie one after the other. */
export interface RankBar {
  readonly name: string;
  readonly parts: readonly number[];
  /** What stands at the end. */
  readonly words: string;
}

export interface RankModel {
  readonly bars: readonly RankBar[];
  /** How each part is painted. */
  readonly tones: readonly Tone[];
}

/** Pixels of one bar with its room, and of the names. */
export const RANK_ROW = 22;
const NAMES = 190;
/** Room for the words at the end of the longest bar. */
const WORDS = 250;
const LONGEST_NAME = 28;

type Bars = Chart<'bar', number[], string>;

export class RankChart {
  readonly #canvas: HTMLCanvasElement;
  readonly #palette: Palette;
  #chart: Bars;
  #model: RankModel;

  constructor(canvas: HTMLCanvasElement, palette: Palette, model: RankModel) {
    this.#canvas = canvas;
    this.#palette = palette;
    this.#model = model;
    this.#chart = this.#made();
  }

  show(model: RankModel): void {
    this.#model = model;
    this.#chart.data = dataOf(this.#canvas, model, this.#palette);
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

  #made(): Bars {
    const words = wordsAtTheEnd(this.#palette, () => this.#model.bars);
    return new Chart(
      this.#canvas,
      configuration(dataOf(this.#canvas, this.#model, this.#palette), this.#palette, words),
    );
  }
}

function dataOf(canvas: HTMLCanvasElement, { bars, tones }: RankModel, palette: Palette): Bars['data'] {
  const paints = paintsOf(canvas, palette, devicePixelRatio);
  return {
    labels: bars.map(({ name }) => name),
    datasets: tones.map((tone, place) => ({
      data: bars.map(({ parts }) => parts[place] ?? 0),
      backgroundColor: paints[tone],
      barThickness: 12,
    })),
  };
}

function configuration(
  data: Bars['data'],
  colour: Palette,
  words: Plugin<'bar'>,
): ChartConfiguration<'bar', number[], string> {
  return {
    type: 'bar',
    data,
    plugins: [words],
    options: {
      indexAxis: 'y',
      animation: false,
      responsive: true,
      maintainAspectRatio: false,
      events: [],
      layout: { padding: { right: WORDS } },
      scales: {
        x: { display: false, stacked: true, beginAtZero: true },
        y: {
          stacked: true,
          border: { color: colour('--edge') },
          grid: { display: false },
          afterFit: (scale) => {
            scale.width = NAMES;
          },
          ticks: {
            color: colour('--fg'),
            font: CHART_FONT,
            autoSkip: false,
            crossAlign: 'far',
            callback(value) {
              const name = this.getLabelForValue(Number(value));
              return name.length > LONGEST_NAME ? `${name.slice(0, LONGEST_NAME - 1)}…` : name;
            },
          },
        },
      },
    },
  };
}

function wordsAtTheEnd(colour: Palette, bars: () => readonly RankBar[]): Plugin<'bar'> {
  return {
    id: 'words',
    afterDatasetsDraw(chart) {
      const pen = chart.ctx;
      const x = chart.scales.x;
      if (x === undefined) return;
      pen.save();
      pen.font = SMALL_FONT;
      pen.fillStyle = colour('--fg');
      pen.textAlign = 'left';
      pen.textBaseline = 'middle';
      const places = chart.getDatasetMeta(0).data;
      bars().forEach(({ parts, words }, place) => {
        const end = x.getPixelForValue(parts.reduce((sum, part) => sum + part, 0));
        pen.fillText(words, end + 6, places[place]?.y ?? 0);
      });
      pen.restore();
    },
  };
}
