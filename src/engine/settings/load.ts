/** Reads settings from YAML or JSON: every problem at once, each with its place. */
import { readFile } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { LineCounter, parseDocument } from 'yaml';
import { err, ok, type Result } from '../../shared/result.ts';
import type { SettingsDocument } from '../../shared/settings.ts';
import { anchorSinks } from './anchor.ts';
import { type Problem, problemsOf, type SettingsError } from './problems.ts';
import { type SecretSource, type Settings, settingsSchema } from './schema.ts';

/** No settings are longer; a wrong file name should not fill the memory. */
export const MOST_BYTES = 1_000_000;

/** The parser's own messages may quote the text, and the text may hold a secret: so its codes get sentences of ours. */
const SYNTAX: Readonly<Record<string, string>> = {
  BAD_ALIAS: 'this alias names no anchor above it.',
  BAD_INDENT: 'the indentation does not fit the lines above, or a closing bracket is missing.',
  BAD_SCALAR_START: 'a plain text cannot begin with this character; put it in quotes.',
  BAD_DQ_ESCAPE: 'unknown escape in a double-quoted text; single quotes take a backslash as it is.',
  BLOCK_AS_IMPLICIT_KEY: 'there are two colons here, or the indentation is off; put the text in quotes.',
  DUPLICATE_KEY: 'this key stands here twice.',
  MISSING_CHAR: 'a closing bracket or quote, a comma or a colon is missing.',
  MULTIPLE_DOCS: 'a second document begins here; the file may hold one.',
  TAB_AS_INDENT: 'a tab cannot indent; use spaces.',
  TAG_RESOLVE_FAILED: 'tags (words that begin with !) are not used here.',
};

interface Parsed {
  readonly settings: Settings;
  readonly data: unknown;
  readonly commented: boolean;
}

/** `fill` puts something into the document before it is checked. */
type Fill = (document: SettingsDocument) => SettingsDocument;

function parse(text: string, fill: Fill = (document) => document): Result<Parsed, readonly Problem[]> {
  const lines = new LineCounter();
  const document = parseDocument(text, {
    lineCounter: lines,
    prettyErrors: false,
    logLevel: 'silent',
    uniqueKeys: true,
  });
  // The parser follows a cause with its consequences on the same line: the first is enough.
  const broken = new Map<number, Problem>();
  for (const error of [...document.errors, ...document.warnings]) {
    const { line, col } = lines.linePos(error.pos[0]);
    if (broken.has(line)) continue;
    const sentence = SYNTAX[error.code] ?? 'this is not valid YAML or JSON.';
    broken.set(line, { line: Math.max(1, line), column: Math.max(1, col), key: '', sentence });
  }
  if (broken.size > 0) return err([...broken.values()]);
  if (text.trim() === '')
    return err([whole('the file is empty; expected a mapping of settings, beginning with accounts.')]);
  let data: unknown;
  try {
    data = document.toJS({ maxAliasCount: 20 });
  } catch {
    return err([whole('the file uses too many aliases.')]);
  }
  if (isMapping(data)) data = fill(data);
  const parsed = settingsSchema.safeParse(data);
  // A number sign inside a text is taken for a comment, too: no harm, since a copy too many is all that follows.
  const commented = /(?:^|\s)#/m.test(text);
  return parsed.success
    ? ok({ settings: parsed.data, data, commented })
    : err(problemsOf(parsed.error.issues, data, document.contents, lines));
}

/** The parser gives plain data; what else it can be the schema refuses. */
function isMapping(data: unknown): data is SettingsDocument {
  return typeof data === 'object' && data !== null && !Array.isArray(data);
}

function whole(sentence: string): Problem {
  return { line: null, column: null, key: '', sentence };
}

/** Paths in a settings file are meant from the folder of that file. */
function anchor(settings: Settings, folder: string): Settings {
  const path = (written: string): string => resolve(folder, written);
  const secret = (source: SecretSource): SecretSource => ('file' in source ? { file: path(source.file) } : source);
  const { network, data, server, alerts } = settings;
  return {
    ...settings,
    accounts: settings.accounts.map((account) => ({
      ...account,
      ...(account.token && { token: secret(account.token) }),
      ...(account.writeToken && { writeToken: secret(account.writeToken) }),
      ...(account.key && { key: { ...account.key, key: secret(account.key.key) } }),
    })),
    alerts: { ...alerts, sinks: anchorSinks(alerts.sinks, path) },
    network: { ...network, ...(network.caFile !== undefined && { caFile: path(network.caFile) }) },
    data: { ...data, ...(data.dir !== undefined && { dir: path(data.dir) }) },
    server: {
      ...server,
      ...(server.token && { token: secret(server.token) }),
      ...(server.wallToken && { wallToken: secret(server.wallToken) }),
    },
  };
}

/** Settings out of a text. `file` names it in the problems and anchors relative paths. */
export function parseSettings(text: string, file: string): Result<Settings, SettingsError> {
  const parsed = parse(text);
  if (!parsed.ok) return err({ file, problems: parsed.error });
  return ok(anchor(parsed.value.settings, dirname(resolve(file))));
}

/** Settings as they are written, and as they are meant. */
export interface WrittenSettings {
  readonly document: SettingsDocument;
  readonly settings: Settings;
  /** The text holds comments, which no document keeps. */
  readonly commented: boolean;
}

/** The same with the document: what stands in the text, without defaults. */
export function parseDocumentText(text: string, file: string, fill?: Fill): Result<WrittenSettings, SettingsError> {
  const parsed = parse(text, fill);
  if (!parsed.ok) return err({ file, problems: parsed.error });
  const { settings, data, commented } = parsed.value;
  // Plain data, as the schema has seen.
  const document = structuredClone(data) as SettingsDocument;
  return ok({ document, settings: anchor(settings, dirname(resolve(file))), commented });
}

/** All defaults and no accounts: what a first run begins with. */
export function emptySettings(): Settings {
  return settingsSchema.parse({});
}

const TROUBLE: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file.',
  EACCES: 'this file may not be read by the user who runs Tunnelwatch.',
  EISDIR: 'this is a folder; expected a YAML or JSON file.',
};

/** A sentence for an error of the file system, without its path (which the problem names already). */
export function fileTrouble(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown error';
  return TROUBLE[code] ?? `this file cannot be read (${code}).`;
}

/** Reads a YAML or JSON file. The problems name file, line, column and key, what was found and what was expected. */
export async function loadSettings(path: string): Promise<Result<Settings, SettingsError>> {
  const text = await loadText(path);
  return text.ok ? parseSettings(text.value, path) : text;
}

/** The same with the document. */
export async function loadDocument(path: string): Promise<Result<WrittenSettings, SettingsError>> {
  const text = await loadText(path);
  return text.ok ? parseDocumentText(text.value, path) : text;
}

async function loadText(path: string): Promise<Result<string, SettingsError>> {
  try {
    const bytes = await readFile(path);
    if (bytes.length > MOST_BYTES) {
      return err({ file: path, problems: [whole('this file is longer than 1 MB; is it the right one?')] });
    }
    return ok(bytes.toString('utf8').replace(/^\uFEFF/, ''));
  } catch (error) {
    return err({ file: path, problems: [whole(fileTrouble(error))] });
  }
}
