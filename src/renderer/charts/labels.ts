/** Where the words over the bars stand, so that no two overlap and trouble is named before what is well. Pure. */
import { type Bar, type Tone, toneOf } from './bars.ts';

/** A bar in pixels with the word that it would like to bear. */
export interface LabelWish {
  readonly bar: Pick<Bar, 'value'>;
  readonly left: number;
  readonly right: number;
  readonly text: string;
  /** Pixels of the text. */
  readonly width: number;
  /** Trouble with a known harmless cause: it is named where there is room left. */
  readonly minor?: boolean;
}

export interface PlacedLabel {
  readonly text: string;
  readonly left: number;
  readonly tone: Tone;
}

/** Free pixels between two labels. */
const AIR = 8;
const ORDER: readonly Tone[] = ['bad', 'late', 'gap', 'unknown', 'watch', 'quiet', 'good'];

/**
 * Places the labels of one lane. What is well is named only inside its own bar, and so is a gap, which its hatching tells;
 * trouble may reach beyond a narrow bar, to the right, or to the left where the plot ends.
 * @param end The right edge of the plot.
 */
export function placeLabels(wishes: readonly LabelWish[], end: number): readonly PlacedLabel[] {
  const placed: (PlacedLabel & { readonly right: number })[] = [];
  const ranked = wishes
    .map((wish) => ({ wish, tone: toneOf(wish.bar.value) }))
    .sort(
      (a, b) =>
        Number(a.wish.minor ?? false) - Number(b.wish.minor ?? false) ||
        ORDER.indexOf(a.tone) - ORDER.indexOf(b.tone) ||
        b.wish.right - b.wish.left - (a.wish.right - a.wish.left),
    );
  for (const { wish, tone } of ranked) {
    const roomy = wish.right - wish.left >= wish.width + AIR;
    if (!roomy && (tone === 'good' || tone === 'quiet' || tone === 'gap')) continue;
    const left = Math.max(0, Math.min(wish.left, end - wish.width));
    const right = left + wish.width;
    if (placed.some((other) => left < other.right + AIR && other.left < right + AIR)) continue;
    placed.push({ text: wish.text, left, right, tone });
  }
  return placed.map(({ text, left, tone }) => ({ text, left, tone })).sort((a, b) => a.left - b.left);
}
