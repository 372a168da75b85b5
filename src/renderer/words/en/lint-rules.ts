/** The rules in English are what the host says. */

/** What a rule says of itself and of what it found. */
export interface RuleText {
  readonly title: string;
  readonly why: string;
  readonly fix: string;
}

/** A rule's text; `told` is what the host said in English. */
export function ruleText(_rule: string, told: RuleText): RuleText {
  return told;
}

/** Why a rule could not judge a tunnel; `told` is what the host said in English. */
export function unjudged(told: string): string {
  return told;
}

/** By what tunnels belong together, `site Paris`; `told` is what the host said in English. */
export function grouping(told: string): string {
  return told;
}
