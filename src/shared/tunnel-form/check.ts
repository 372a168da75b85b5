/** Drafts and changes against what Cloudflare documents: while somebody types, before a plan is made, and on the command line. */
import type { Tunnel, TunnelKey } from '../model.ts';
import type { TunnelChange, TunnelDraft } from '../operations.ts';
import { isSameAddress } from './addresses.ts';
import { FIELDS, FORM_FIELDS, type FormField, REMOVABLE, REQUIRED } from './fields.ts';
import { type FormProblem, type ProblemCode, SENTENCES } from './problems.ts';

/** What is wrong with the value of one field. Nothing is wrong with one that is left out. */
export function checkField(field: FormField, value: unknown): readonly FormProblem[] {
  if (value === undefined) return [];
  const parsed = FIELDS[field].safeParse(value);
  if (parsed.success) return [];
  return parsed.error.issues.map((issue) => {
    const [index] = issue.path;
    const entry = Array.isArray(value) && typeof index === 'number' ? String(value[index]) : null;
    return formProblem(codeOf(issue), field, entry);
  });
}

/** A problem with its sentence. `field: null` means all of the form. */
export function formProblem(
  code: ProblemCode,
  field: FormField | (string & {}) | null,
  value: string | null = null,
): FormProblem {
  return { key: null, field, code, value, sentence: SENTENCES[code](value) };
}

/** What Zod says, as one of our codes. */
function codeOf(issue: { readonly code?: string; readonly params?: unknown }): ProblemCode {
  const { params } = issue;
  if (typeof params === 'object' && params !== null && 'code' in params) return params.code as ProblemCode;
  return issue.code === 'invalid_value' ? 'not-a-choice' : 'wrong-kind';
}

type Values = ReadonlyMap<string, unknown>;

const isGroup = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** `{ bgp: { customerAsn: 1 } }` as `bgp.customerAsn` → 1. What is left out (`undefined`) is not there. */
function flat(form: object): Values {
  const values = new Map<string, unknown>();
  for (const [name, value] of Object.entries(form)) {
    if (value === undefined) continue;
    if (!isGroup(value)) values.set(name, value);
    else
      for (const [part, inner] of Object.entries(value)) if (inner !== undefined) values.set(`${name}.${part}`, inner);
  }
  return values;
}

const isField = (name: string): name is FormField => Object.hasOwn(FIELDS, name);

function checkValues(values: Values, mayRemove: boolean): FormProblem[] {
  const known = FORM_FIELDS.flatMap((field) => {
    const value = values.get(field);
    return mayRemove && value === null && REMOVABLE.has(field) ? [] : checkField(field, value);
  });
  const strange = [...values.keys()].filter((name) => !isField(name) && !(mayRemove && name === 'bgp'));
  return [...known, ...strange.map((name) => formProblem('unknown-field', name))];
}

/** The router's address is not Cloudflare's. */
function checkEndpoints(cloudflare: unknown, customer: unknown): FormProblem[] {
  if (typeof cloudflare !== 'string' || typeof customer !== 'string') return [];
  return isSameAddress(cloudflare, customer) ? [formProblem('same-endpoints', 'customerEndpoint')] : [];
}

/** Everything that is wrong with a tunnel to be created, in the order of the form; empty when it may be asked for. */
export function checkDraft(draft: TunnelDraft): readonly FormProblem[] {
  const values = flat(draft);
  const missing = REQUIRED.filter((field) => !values.has(field)).map((field) => formProblem('required', field));
  const bgp = draft.bgp !== undefined && !values.has('bgp.customerAsn') ? [asnMissing()] : [];
  const endpoints = checkEndpoints(draft.cloudflareEndpoint, draft.customerEndpoint);
  return [...missing, ...bgp, ...checkValues(values, false), ...endpoints];
}

const asnMissing = (): FormProblem => formProblem('asn-missing', 'bgp.customerAsn');

/** Everything that is wrong with a change of `current`; `key` of each problem names the tunnel. */
export function checkChange(change: TunnelChange, current: Tunnel): readonly FormProblem[] {
  const values = flat(change);
  if (values.size === 0) return named([formProblem('nothing-changed', null)], current.key);
  const bgp = isGroup(change.bgp) && current.bgp === null && !values.has('bgp.customerAsn') ? [asnMissing()] : [];
  const touched = change.cloudflareEndpoint !== undefined || change.customerEndpoint !== undefined;
  const endpoints = touched
    ? checkEndpoints(
        change.cloudflareEndpoint ?? current.cloudflareEndpoint,
        change.customerEndpoint === undefined ? current.customerEndpoint : change.customerEndpoint,
      )
    : [];
  return named([...bgp, ...checkValues(values, true), ...endpoints], current.key);
}

const named = (problems: readonly FormProblem[], key: TunnelKey): readonly FormProblem[] =>
  problems.map((problem) => ({ ...problem, key }));
