/**
 * The linter of one account. News comes in, and only what it can have touched is judged again: rules that read a field that
 * changed, for the tunnel itself, for those on its shelves, for those of its group; and whatever has its moment now.
 */
import type { NotEvaluated } from '../../shared/lint.ts';
import type { Finding, Instant, Tunnel, TunnelKey } from '../../shared/model.ts';
import { BgpBeat } from './bgp-beat.ts';
import { CATALOGUE } from './catalogue/catalogue.ts';
import type { AccountVerdict, CatalogueRule } from './catalogue/rule.ts';
import type { LintDifference, Linter, LinterOptions, LintStep } from './contract.ts';
import { differingFields, type Field } from './fields.ts';
import { GROUPING_FIELDS, Moment } from './moment.ts';
import { finding, Verdicts, worstFirst } from './verdicts.ts';

/** A linter that knows nothing yet. */
export function createLinter(options: LinterOptions): Linter {
  return new AccountLinter(options);
}

/** What has to be judged again. */
interface Work {
  /** By number of the rule. */
  readonly tunnels: Map<number, Set<TunnelKey>>;
  readonly shelves: Map<number, Set<string>>;
  /** New tunnels, to be judged by all rules. */
  readonly fresh: Set<TunnelKey>;
  /** For these rules all tunnels. */
  readonly all: Set<number>;
  readonly fields: Set<Field>;
  regroup: boolean;
}

const NUMBERED = [...CATALOGUE.entries()];
/** The rules that read a field. */
const READERS: ReadonlyMap<Field, readonly number[]> = new Map(
  [...new Set(CATALOGUE.flatMap(({ reads }) => reads))].map((field) => [
    field,
    NUMBERED.filter(([, { reads }]) => reads.includes(field)).map(([number]) => number),
  ]),
);
const GROUP_RULES = NUMBERED.filter(([, { byGroup }]) => byGroup === true).map(([number]) => number);

class AccountLinter implements Linter {
  judged = 0;
  readonly #moment: Moment;
  readonly #verdicts: Verdicts;
  readonly #beat: BgpBeat;
  readonly #census = new Map<number, string>();
  readonly #account = new Map<number, AccountVerdict>();
  /** News is real, not tried out. */
  #learning = true;

  constructor(options: LinterOptions) {
    this.#moment = new Moment(options);
    this.#verdicts = new Verdicts(options.accountId);
    this.#beat = new BgpBeat(options.bgpBeatMs ?? null);
  }

  get again(): Instant | null {
    const times = [...this.#account.values()].flatMap(({ again }) => again ?? []);
    if (this.#verdicts.soonest !== null) times.push(this.#verdicts.soonest);
    return times.length === 0 ? null : Math.min(...times);
  }

  apply(step: LintStep): ReadonlySet<TunnelKey> {
    const work: Work = {
      tunnels: new Map(),
      shelves: new Map(),
      fresh: new Set(),
      all: new Set(),
      fields: new Set(),
      regroup: false,
    };
    const moment = this.#moment;
    moment.now = step.now;
    if (step.surroundings !== undefined) this.#noteAll(moment.surround(step.surroundings), work);
    for (const key of step.removed ?? []) this.#remove(key, work);
    for (const tunnel of step.changed ?? []) this.#put(tunnel, work);
    for (const [key, facts] of step.facts ?? []) {
      if (moment.tunnel(key) !== undefined) this.#noteFields(moment.observe(key, facts), key, work);
    }
    if (step.repolicy === true) this.#noteAll(['psk_metadata.last_generated_on'], work);
    moment.bgpBeatMs = this.#beat.beatMs;
    moment.forget();
    if (work.regroup) for (const key of moment.regroup()) for (const rule of GROUP_RULES) add(work.tunnels, rule, key);
    this.#noteCensus(work);
    for (const [rule, keys] of this.#verdicts.due(step.now)) for (const key of keys) add(work.tunnels, rule, key);
    this.#judgeAccount(work);
    return this.#judge(work);
  }

  findings(key: TunnelKey): readonly Finding[] {
    return this.#verdicts.of(key);
  }

  accountFindings(): readonly Finding[] {
    const found = [...this.#account].flatMap(([number, verdict]) => {
      const rule = CATALOGUE[number];
      return rule === undefined ? [] : verdict.found.map((one) => finding(rule, one.key, one));
    });
    return worstFirst(found);
  }

  notEvaluated(): readonly NotEvaluated[] {
    const { accountId } = this.#moment;
    const account = [...this.#account].flatMap(([number, { missing: because }]) => {
      const rule = CATALOGUE[number]?.id;
      return rule === undefined || because === undefined ? [] : { rule, accountId, tunnels: 0, because };
    });
    return [...this.#verdicts.notEvaluated(), ...account];
  }

  whatIf(step: Pick<LintStep, 'now' | 'changed' | 'removed'>): LintDifference {
    const changed = [...(step.changed ?? [])];
    const removed = [...(step.removed ?? [])];
    const was = [...changed.map(({ key }) => key), ...removed].map((key) => [key, this.#moment.tunnel(key)] as const);
    const facts = new Map(was.map(([key]) => [key, this.#moment.facts({ key })]));
    const before = this.#all();
    this.#learning = false;
    this.apply({ now: step.now, changed, removed });
    const after = this.#all();
    this.apply({
      now: step.now,
      changed: was.flatMap(([, tunnel]) => tunnel ?? []),
      removed: was.flatMap(([key, tunnel]) => (tunnel === undefined ? key : [])),
      facts,
    });
    this.#learning = true;
    const without = (these: ReadonlyMap<string, Finding>, those: ReadonlyMap<string, Finding>): Finding[] =>
      worstFirst([...these].filter(([id]) => !those.has(id)).map(([, one]) => one));
    return { causes: without(after, before), solves: without(before, after) };
  }

  /** Every finding, by rule, tunnel and severity. */
  #all(): ReadonlyMap<string, Finding> {
    const tunnels = [...this.#moment.tunnels()].flatMap(({ key }) => this.findings(key));
    return new Map(
      [...tunnels, ...this.accountFindings()].map((one) => [`${one.rule} ${one.key} ${one.severity}`, one]),
    );
  }

  #put(tunnel: Tunnel, work: Work): void {
    const before = this.#moment.put(tunnel);
    const fields = differingFields(before, tunnel);
    if (before === undefined) {
      work.fresh.add(tunnel.key);
      for (const field of fields) work.fields.add(field);
      work.regroup = true;
    } else {
      if (this.#learning) this.#beat.note(before, tunnel);
      this.#noteFields(fields, tunnel.key, work);
      this.#noteShelves(before, fields, work);
    }
    // While all tunnels are new there is nobody else to judge again.
    if (work.fresh.size < this.#moment.size) this.#noteShelves(tunnel, fields, work);
  }

  #remove(key: TunnelKey, work: Work): void {
    const before = this.#moment.remove(key);
    if (before === undefined) return;
    this.#verdicts.drop(key);
    const fields = differingFields(undefined, before);
    for (const field of fields) work.fields.add(field);
    work.regroup = true;
    this.#noteShelves(before, fields, work);
  }

  /** Fields of one tunnel changed. */
  #noteFields(fields: Iterable<Field>, key: TunnelKey, work: Work): void {
    for (const field of fields) {
      work.fields.add(field);
      if (GROUPING_FIELDS.includes(field)) work.regroup = true;
      for (const rule of READERS.get(field) ?? []) {
        add(work.tunnels, rule, key);
        if (CATALOGUE[rule]?.byGroup !== true) continue;
        // Those who join or leave are seen by forming the groups anew.
        for (const mate of this.#moment.group({ key }).members) add(work.tunnels, rule, mate);
      }
    }
  }

  #noteShelves(tunnel: Tunnel, fields: ReadonlySet<Field>, work: Work): void {
    for (const [number, rule] of SHELF_RULES) {
      if (!rule.reads.some((field) => fields.has(field))) continue;
      for (const shelf of rule.shelves?.(tunnel) ?? []) add(work.shelves, number, shelf);
    }
  }

  /** Something beside the tunnels changed, which concerns all of them. */
  #noteAll(fields: Iterable<Field>, work: Work): void {
    for (const field of fields) {
      work.fields.add(field);
      if (GROUPING_FIELDS.includes(field)) work.regroup = true;
      for (const rule of READERS.get(field) ?? []) work.all.add(rule);
    }
  }

  #noteCensus(work: Work): void {
    for (const [number, { census }] of CENSUS_RULES) {
      const text = census?.(this.#moment) ?? '';
      if (this.#census.get(number) !== text) work.all.add(number);
      this.#census.set(number, text);
    }
  }

  #judgeAccount(work: Work): void {
    for (const [number, { judgeAccount, reads }] of ACCOUNT_RULES) {
      const known = this.#account.get(number);
      const due = known?.again !== undefined && known.again <= this.#moment.now;
      if (known !== undefined && !due && !reads.some((field) => work.fields.has(field))) continue;
      this.judged += 1;
      this.#account.set(number, judgeAccount?.(this.#moment) ?? { found: [] });
    }
  }

  #judge(work: Work): Set<TunnelKey> {
    const touched = new Set<TunnelKey>();
    for (const [number, { judge }] of NUMBERED) {
      if (judge === undefined) continue;
      for (const tunnel of this.#toJudge(number, work)) {
        this.judged += 1;
        if (this.#verdicts.set(tunnel.key, number, judge(tunnel, this.#moment))) touched.add(tunnel.key);
      }
    }
    return touched;
  }

  #toJudge(number: number, work: Work): Iterable<Tunnel> {
    if (work.all.has(number) || work.fresh.size === this.#moment.size) return this.#moment.tunnels();
    const keys = new Set([...work.fresh, ...(work.tunnels.get(number) ?? [])]);
    for (const shelf of work.shelves.get(number) ?? []) for (const { key } of this.#moment.shelf(shelf)) keys.add(key);
    return [...keys].flatMap((key) => this.#moment.tunnel(key) ?? []);
  }
}

const having = (part: keyof CatalogueRule): typeof NUMBERED => NUMBERED.filter(([, rule]) => rule[part] !== undefined);
const SHELF_RULES = having('shelves');
const CENSUS_RULES = having('census');
const ACCOUNT_RULES = having('judgeAccount');

function add<K, V>(map: Map<K, Set<V>>, key: K, value: V): void {
  const there = map.get(key);
  if (there === undefined) map.set(key, new Set([value]));
  else there.add(value);
}
