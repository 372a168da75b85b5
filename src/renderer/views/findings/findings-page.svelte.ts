/** The findings of all accounts and the rules behind them: asked for when the view opens, and again when they may be others. */
import type { DeltaMessage } from '../../../shared/bridge.ts';
import type { FindingsView, LintRuleView } from '../../../shared/lint.ts';
import type { EventKind, LaneState, Millis, TunnelKey } from '../../../shared/model.ts';
import type { App } from '../../state/app.ts';

/** Findings may change without any lane doing so: a second one of the same severity. */
const AGAIN_MS: Millis = 60_000;
/** Many tunnels that change together cost one question. */
const SETTLE_MS: Millis = 500;
const TELLING: ReadonlySet<EventKind> = new Set([
  'config-changed',
  'psk-changed',
  'tunnel-appeared',
  'tunnel-disappeared',
  'tunnel-renamed',
  'tunnel-recreated',
]);

type Parts = Pick<App, 'board' | 'bridge' | 'clock'>;

/** Holds nothing that the host did not say. */
export class FindingsPage {
  readonly #app: Parts;
  #view = $state.raw<FindingsView | null>(null);
  #rules = $state.raw<ReadonlyMap<string, LintRuleView>>(new Map());
  #problem = $state.raw<string | null>(null);
  #lanes = new Map<TunnelKey, LaneState<'config'>['value']>();
  #cancel: (() => void) | null = null;
  #asking = false;
  #again = false;

  constructor(app: Parts) {
    this.#app = app;
  }

  /** `null` until the host has answered. */
  get view(): FindingsView | null {
    return this.#view;
  }
  /** By id. Empty until the host has answered. */
  get rules(): ReadonlyMap<string, LintRuleView> {
    return this.#rules;
  }
  /** Why the last question was not answered. */
  get problem(): string | null {
    return this.#problem;
  }

  /** Asks, and goes on asking until the returned function is called. */
  open(): () => void {
    const { board, clock } = this.#app;
    this.#note(board.rows.values());
    const stops = [board.onDelta((delta) => this.#take(delta)), clock.every(AGAIN_MS, () => void this.ask())];
    void this.#askRules();
    void this.ask();
    return () => {
      for (const stop of stops) stop();
      this.#cancel?.();
    };
  }

  /** Asks for the findings now. One question at a time; one that comes meanwhile is asked after. */
  async ask(): Promise<void> {
    if (this.#asking) {
      this.#again = true;
      return;
    }
    this.#asking = true;
    do {
      this.#again = false;
      const result = await this.#app.bridge.call('findings', { accountId: null });
      this.#problem = result.ok ? null : result.error.sentence;
      if (result.ok) this.#view = result.value;
    } while (this.#again);
    this.#asking = false;
    if (this.#rules.size === 0) void this.#askRules();
  }

  async #askRules(): Promise<void> {
    const result = await this.#app.bridge.call('lintRules', {});
    if (result.ok) this.#rules = new Map(result.value.map((rule) => [rule.id, rule]));
  }

  #take(delta: DeltaMessage): void {
    const news =
      delta.removed.length > 0 ||
      delta.events.some(({ kind }) => TELLING.has(kind)) ||
      delta.rows.some(({ key, lanes }) => this.#lanes.get(key) !== lanes.config.value);
    this.#note(delta.rows);
    if (!news || this.#cancel !== null) return;
    this.#cancel = this.#app.clock.after(SETTLE_MS, () => {
      this.#cancel = null;
      void this.ask();
    });
  }

  #note(rows: Iterable<{ readonly key: TunnelKey; readonly lanes: { readonly config: LaneState<'config'> } }>): void {
    for (const { key, lanes } of rows) this.#lanes.set(key, lanes.config.value);
  }
}
