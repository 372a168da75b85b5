/** The sounds as data: no files, so that the page needs nothing but itself. Told apart by rhythm and by direction of pitch. */
import type { Millis } from '../../shared/model.ts';

export const CHIMES = ['critical', 'warning', 'resolved'] as const;
/** The most urgent first. */
export type Chime = (typeof CHIMES)[number];

/** One tone of a chime. */
export interface Tone {
  /** After the beginning of the chime. */
  readonly at: Millis;
  readonly length: Millis;
  readonly hertz: number;
  readonly shape: 'sine' | 'triangle' | 'square';
  /** Loudness from 0 to 1, before the reader's volume. */
  readonly level: number;
}

const tone = (at: Millis, length: Millis, hertz: number, level: number, shape: Tone['shape'] = 'triangle'): Tone => ({
  at,
  length,
  hertz,
  shape,
  level,
});

/** Critical: three urgent pairs, falling. Warning: two calm tones, falling. Resolved: three soft tones, rising. */
export const RECIPES: Readonly<Record<Chime, readonly Tone[]>> = {
  critical: [0, 420, 840].flatMap((at) => [tone(at, 140, 988, 0.9, 'square'), tone(at + 160, 180, 740, 0.9, 'square')]),
  warning: [tone(0, 220, 659, 0.8), tone(260, 320, 523, 0.8)],
  resolved: [tone(0, 130, 523, 0.5, 'sine'), tone(150, 130, 659, 0.5, 'sine'), tone(300, 280, 784, 0.5, 'sine')],
};
