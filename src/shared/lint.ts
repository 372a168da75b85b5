/** Findings about configurations: what the rules are, what they found, what somebody waived, what could not be judged. */
import type { AccountId, EventKind, Finding, HistoryEvent, Instant, TunnelKey } from './model.ts';

/** Where a rule belongs: one file of rules each. */
export const LINT_FAMILIES = [
  'psk',
  'health-checks',
  'addressing',
  'identity-and-crypto',
  'bgp',
  'redundancy',
  'topology',
] as const;
export type LintFamily = (typeof LINT_FAMILIES)[number];

/** What a rule is, for the findings view and for the docs. */
export interface LintRuleView {
  readonly id: string;
  readonly family: LintFamily;
  readonly severity: Finding['severity'];
  /** A short name: `Health check disabled`. */
  readonly title: string;
  /** The fields of the API that it reads. */
  readonly looksAt: string;
  readonly why: string;
  readonly fix: string;
  /** What it rests on: a page of Cloudflare's or a standard, the published schema, or experience. */
  readonly basis: 'documented' | 'schema' | 'heuristic';
  readonly source: string;
}

/** Somebody decided to live with a finding, for a while. An expired waiver hides nothing and stays readable. */
export interface Waiver {
  readonly rule: string;
  readonly key: TunnelKey;
  /** Who answers for it. */
  readonly by: string;
  readonly reason: string;
  readonly at: Instant;
  readonly until: Instant;
}

/** A finding as the view lists it. */
export interface FoundFinding extends Finding {
  readonly accountId: AccountId;
  readonly name: string;
  readonly site: string | null;
  /** First seen by us. */
  readonly since: Instant;
  /** The waiver in force, or the newest expired one; `null` when nobody ever waived it. */
  readonly waiver: Waiver | null;
}

/** A rule that could not judge some tunnels, because the API did not say what it looks at. */
export interface NotEvaluated {
  readonly rule: string;
  readonly accountId: AccountId;
  readonly tunnels: number;
  /** What is missing: one sentence. */
  readonly because: string;
}

export interface FindingsView {
  /** Worst first, then by rule and name; waived ones included. */
  readonly findings: readonly FoundFinding[];
  readonly notEvaluated: readonly NotEvaluated[];
  /** When what stands beside the list (GRE, interconnects, routes, groups) was last read, by account; `null`: never. */
  readonly surroundings: readonly {
    readonly accountId: AccountId;
    readonly readAt: Instant | null;
    readonly problem: string | null;
  }[];
}

/** One field of a configuration that took another value. `null`: not set. Keys of MD5 are masked. */
export interface FieldChange {
  readonly field: string;
  readonly before: string | null;
  readonly after: string | null;
}

/** The events that tell what became of the configuration. */
export const CONFIG_EVENTS = [
  'config-changed',
  'psk-changed',
  'tunnel-appeared',
  'tunnel-disappeared',
  'tunnel-renamed',
  'tunnel-recreated',
] as const satisfies readonly EventKind[];
export type ConfigEventKind = (typeof CONFIG_EVENTS)[number];

/** The calls about findings, waivers and what changed. */
export interface LintCalls {
  /** All findings of one account or of all; with `key` those of one tunnel alone. */
  readonly findings: { args: { accountId: AccountId | null; key?: TunnelKey | undefined }; reply: FindingsView };
  /** Every rule, in the order of the families. */
  readonly lintRules: { args: Record<string, never>; reply: readonly LintRuleView[] };
  /** Waives one finding until a time (at most two years ahead); waiving again replaces it. */
  readonly waive: {
    args: { rule: string; key: TunnelKey; by: string; reason: string; until: Instant };
    reply: Waiver;
  };
  /** Takes a waiver back; false when there was none in force. */
  readonly unwaive: { args: { rule: string; key: TunnelKey; by: string }; reply: boolean };
  /** Events of the kinds `CONFIG_EVENTS`, newest first: of a tunnel, of an account, or of all. `before` pages by sequence. */
  readonly configEvents: {
    args: { accountId: AccountId | null; key: TunnelKey | null; before: number | null; limit: number };
    reply: readonly HistoryEvent[];
  };
}
