/** What the history views show: asked for part by part, as they are opened. */
import type { LintRuleView } from '../../../shared/lint.ts';
import type { AccountId } from '../../../shared/model.ts';
import type { App } from '../../state/app.ts';
import { Asking } from './asking.svelte.ts';
import type { HistoryQuery } from './history-query.ts';
import { cellOf, type Stretch } from './ranges.ts';

/** Holds nothing that the host did not say. */
export class HistoryPage {
  readonly availability: Asking<'availabilityReport'>;
  readonly heat: Asking<'heatMap'>;
  readonly restless: Asking<'restlessness'>;
  readonly incidents: Asking<'incidentReport'>;
  readonly shift: Asking<'shiftReport'>;
  /** How far back the record goes. */
  readonly record: Asking<'pastRange'>;
  readonly #bridge: App['bridge'];
  #rules = $state.raw<ReadonlyMap<string, LintRuleView>>(new Map());

  constructor(bridge: App['bridge']) {
    this.#bridge = bridge;
    this.availability = new Asking(bridge, 'availabilityReport');
    this.heat = new Asking(bridge, 'heatMap');
    this.restless = new Asking(bridge, 'restlessness');
    this.incidents = new Asking(bridge, 'incidentReport');
    this.shift = new Asking(bridge, 'shiftReport');
    this.record = new Asking(bridge, 'pastRange');
  }

  /** By id; names of findings in a shift report. */
  get rules(): ReadonlyMap<string, LintRuleView> {
    return this.#rules;
  }

  /** The question behind the part that is open. */
  of(part: HistoryQuery['part']): Pick<Asking<'pastRange'>, 'problem' | 'busy'> & { readonly reply: unknown } {
    return this[part];
  }

  /**
   * Asks for the part that is open.
   * @param accountId One that the host knows; `null`: all.
   */
  ask(query: HistoryQuery, { from, to }: Stretch, accountId: AccountId | null): void {
    const { scope, degraded } = query;
    void this.record.ask({});
    switch (query.part) {
      case 'availability':
        void this.availability.ask({ scope, from, to, accountId, degraded });
        break;
      case 'heat':
        void this.heat.ask({ from, to, accountId, cell: cellOf(query, { from, to }) });
        break;
      case 'restless':
        void this.restless.ask({ from, to, accountId });
        break;
      case 'incidents':
        void this.incidents.ask({ from, to });
        break;
      case 'shift':
        void this.shift.ask({ from, to });
        if (this.#rules.size === 0) void this.#askRules();
    }
  }

  async #askRules(): Promise<void> {
    const result = await this.#bridge.call('lintRules', {});
    if (result.ok && result.value !== null) this.#rules = new Map(result.value.map((rule) => [rule.id, rule]));
  }
}
