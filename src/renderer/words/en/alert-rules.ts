/** The rules of alerts in English are what the host says. */
import type { RuleView } from '../../../shared/alerts.ts';

/** What a rule says of itself: what it looks at, why that matters, what to check next, where it comes from. */
export type RuleText = Pick<RuleView, 'title' | 'what' | 'why' | 'next' | 'source'>;

/** A rule's text; `told` is what the host said in English. */
export function ruleText(told: RuleView): RuleText {
  return told;
}
