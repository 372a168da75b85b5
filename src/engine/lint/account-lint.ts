/**
 * The findings of one account over time: what the linter says, since when we have seen it, what somebody waived. When a
 * finding was first seen is kept in the ledger, because the history knows lanes and not the findings behind them.
 */
import type { NotEvaluated, Waiver } from '../../shared/lint.ts';
import {
  type AccountId,
  accountOf,
  type Finding,
  type Instant,
  type PskPolicy,
  type TunnelKey,
} from '../../shared/model.ts';
import type { Ledger, Sighting } from '../ledger/contract.ts';
import type { LintDifference, Linter, LinterOptions, LintStep } from './contract.ts';
import { createLinter } from './linter.ts';
import { inForce, standing } from './standing.ts';

export interface AccountLintOptions {
  readonly accountId: AccountId;
  readonly ledger: LintLedger;
}

/** What lint keeps over restarts. */
export type LintLedger = Pick<Ledger, 'waivers' | 'sightings' | 'sighted'>;

/** Keeps nothing, waives nothing. */
export const noLedger = (): LintLedger => ({ waivers: () => [], sightings: () => [], sighted: () => undefined });

/** The findings of an account without a ledger. */
export function plainLint(accountId: AccountId): AccountLint {
  return new AccountLint({ accountId, ledger: noLedger() });
}

/** A finding and when it was first seen. */
export interface SeenFinding {
  readonly finding: Finding;
  readonly since: Instant;
}

/** Until somebody says which policy holds no key comes of age. */
const NO_AGE: PskPolicy = { agingMs: Infinity, dueMs: Infinity, staleMs: Infinity };

export class AccountLint {
  readonly #options: AccountLintOptions;
  /** First sightings by tunnel and rule. */
  readonly #seen = new Map<TunnelKey, Map<string, Instant>>();
  #policyOf: LinterOptions['policyOf'] = () => NO_AGE;
  #linter: Linter;
  #keys = new Set<TunnelKey>();
  /** Keys of findings about no tunnel of the list. */
  #strangers = new Set<TunnelKey>();
  #waivers: ReadonlyMap<TunnelKey, readonly Waiver[]>;
  /** When the next waiver in force ends, by our clock. */
  #expiry: Instant | null = null;
  /** When waivers were last looked at, by our clock: earlier than that they may be in force again. */
  #asOf: Instant = Number.NEGATIVE_INFINITY;

  constructor(options: AccountLintOptions) {
    this.#options = options;
    this.#linter = this.#newLinter();
    for (const { rule, key, since } of options.ledger.sightings()) {
      if (accountOf(key) === options.accountId) this.#rulesOf(key).set(rule, since);
    }
    this.#waivers = this.#readWaivers();
  }

  /** Everything is judged anew from the next step on. `policyOf` answers for the moment of each step. */
  begin(policyOf: LinterOptions['policyOf']): void {
    this.#policyOf = policyOf;
    this.#linter = this.#newLinter();
    this.#keys = new Set();
  }

  /** Does time alone call for a step? `cloud` is the moment by Cloudflare's clock, `now` by ours. */
  due(cloud: Instant, now: Instant): boolean {
    const { again } = this.#linter;
    return (again !== null && cloud >= again) || this.#waiversMayDiffer(now);
  }

  /**
   * Takes news. Times of the step are Cloudflare's, because they are compared with what Cloudflare dates; `now` is ours.
   * Returns the tunnels whose standing findings may be others.
   */
  apply(step: LintStep, now: Instant): ReadonlySet<TunnelKey> {
    for (const { key } of step.changed ?? []) this.#keys.add(key);
    const removed = [...(step.removed ?? [])];
    for (const key of removed) this.#keys.delete(key);
    const touched = new Set(this.#linter.apply(step));
    const begun: Sighting[] = [];
    const ended: Pick<Sighting, 'rule' | 'key'>[] = [];
    for (const key of touched) this.#sight(key, this.#linter.findings(key), now, begun, ended);
    for (const key of removed) this.#sight(key, [], now, begun, ended);
    // What vanished more than a day before this start is not spoken of any more.
    if (this.#keys.size > 0 && step.surroundings != null) {
      for (const key of this.#seen.keys()) if (!this.#keys.has(key)) this.#strangers.add(key);
    }
    this.#sightAccount(now, begun, ended);
    this.#options.ledger.sighted(begun, this.#reallyEnded(ended));
    for (const key of this.#expired(now)) touched.add(key);
    return touched;
  }

  /** The findings of a tunnel that nobody decided to live with for now, worst first. */
  standing(key: TunnelKey, now: Instant): readonly Finding[] {
    return standing(this.#linter.findings(key), this.#waivers.get(key) ?? [], now);
  }

  /** All findings, waived ones included. */
  found(now: Instant): readonly SeenFinding[] {
    const all = [...this.#keys].flatMap((key) => this.#linter.findings(key));
    return [...all, ...this.#linter.accountFindings()].map((finding) => ({
      finding,
      since: this.#seen.get(finding.key)?.get(finding.rule) ?? now,
    }));
  }

  notEvaluated(): readonly NotEvaluated[] {
    return this.#linter.notEvaluated();
  }

  whatIf(step: Pick<LintStep, 'now' | 'changed' | 'removed'>): LintDifference {
    return this.#linter.whatIf(step);
  }

  /** Somebody waived, or took a waiver back. */
  rewaived(now: Instant): void {
    this.#waivers = this.#readWaivers();
    this.#expiry = this.#nextExpiry(now);
  }

  #newLinter(): Linter {
    return createLinter({ accountId: this.#options.accountId, policyOf: (tunnel) => this.#policyOf(tunnel) });
  }

  #readWaivers(): ReadonlyMap<TunnelKey, readonly Waiver[]> {
    const own = this.#options.ledger.waivers().filter(({ key }) => accountOf(key) === this.#options.accountId);
    this.#expiry = Number.NEGATIVE_INFINITY;
    return Map.groupBy(own, ({ key }) => key);
  }

  /** Tunnels whose waivers may count otherwise than at the last step: one ended, or the clock was set back. */
  #expired(now: Instant): readonly TunnelKey[] {
    if (!this.#waiversMayDiffer(now)) return [];
    const back = now < this.#asOf;
    this.#asOf = now;
    this.#expiry = this.#nextExpiry(now);
    const over = (waiver: Waiver): boolean => back || !inForce(waiver, now);
    return [...this.#waivers].filter(([key, list]) => this.#keys.has(key) && list.some(over)).map(([key]) => key);
  }

  #waiversMayDiffer(now: Instant): boolean {
    return now < this.#asOf || (this.#expiry !== null && now >= this.#expiry);
  }

  #nextExpiry(now: Instant): Instant | null {
    const ends = [...this.#waivers.values()].flat().filter((waiver) => inForce(waiver, now));
    return ends.length === 0 ? null : Math.min(...ends.map(({ until }) => until));
  }

  #rulesOf(key: TunnelKey): Map<string, Instant> {
    const rules = this.#seen.get(key) ?? new Map<string, Instant>();
    this.#seen.set(key, rules);
    return rules;
  }

  #sight(
    key: TunnelKey,
    findings: readonly Finding[],
    now: Instant,
    begun: Sighting[],
    ended: Pick<Sighting, 'rule' | 'key'>[],
  ): void {
    const rules = this.#rulesOf(key);
    const stand = new Set(findings.map(({ rule }) => rule));
    for (const rule of stand) {
      if (rules.has(rule)) continue;
      rules.set(rule, now);
      begun.push({ rule, key, since: now });
    }
    for (const rule of rules.keys()) if (!stand.has(rule)) ended.push({ rule, key });
  }

  /** Findings that belong to no tunnel of the list, now or when we last looked. */
  #sightAccount(now: Instant, begun: Sighting[], ended: Pick<Sighting, 'rule' | 'key'>[]): void {
    const byKey = Map.groupBy(this.#linter.accountFindings(), ({ key }) => key);
    for (const key of this.#strangers) if (!byKey.has(key) && !this.#keys.has(key)) byKey.set(key, []);
    for (const [key, findings] of byKey) this.#sight(key, findings, now, begun, ended);
    this.#strangers = new Set(byKey.keys());
  }

  /** A rule that cannot judge at the moment has not found that all is well. */
  #reallyEnded(ended: readonly Pick<Sighting, 'rule' | 'key'>[]): readonly Pick<Sighting, 'rule' | 'key'>[] {
    if (ended.length === 0) return ended;
    const undecided = new Set(this.#linter.notEvaluated().map(({ rule }) => rule));
    const over = ended.filter(({ rule }) => !undecided.has(rule));
    for (const { rule, key } of over) {
      const rules = this.#seen.get(key);
      rules?.delete(rule);
      if (rules?.size === 0) this.#seen.delete(key);
    }
    return over;
  }
}
