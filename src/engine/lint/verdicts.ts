/** What was judged so far: verdicts by tunnel and rule, what is missing, and when time alone changes something. */
import type { NotEvaluated } from '../../shared/lint.ts';
import type { AccountId, Finding, Instant, TunnelKey } from '../../shared/model.ts';
import { CATALOGUE } from './catalogue/catalogue.ts';
import type { CatalogueRule, Found, Verdict } from './catalogue/rule.ts';

const RANK: Readonly<Record<Finding['severity'], number>> = { error: 0, warning: 1, info: 2 };

/** Worst first; the order of those alike stays. */
export function worstFirst(findings: Finding[]): Finding[] {
  return findings.sort((a, b) => RANK[a.severity] - RANK[b.severity]);
}

/** What was found, with the words of the rule. */
export function finding(rule: CatalogueRule, key: TunnelKey, found: Found): Finding {
  return {
    rule: rule.id,
    severity: found.severity ?? rule.severity,
    key,
    evidence: found.evidence,
    field: found.field,
    value: found.value,
    grouping: found.grouping ?? null,
    why: rule.why,
    fix: found.fix ?? rule.fix,
    source: rule.source,
    remedy: found.remedy ?? null,
  };
}

function sameFound(a: Found | undefined, b: Found | undefined): boolean {
  if (a === b) return true;
  if (a === undefined || b === undefined) return false;
  return a.evidence === b.evidence && a.severity === b.severity && a.grouping === b.grouping && a.value === b.value;
}

/** The verdicts of one account. */
export class Verdicts {
  readonly #accountId: AccountId;
  /** By tunnel, then by the number of the rule; those with nothing to say are left out. */
  readonly #verdicts = new Map<TunnelKey, Map<number, Verdict>>();
  readonly #findings = new Map<TunnelKey, readonly Finding[]>();
  /** How many tunnels a rule could not judge, by its number and the reason. */
  readonly #missing = new Map<number, Map<string, number>>();
  readonly #again = new Map<number, Map<TunnelKey, Instant>>();
  #soonest: Instant | null = null;

  constructor(accountId: AccountId) {
    this.#accountId = accountId;
  }

  /** No later than the next moment at which a verdict may change by itself. */
  get soonest(): Instant | null {
    return this.#soonest;
  }

  /** Takes a verdict; true when the findings of the tunnel are others now. */
  set(key: TunnelKey, rule: number, verdict: Verdict): boolean {
    const known = this.#verdicts.get(key);
    const before = known?.get(rule);
    this.#note(rule, key, verdict.again);
    const empty = verdict.found === undefined && verdict.missing === undefined;
    // Nearly always: nothing against it, as before.
    if (empty && before === undefined) return false;
    this.#count(rule, before?.missing, -1);
    this.#count(rule, verdict.missing, 1);
    const verdicts = known ?? new Map<number, Verdict>();
    if (empty) verdicts.delete(rule);
    else verdicts.set(rule, verdict);
    if (verdicts.size === 0) this.#verdicts.delete(key);
    else if (known === undefined) this.#verdicts.set(key, verdicts);
    if (sameFound(before?.found, verdict.found)) return false;
    this.#findings.delete(key);
    return true;
  }

  drop(key: TunnelKey): void {
    for (const [rule, { missing }] of this.#verdicts.get(key) ?? []) this.#count(rule, missing, -1);
    this.#verdicts.delete(key);
    this.#findings.delete(key);
    for (const times of this.#again.values()) times.delete(key);
  }

  of(key: TunnelKey): readonly Finding[] {
    const cached = this.#findings.get(key);
    if (cached !== undefined) return cached;
    const verdicts = this.#verdicts.get(key);
    if (verdicts === undefined) return [];
    const numbers = [...verdicts.keys()].sort((a, b) => a - b);
    const found = numbers.flatMap((number) => {
      const rule = CATALOGUE[number];
      const what = verdicts.get(number)?.found;
      return rule === undefined || what === undefined ? [] : finding(rule, key, what);
    });
    worstFirst(found);
    this.#findings.set(key, found);
    return found;
  }

  /** By rule, in the order of the rules, then by reason. */
  notEvaluated(): readonly NotEvaluated[] {
    return CATALOGUE.flatMap(({ id }, number) =>
      [...(this.#missing.get(number) ?? [])]
        .sort(([a], [b]) => (a < b ? -1 : 1))
        .map(([because, tunnels]) => ({ rule: id, accountId: this.#accountId, tunnels, because })),
    );
  }

  /** Those whose moment has come, by rule; forgets them, since they will be judged again. */
  due(now: Instant): readonly (readonly [number, readonly TunnelKey[]])[] {
    if (this.#soonest === null || now < this.#soonest) return [];
    this.#soonest = null;
    const due: (readonly [number, readonly TunnelKey[]])[] = [];
    for (const [rule, times] of this.#again) {
      const ripe: TunnelKey[] = [];
      for (const [key, at] of times) {
        if (at <= now) ripe.push(key);
        else this.#sooner(at);
      }
      for (const key of ripe) times.delete(key);
      if (ripe.length > 0) due.push([rule, ripe]);
    }
    return due;
  }

  #note(rule: number, key: TunnelKey, at: Instant | undefined): void {
    if (at === undefined) {
      this.#again.get(rule)?.delete(key);
      return;
    }
    const times = this.#again.get(rule) ?? new Map<TunnelKey, Instant>();
    this.#again.set(rule, times.set(key, at));
    this.#sooner(at);
  }

  #sooner(at: Instant): void {
    this.#soonest = this.#soonest === null ? at : Math.min(this.#soonest, at);
  }

  #count(rule: number, because: string | undefined, by: number): void {
    if (because === undefined) return;
    const reasons = this.#missing.get(rule) ?? new Map<string, number>();
    const count = (reasons.get(because) ?? 0) + by;
    if (count > 0) reasons.set(because, count);
    else reasons.delete(because);
    this.#missing.set(rule, reasons);
  }
}
