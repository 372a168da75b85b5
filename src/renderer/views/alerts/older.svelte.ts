import type { Incident } from '../../../shared/alerts.ts';
import type { Bridge } from '../../../shared/bridge.ts';

const PAGE = 50;

/** Incidents that were over before the last day: asked for page by page, when somebody wants them. */
export class OlderIncidents {
  readonly #bridge: Bridge;
  readonly #known: () => ReadonlyMap<string, Incident>;
  #all = $state.raw<ReadonlyMap<string, Incident>>(new Map());
  #before: number | null = null;
  #complete = $state.raw(false);
  #loading = $state.raw(false);
  #problem = $state.raw<string | null>(null);
  #list = $derived.by(() => [...this.#all.values()].filter(({ id }) => !this.#known().has(id)));

  /** @param known What is shown anyway. */
  constructor(bridge: Bridge, known: () => ReadonlyMap<string, Incident>) {
    this.#bridge = bridge;
    this.#known = known;
  }

  /** Newest first, without those that are shown anyway. */
  get list(): readonly Incident[] {
    return this.#list;
  }
  /** There is nothing older. */
  get complete(): boolean {
    return this.#complete;
  }
  get loading(): boolean {
    return this.#loading;
  }
  get problem(): string | null {
    return this.#problem;
  }

  /** Asks until at least one more is there, or nothing is left. */
  async more(): Promise<void> {
    if (this.#loading) return;
    this.#loading = true;
    const count = this.#list.length;
    do {
      const result = await this.#bridge.call('incidents', { before: this.#before, limit: PAGE });
      this.#problem = result.ok ? null : result.error.sentence;
      if (!result.ok) break;
      const found = result.value.filter(({ phase }) => phase === 'resolved');
      this.#all = new Map([...this.#all, ...found.map((incident) => [incident.id, incident] as const)]);
      this.#before = result.value.at(-1)?.openedAt ?? this.#before;
      this.#complete = result.value.length < PAGE;
    } while (!this.#complete && this.#list.length === count);
    this.#loading = false;
  }
}
