import { type Chime, RECIPES, type Tone } from './recipes.ts';

/** Seconds of rise and fall of each tone, without which it would click. */
const EDGE = 0.012;
/** A square wave is much louder than a sine of the same height. */
const LOUDNESS: Readonly<Record<Tone['shape'], number>> = { sine: 1, triangle: 0.9, square: 0.35 };

/** Plays chimes by WebAudio. The audio context is made when it is first needed: before a click a browser would refuse it. */
export class Player {
  readonly #page: Window & typeof globalThis;
  #context: AudioContext | null = null;

  constructor(page: Window & typeof globalThis) {
    this.#page = page;
  }

  /** Whether this page can make sounds at all. */
  get able(): boolean {
    return typeof this.#page.AudioContext === 'function';
  }

  /** Whether sounds must wait for a click or a key. The desktop app needs none. */
  get blocked(): boolean {
    if (!this.#page.location.protocol.startsWith('http')) return false;
    return this.#page.navigator.userActivation?.hasBeenActive === false;
  }

  /** Plays a chime. @param volume From 0 to 1. */
  play(chime: Chime, volume: number): void {
    if (!this.able || this.blocked || volume <= 0) return;
    this.#context ??= new this.#page.AudioContext();
    const context = this.#context;
    if (context.state === 'suspended') void context.resume().catch(() => {});
    for (const tone of RECIPES[chime]) schedule(context, tone, volume);
  }
}

function schedule(context: AudioContext, { at, length, hertz, shape, level }: Tone, volume: number): void {
  const from = context.currentTime + at / 1000;
  const to = from + length / 1000;
  const loud = level * volume * LOUDNESS[shape];
  const oscillator = context.createOscillator();
  const gain = context.createGain();
  oscillator.type = shape;
  oscillator.frequency.value = hertz;
  gain.gain.setValueAtTime(0, from);
  gain.gain.linearRampToValueAtTime(loud, from + EDGE);
  gain.gain.setValueAtTime(loud, to - EDGE);
  gain.gain.linearRampToValueAtTime(0, to);
  oscillator.connect(gain).connect(context.destination);
  oscillator.start(from);
  oscillator.stop(to);
}
