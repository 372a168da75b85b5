/** Reading and writing places of a settings document. Pure: a change makes another document. */
import type { Json, SettingsDocument } from '../../../shared/settings.ts';

/** Keys and positions from the top of the document. */
export type Path = readonly (string | number)[];

const isMapping = (value: Json | undefined): value is SettingsDocument =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** What stands at a place; `undefined` when nothing does. */
export function valueAt(root: Json | undefined, path: Path): Json | undefined {
  let value = root;
  for (const part of path) {
    if (typeof part === 'number') value = Array.isArray(value) ? (value[part] as Json | undefined) : undefined;
    else value = isMapping(value) && Object.hasOwn(value, part) ? value[part] : undefined;
  }
  return value;
}

function placed(value: Json | undefined, path: Path, next: Json | undefined): Json | undefined {
  const [part, ...rest] = path;
  if (part === undefined) return next;
  if (typeof part === 'number') {
    const list: readonly Json[] = Array.isArray(value) ? value : [];
    return list.flatMap((one, at) => (at === part ? (placed(one, rest, next) ?? []) : [one]));
  }
  const mapping = isMapping(value) ? value : {};
  const changed = placed(mapping[part], rest, next);
  if (changed === undefined && value === undefined) return undefined;
  const others = Object.entries(mapping).filter(([key]) => key !== part);
  if (changed === undefined) return Object.fromEntries(others);
  // A key keeps its place among the others.
  if (Object.hasOwn(mapping, part)) {
    return Object.fromEntries(Object.entries(mapping).map(([key, one]) => [key, key === part ? changed : one]));
  }
  return Object.fromEntries([...others, [part, changed]]);
}

/** The document with something else at a place; `undefined` takes out what is there. Positions must exist already. */
export function withValue(document: SettingsDocument, path: Path, value: Json | undefined): SettingsDocument {
  const next = placed(document, path, value);
  return isMapping(next) ? next : document;
}

/** A place the way the host names it in its sentences: `accounts[0].interval`. */
export function nameOf(path: Path): string {
  return path.reduce<string>((whole, part) => {
    if (typeof part === 'number') return `${whole}[${part}]`;
    return whole === '' ? part : `${whole}.${part}`;
  }, '');
}

/** An account as far as a form needs it. */
export interface WrittenAccount {
  /** In small letters. */
  readonly id: string;
  readonly name: string;
  readonly at: number;
}

/** The accounts of a document, with their positions. What has no id is no account. */
export function accountsOf(document: SettingsDocument): readonly WrittenAccount[] {
  const list = valueAt(document, ['accounts']);
  if (!Array.isArray(list)) return [];
  return list.flatMap((one: Json, at) => {
    const id = valueAt(one, ['id']);
    const name = valueAt(one, ['name']);
    return typeof id === 'string' ? [{ id: id.toLowerCase(), name: typeof name === 'string' ? name : id, at }] : [];
  });
}
