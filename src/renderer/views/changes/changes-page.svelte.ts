/** What changed, newest first: asked for page by page, grown by what the host announces. */
import type { AccountId, HistoryEvent, Instant, TunnelKey } from '../../../shared/model.ts';
import type { App } from '../../state/app.ts';
import { type ConfigEvent, isConfigEvent } from './changes-list.ts';

const PAGE = 100;
/** A search through the past ends after so many questions; the reader may go on. */
const MOST_PAGES = 20;

/** Whose changes. */
export interface Scope {
  readonly accountId: AccountId | null;
  readonly key: TunnelKey | null;
}

export class ChangesPage {
  readonly #app: Pick<App, 'board' | 'bridge'>;
  readonly scope: Scope;
  #events = $state.raw<readonly ConfigEvent[]>([]);
  #loaded = $state.raw(false);
  #complete = $state.raw(false);
  #loading = $state.raw(false);
  #problem = $state.raw<string | null>(null);

  constructor(app: Pick<App, 'board' | 'bridge'>, scope: Scope) {
    this.#app = app;
    this.scope = scope;
  }

  get events(): readonly ConfigEvent[] {
    return this.#events;
  }
  /** The host has answered once. */
  get loaded(): boolean {
    return this.#loaded;
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

  /** Asks for the newest and hears of what comes. Returns the way to stop. */
  open(until: Instant | null): () => void {
    const stop = this.#app.board.onDelta(({ events }) => this.#merge(events));
    void this.reload(until);
    return stop;
  }

  /** Begins anew, for instance after the host came back, and goes back as far as `until`. */
  async reload(until: Instant | null): Promise<void> {
    this.#complete = false;
    await this.#pages(null, () => until === null || (this.#events.at(-1)?.at ?? 0) <= until);
  }

  /** Asks for older ones until `enough`, or nothing is left. */
  async older(enough: () => boolean): Promise<void> {
    await this.#pages(this.#events.at(-1)?.seq ?? null, enough);
  }

  async #pages(before: number | null, enough: () => boolean): Promise<void> {
    if (this.#loading) return;
    this.#loading = true;
    let from = before;
    for (let page = 0; page < MOST_PAGES; page += 1) {
      const result = await this.#app.bridge.call('configEvents', { ...this.scope, before: from, limit: PAGE });
      this.#problem = result.ok ? null : result.error.sentence;
      if (!result.ok) break;
      this.#loaded = true;
      this.#merge(result.value);
      this.#complete = result.value.length < PAGE;
      from = result.value.at(-1)?.seq ?? from;
      if (this.#complete || enough()) break;
    }
    this.#loading = false;
  }

  #merge(news: readonly HistoryEvent[]): void {
    const { accountId, key } = this.scope;
    const known = new Set(this.#events.map(({ seq }) => seq));
    const fresh = news.filter(
      (event): event is ConfigEvent =>
        isConfigEvent(event) &&
        !known.has(event.seq) &&
        (accountId === null || event.accountId === accountId) &&
        (key === null || event.key === key),
    );
    if (fresh.length > 0) this.#events = [...fresh, ...this.#events].sort((a, b) => b.seq - a.seq);
  }
}
