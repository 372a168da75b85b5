/** The rules of alerts in the reader's language: each has its German, down to its steps. */
import { describe, expect, it } from 'vitest';
import { ruleViews } from '../../src/engine/alerts/rules/catalogue.ts';
import { alertConfig } from '../../src/engine/settings/alert-config.ts';
import { emptySettings } from '../../src/engine/settings/load.ts';
import { ruleText as german } from '../../src/renderer/words/de/alert-rules.ts';
import { ruleText as english } from '../../src/renderer/words/en/alert-rules.ts';
import { ALERT_RULES, type AlertRule, type RuleView } from '../../src/shared/alerts.ts';

const VIEWS = ruleViews(alertConfig(emptySettings()));

/** Everything that the page of rules shows of one. */
const said = ({ title, what, why, next, source }: ReturnType<typeof english>): readonly string[] =>
  [title, what, why, ...next, source].filter((text) => text !== '');

describe('the rules of alerts in German', () => {
  it('each has a title, what it looks at, why, its steps and its source, none of them English', () => {
    expect(VIEWS.length).toBe(ALERT_RULES.length);
    for (const view of VIEWS) {
      const told = said(english(view));
      expect(said(german(view)).length).toBe(told.length);
      expect(said(german(view)).filter((text) => told.includes(text))).toEqual([]);
    }
  });

  it('leaves a rule of a newer host as it was told', () => {
    const view: RuleView = { ...(VIEWS[0] as RuleView), rule: 'of-tomorrow' as AlertRule };
    expect(german(view)).toEqual(view);
  });
});
