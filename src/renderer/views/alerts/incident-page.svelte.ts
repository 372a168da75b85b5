import type { IncidentDetail } from '../../../shared/alerts.ts';
import type { Bridge } from '../../../shared/bridge.ts';

/** All about one incident: asked for when it is opened, and again when the host says that it changed. */
export class IncidentPage {
  readonly id: string;
  readonly #bridge: Bridge;
  #detail = $state.raw<IncidentDetail | null>(null);
  #missing = $state.raw(false);
  #problem = $state.raw<string | null>(null);
  #asked = false;
  #again = false;

  constructor(id: string, bridge: Bridge) {
    this.id = id;
    this.#bridge = bridge;
  }

  /** `null` until the host has answered. */
  get detail(): IncidentDetail | null {
    return this.#detail;
  }
  /** The host does not know it. */
  get missing(): boolean {
    return this.#missing;
  }
  get problem(): string | null {
    return this.#problem;
  }

  /** Asks. While a question is under way it is asked once more afterwards. */
  async ask(): Promise<void> {
    if (this.#asked) {
      this.#again = true;
      return;
    }
    this.#asked = true;
    const result = await this.#bridge.call('incident', { id: this.id });
    this.#asked = false;
    this.#problem = result.ok ? null : result.error.sentence;
    if (result.ok) {
      this.#detail = result.value;
      this.#missing = result.value === null;
    }
    if (!this.#again) return;
    this.#again = false;
    await this.ask();
  }
}
