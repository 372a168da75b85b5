/** The form of one tunnel while somebody types: its values, what is wrong with them, what Cloudflare refused. */
import type { Tunnel } from '../../../shared/model.ts';
import type { FieldProblem, TunnelChange, TunnelDraft } from '../../../shared/operations.ts';
import { checkChange, checkDraft, type FormProblem } from '../../../shared/tunnel-form/index.ts';
import { problemText } from './problem-text.ts';
import { changeOf, draftOf, EMPTY, isSame, type TunnelValues, valuesOf, withChange } from './tunnel-values.ts';

/** Where each value of the form stands among the fields of an operation. */
const FIELD_OF: Readonly<Partial<Record<keyof TunnelValues, string>>> = {
  checkEnabled: 'healthCheck.enabled',
  checkRate: 'healthCheck.rate',
  checkType: 'healthCheck.type',
  checkDirection: 'healthCheck.direction',
  checkTarget: 'healthCheck.target',
  asn: 'bgp.customerAsn',
  prefixes: 'bgp.extraPrefixes',
  md5Key: 'bgp.md5Key',
  importFilterId: 'bgp.importFilterId',
  exportFilterId: 'bgp.exportFilterId',
};

export class TunnelForm {
  /** `null`: the tunnel is to be created. */
  readonly tunnel: Tunnel | null;
  readonly base: TunnelValues;
  #values = $state.raw<TunnelValues>(EMPTY);
  #touched = $state.raw<ReadonlySet<string>>(new Set());
  #tried = $state.raw(false);
  #refused = $state.raw<readonly FieldProblem[]>([]);
  #problems = $derived.by((): readonly (FieldProblem | FormProblem)[] => {
    if (this.tunnel === null) return checkDraft(draftOf(this.#values));
    return this.#same ? [] : checkChange(this.change, this.tunnel);
  });
  #same = $derived.by(() => this.tunnel !== null && isSame(changeOf(this.#values, this.base)));

  /** @param suggested What the form begins with beside what is there. */
  constructor(tunnel: Tunnel | null, suggested: TunnelChange | null = null) {
    this.tunnel = tunnel;
    this.base = tunnel === null ? EMPTY : valuesOf(tunnel);
    this.#values = suggested === null ? this.base : withChange(this.base, suggested);
  }

  get values(): TunnelValues {
    return this.#values;
  }
  get draft(): TunnelDraft {
    return draftOf(this.#values);
  }
  get change(): TunnelChange {
    return changeOf(this.#values, this.base);
  }
  /** A form of something that is there, and nothing in it is different. */
  get same(): boolean {
    return this.#same;
  }
  get sound(): boolean {
    return !this.#same && this.#problems.length === 0;
  }
  /** Somebody typed something that would be lost. */
  get dirty(): boolean {
    return this.#touched.size > 0;
  }
  /** What Cloudflare refused of this form, and what of it belongs to no field that is shown. */
  get refused(): readonly FieldProblem[] {
    return this.#refused;
  }

  set(part: Partial<TunnelValues>): void {
    const names = Object.keys(part) as (keyof TunnelValues)[];
    this.#values = { ...this.#values, ...part };
    this.#touched = new Set([...this.#touched, ...names.map(fieldOf)]);
    // What was refused of a field says nothing about what stands there now.
    this.#refused = this.#refused.filter(
      ({ field }) => field === null || !names.some((name) => fieldOf(name) === field),
    );
  }

  /** From now on every field says what is wrong with it. */
  try(): boolean {
    this.#tried = true;
    return this.sound;
  }

  refuse(problems: readonly FieldProblem[]): void {
    this.#refused = problems;
  }

  /** The secrets of the form, when they are of no more use. */
  forgetSecrets(): void {
    this.#values = { ...this.#values, psk: '', md5Key: '' };
  }

  /** What is wrong with a value: a sentence, or `null`. */
  problem(name: keyof TunnelValues): string | null {
    const field = fieldOf(name);
    const refused = this.#refused.find((problem) => problem.field === field);
    if (refused !== undefined) return problemText(refused);
    const found = this.#problems.find((problem) => problem.field === field);
    return found === undefined ? null : problemText(found);
  }

  /** An empty field that nobody has come to is no mistake yet. */
  shown(name: keyof TunnelValues): boolean {
    const field = fieldOf(name);
    return this.#tried || this.#touched.has(field) || this.#refused.some((problem) => problem.field === field);
  }
}

function fieldOf(name: keyof TunnelValues): string {
  return FIELD_OF[name] ?? name;
}
