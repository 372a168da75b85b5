/**
 * What is wrong with a settings file, one sentence for each place. A sentence never repeats a text that could be a
 * secret: long texts, and everything that stands where a secret source is wanted, are described by their kind alone.
 */
import type { LineCounter, ParsedNode } from 'yaml';
import { isMap, isPair, isScalar, isSeq } from 'yaml';
import type { z } from 'zod';
import { jsonSchema, SECRET_EXPECTED } from './schema.ts';
import { suggest } from './suggest.ts';

export interface Problem {
  /** From 1; `null` where there is no text to point into. */
  readonly line: number | null;
  readonly column: number | null;
  /** The key, for instance `accounts[0].interval`; empty for the whole file. */
  readonly key: string;
  readonly sentence: string;
}

/** Why settings could not be read. */
export interface SettingsError {
  readonly file: string;
  readonly problems: readonly Problem[];
}

/** `file:line:column: key: sentence`, as editors and terminals make it clickable. */
export function describeProblem(file: string, problem: Problem): string {
  const place = problem.line === null ? file : `${file}:${problem.line}:${problem.column}`;
  return problem.key === '' ? `${place}: ${problem.sentence}` : `${place}: ${problem.key}: ${problem.sentence}`;
}

type Path = readonly PropertyKey[];
/** A text longer than this is described, not quoted: tokens and keys are longer, names of settings are shorter. */
const LONGEST_QUOTE = 24;

function writePath(path: Path): string {
  return path.reduce<string>((whole, part) => {
    if (typeof part === 'number') return `${whole}[${part}]`;
    const name = String(part).length > LONGEST_QUOTE ? '(a long key)' : String(part);
    return whole === '' ? name : `${whole}.${name}`;
  }, '');
}

/** The value at a path, as plain data. */
function valueAt(root: unknown, path: Path): unknown {
  let value = root;
  for (const part of path) {
    if (typeof value !== 'object' || value === null) return undefined;
    value = Object.getOwnPropertyDescriptor(value, part)?.value;
  }
  return value;
}

/** The place of a path in the text; of the nearest surrounding thing when the path itself is not there. */
function offsetAt(root: ParsedNode | null, path: Path, ofKey: boolean): number {
  let node: unknown = root;
  let offset = root?.range[0] ?? 0;
  for (const [depth, part] of path.entries()) {
    let next: unknown = null;
    if (isSeq(node) && typeof part === 'number') next = node.items[part];
    if (isMap(node)) {
      const pair = node.items.find((item) => isPair(item) && isScalar(item.key) && String(item.key.value) === part);
      const atEnd = depth === path.length - 1;
      next = ofKey && atEnd ? pair?.key : (pair?.value ?? pair?.key);
    }
    if (!isMap(next) && !isSeq(next) && !isScalar(next)) break;
    node = next;
    offset = next.range?.[0] ?? offset;
  }
  return offset;
}

const SECRET_PLACES = new Set<PropertyKey>([
  ...['token', 'key', 'url', 'urls', 'password', 'secret', 'hmac', 'headers', 'env', 'topic'],
]);
const isSecretPlace = (path: Path): boolean => path.some((part) => SECRET_PLACES.has(part));

function describeFound(value: unknown, path: Path): string {
  if (value === null) return 'nothing';
  if (Array.isArray(value)) return value.length === 0 ? 'an empty list' : `a list of ${value.length}`;
  if (typeof value === 'object') return 'a mapping';
  if (typeof value !== 'string') return isSecretPlace(path) ? `a ${typeof value}` : String(value);
  if (value === '') return 'an empty text';
  const quotable = value.length <= LONGEST_QUOTE && !isSecretPlace(path) && !value.includes('@');
  return quotable ? JSON.stringify(value) : `a text of ${value.length} characters`;
}

/** The shapes that a value may have; of shapes that bear a `type` only that which the value names. */
function shapesOf(place: unknown, value: unknown): readonly unknown[] {
  const options = valueAt(place, ['anyOf']) ?? valueAt(place, ['oneOf']);
  if (!Array.isArray(options)) return [place];
  const type = valueAt(value, ['type']);
  const fits = (option: unknown): boolean => {
    const wanted = valueAt(option, ['properties', 'type', 'const']);
    return wanted === undefined || wanted === type;
  };
  return options.filter(fits).flatMap((option) => shapesOf(option, value));
}

/** The keys that the schema knows at a path of the data. */
function knownKeys(path: Path, data: unknown): readonly string[] {
  let places: readonly unknown[] = shapesOf(jsonSchema(), data);
  for (const [depth, part] of path.entries()) {
    const value = valueAt(data, path.slice(0, depth + 1));
    places = places
      .map((place) => valueAt(place, typeof part === 'number' ? ['items'] : ['properties', part]))
      .flatMap((place) => shapesOf(place, value));
  }
  return places.flatMap((place) => Object.keys(valueAt(place, ['properties']) ?? {}));
}

function unknownKey(path: Path, key: string, data: unknown): string {
  if (key.length > LONGEST_QUOTE) return 'unknown key.';
  const known = knownKeys(path, data);
  const near = suggest(key, known);
  return near === null
    ? `unknown key; the keys here are ${known.filter((one) => one !== '$schema').join(', ')}.`
    : `unknown key; did you mean ${near}?`;
}

function explain(issue: z.core.$ZodIssue, value: unknown): string {
  const expected = issue.message;
  const wantsSecret = issue.code === 'invalid_union' && expected === SECRET_EXPECTED;
  if (value === undefined) return `missing; expected ${expected}.`;
  if (wantsSecret && typeof value === 'string') {
    return `a secret does not belong in this file; put it into an environment variable, a file or the keychain and name that here: expected ${expected}.`;
  }
  if (issue.code === 'custom' && typeof value === 'object') return `expected ${expected}.`;
  const found = describeFound(value, issue.path);
  const unquoted = typeof value === 'number' && issue.code === 'invalid_type' && issue.expected === 'string';
  return unquoted
    ? `found the number ${found}, expected ${expected}; put it in quotes.`
    : `found ${found}, expected ${expected}.`;
}

/** One problem for each place that the schema complains about, in the order of the text. */
export function problemsOf(
  issues: readonly z.core.$ZodIssue[],
  data: unknown,
  root: ParsedNode | null,
  lines: LineCounter,
): readonly Problem[] {
  const seen = new Set<string>();
  const found: (Problem & { readonly offset: number })[] = [];
  const add = (path: Path, sentence: string, ofKey: boolean): void => {
    const key = writePath(path);
    if (seen.has(key)) return;
    seen.add(key);
    const offset = offsetAt(root, path, ofKey);
    const { line, col } = lines.linePos(offset);
    found.push({ line: Math.max(1, line), column: Math.max(1, col), key, sentence, offset });
  };
  for (const issue of issues) {
    const value = valueAt(data, issue.path);
    const isMapping = typeof value === 'object' && value !== null && !Array.isArray(value);
    if (issue.code === 'unrecognized_keys') {
      for (const key of issue.keys) add([...issue.path, key], unknownKey(issue.path, key, data), true);
    } else if (issue.code === 'invalid_key') {
      add(issue.path, `this key is not ${issue.issues[0]?.message ?? issue.message}.`, true);
    } else if (issue.code === 'invalid_union' && isMapping) {
      const stranger = Object.keys(value).find((key) => !knownKeys(issue.path, data).includes(key));
      if (stranger === undefined) add(issue.path, explain(issue, value), false);
      else add([...issue.path, stranger], unknownKey(issue.path, stranger, data), true);
    } else {
      add(issue.path, explain(issue, value), false);
    }
  }
  return found.sort((a, b) => a.offset - b.offset).map(({ offset: _, ...problem }) => problem);
}
