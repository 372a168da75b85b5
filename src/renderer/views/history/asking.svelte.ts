/** One question to the host, asked again as its arguments change. */
import type { CallName, Calls } from '../../../shared/bridge.ts';
import type { App } from '../../state/app.ts';

/** What was answered, and to what. */
export interface Reply<N extends CallName> {
  readonly args: Calls[N]['args'];
  readonly value: Calls[N]['reply'];
}

/** Holds the newest answer. An answer to an older question never takes the place of one to a newer. */
export class Asking<N extends CallName> {
  readonly #bridge: App['bridge'];
  readonly #name: N;
  #reply = $state.raw<Reply<N> | null>(null);
  #problem = $state.raw<string | null>(null);
  #busy = $state.raw(false);
  #newest = 0;

  constructor(bridge: App['bridge'], name: N) {
    this.#bridge = bridge;
    this.#name = name;
  }

  /** `null` until the host has answered. Stays while something else is asked: it says itself what it is about. */
  get reply(): Reply<N> | null {
    return this.#reply;
  }
  /** Why the last question was not answered. */
  get problem(): string | null {
    return this.#problem;
  }
  get busy(): boolean {
    return this.#busy;
  }

  async ask(args: Calls[N]['args']): Promise<void> {
    const mine = ++this.#newest;
    this.#busy = true;
    const result = await this.#bridge.call(this.#name, args);
    if (mine !== this.#newest) return;
    this.#busy = false;
    this.#problem = result.ok ? null : result.error.sentence;
    if (result.ok) this.#reply = { args, value: result.value };
  }
}
