/** The settings of a rule for a subject: the rule's defaults, then every entry whose matchers fit, later ones over earlier. */
import type { AlertRule, Subject } from '../../../shared/alerts.ts';
import type { AlertConfig, RuleSettings } from '../contract.ts';
import { compile, type Fits, labelsOf } from '../match.ts';
import type { JudgingRule } from './rule.ts';

type Overrides = AlertConfig['rules'][number]['settings'];

/** What the settings say of a rule where nothing is known of the subject: entries without matchers. */
export function generalSettings(config: AlertConfig, { id, defaults }: JudgingRule): RuleSettings {
  const general = config.rules.filter((entry) => entry.matchers.length === 0);
  return Object.assign({}, defaults, ...general.map((entry) => entry.settings[id]));
}

/** Settings by subject. A subject is an immutable object: another name, site or tag makes another one, and is resolved anew. */
export class SettingsBook {
  readonly #entries: readonly { readonly fits: Fits; readonly settings: Overrides }[];
  readonly #known = new WeakMap<Subject, Map<AlertRule, RuleSettings>>();

  constructor(config: AlertConfig) {
    this.#entries = config.rules.map(({ matchers, settings }) => ({ fits: compile(matchers), settings }));
  }

  of(spec: JudgingRule, subject: Subject): RuleSettings {
    let rules = this.#known.get(subject);
    if (rules === undefined) {
      rules = new Map();
      this.#known.set(subject, rules);
    }
    let settings = rules.get(spec.id);
    if (settings === undefined) {
      settings = this.#resolve(spec, subject);
      rules.set(spec.id, settings);
    }
    return settings;
  }

  #resolve({ id, defaults }: JudgingRule, subject: Subject): RuleSettings {
    const labels = labelsOf({ subject, rule: id });
    const fitting = this.#entries.filter(({ settings, fits }) => settings[id] !== undefined && fits(labels));
    return Object.assign({}, defaults, ...fitting.map(({ settings }) => settings[id]));
  }
}
