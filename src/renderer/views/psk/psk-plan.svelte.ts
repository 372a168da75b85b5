/** The plan of all keys: asked for when the board of keys opens, and again when it may be another. */
import type { KeysView } from '../../../shared/keys.ts';
import type { EventKind, Millis, TunnelKey } from '../../../shared/model.ts';
import type { App } from '../../state/app.ts';

/** A plan changes with the day; this also heals a question that failed. */
const AGAIN_MS: Millis = 5 * 60_000;
const TELLING: ReadonlySet<EventKind> = new Set([
  'config-changed',
  'psk-changed',
  'tunnel-appeared',
  'tunnel-disappeared',
  'tunnel-recreated',
]);

/** Holds nothing that the host did not say. */
export class PskPlan {
  readonly #app: Pick<App, 'board' | 'bridge' | 'clock'>;
  #view = $state.raw<KeysView | null>(null);
  #problem = $state.raw<string | null>(null);
  #asking = false;

  constructor(app: Pick<App, 'board' | 'bridge' | 'clock'>) {
    this.#app = app;
  }

  /** `null` until the host has answered. */
  get view(): KeysView | null {
    return this.#view;
  }
  /** Why the last question was not answered. */
  get problem(): string | null {
    return this.#problem;
  }
  /** The tag that gives a tunnel its policy. */
  readonly tags: ReadonlyMap<TunnelKey, string> = $derived(
    new Map(this.#view?.keys.flatMap(({ key, tag }): [TunnelKey, string][] => (tag === null ? [] : [[key, tag]]))),
  );

  /** Asks, and goes on asking until the returned function is called. */
  open(): () => void {
    const { board, clock } = this.#app;
    const stops = [
      board.onDelta(({ events }) => {
        if (events.some(({ kind }) => TELLING.has(kind))) void this.ask();
      }),
      clock.every(AGAIN_MS, () => void this.ask()),
    ];
    void this.ask();
    return () => {
      for (const stop of stops) stop();
    };
  }

  /** One question at a time; what comes meanwhile is part of the next one. */
  async ask(): Promise<void> {
    if (this.#asking) return;
    this.#asking = true;
    const result = await this.#app.bridge.call('keys', {});
    this.#asking = false;
    this.#problem = result.ok ? null : result.error.sentence;
    // A host of an older version answers nothing.
    if (result.ok && result.value !== null) this.#view = result.value;
  }
}
