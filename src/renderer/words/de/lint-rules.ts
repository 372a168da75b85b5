/** Namen, Gründe und Abhilfen der Regeln auf Deutsch, nach den IDs, unter denen der Host sie kennt. */
import type { RuleText } from '../en/lint-rules.ts';
import { addressing } from './lint-rules/addressing.ts';
import { bgp } from './lint-rules/bgp.ts';
import { healthChecks } from './lint-rules/health-checks.ts';
import { identity } from './lint-rules/identity.ts';
import { psk } from './lint-rules/psk.ts';
import { topology } from './lint-rules/topology.ts';

/** Titel, Grund, Abhilfe. */
export type GermanRule = readonly [title: string, why: string, fix: string];
export type GermanRules = Readonly<Record<string, GermanRule>>;

const RULES = new Map<string, GermanRule>(
  [psk, healthChecks, addressing, identity, bgp, topology].flatMap((family) => Object.entries(family)),
);

/** Was eine Regel sagt; eine unbekannte bleibt bei dem, was der Host auf Englisch sagt. */
export function ruleText(rule: string, told: RuleText): RuleText {
  const found = RULES.get(rule);
  if (found === undefined) return told;
  const [title, why, fix] = found;
  return { title, why, fix };
}
