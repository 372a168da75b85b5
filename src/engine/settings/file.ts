/**
 * Settings that the app itself writes: atomic, with the version before kept as `.bak`. A file cut in half is never
 * taken for fewer accounts: what we write is JSON, which is not valid before its last brace, and a broken file means
 * the copy with a visible notice, or an error, but no defaults.
 */
import { constants } from 'node:fs';
import { copyFile, mkdir, open, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { err, ok, type Result } from '../../shared/result.ts';
import type { SettingsDocument } from '../../shared/settings.ts';
import { emptySettings, loadDocument, MOST_BYTES, parseSettings, type WrittenSettings } from './load.ts';
import { describeProblem, type SettingsError } from './problems.ts';
import type { Settings, SettingsInput } from './schema.ts';

export interface OpenedSettings extends WrittenSettings {
  /** `none`: there is no file yet, so this is a first run. */
  readonly from: 'file' | 'backup' | 'none';
  /** A sentence for the user when the file was not what it should be. */
  readonly notice: string | null;
}

const backupOf = (path: string): string => `${path}.bak`;

const isMissing = (error: SettingsError): boolean =>
  error.problems.some((problem) => problem.line === null && problem.sentence === 'there is no such file.');

/** Reads the file, or its `.bak` with a notice; with neither there it is a first run. Both broken is an error. */
export async function openSettings(path: string): Promise<Result<OpenedSettings, SettingsError>> {
  const current = await loadDocument(path);
  if (current.ok) return ok({ ...current.value, from: 'file', notice: null });
  const backup = await loadDocument(backupOf(path));
  if (backup.ok) {
    const first = current.error.problems[0];
    const why = first === undefined ? path : describeProblem(path, first);
    const notice = `The settings could not be read, so the copy from before the last change is in use. ${why}`;
    return ok({ ...backup.value, from: 'backup', notice });
  }
  if (isMissing(current.error) && isMissing(backup.error)) {
    return ok({ document: {}, settings: emptySettings(), commented: false, from: 'none', notice: null });
  }
  return current;
}

/** Writes and flushes a file that only its owner may read. */
async function writeDurably(path: string, text: string): Promise<void> {
  const handle = await open(path, 'w', constants.S_IRUSR | constants.S_IWUSR);
  try {
    await handle.writeFile(text);
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** Makes a rename durable; systems that cannot flush a folder (Windows) do without. */
async function syncFolder(folder: string): Promise<void> {
  try {
    const handle = await open(folder, 'r');
    await handle.sync().finally(() => handle.close());
  } catch {
    // The rename itself is atomic; only its survival of a power cut is not promised here.
  }
}

const WRITE_TROUBLE: Readonly<Record<string, string>> = {
  EACCES: 'this file may not be changed by the user who runs Tunnelwatch.',
  EPERM: 'this file may not be changed by the user who runs Tunnelwatch.',
  EROFS: 'this file lies on a file system that is read-only.',
  ENOSPC: 'this file cannot be written: the disk is full.',
  EDQUOT: 'this file cannot be written: the quota of the disk is used up.',
  EBUSY: 'this file is a mount of its own or held by another program, so it cannot be replaced.',
  EISDIR: 'this is a folder; expected a YAML or JSON file.',
};

/** A sentence for an error of writing, without the path. */
export function writeTrouble(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown error';
  return WRITE_TROUBLE[code] ?? `this file cannot be written (${code}).`;
}

const troubleOf = (file: string, sentence: string): SettingsError => ({
  file,
  problems: [{ line: null, column: null, key: '', sentence }],
});

/** Settings that lie on the disk beside the file, ready to take its place. */
export interface StagedSettings {
  readonly settings: Settings;
  /** A good version before becomes `.bak`, a broken one does not push a good copy out. Then the file is replaced. */
  commit(): Promise<Result<Settings, SettingsError>>;
  discard(): Promise<void>;
}

/**
 * Writes settings beside the file. They are checked first, so that a bug in a form cannot store what the next start
 * refuses; a full or read-only disk is found out before anything has changed.
 */
export async function stageSettings(
  path: string,
  input: SettingsInput | SettingsDocument,
): Promise<Result<StagedSettings, SettingsError>> {
  const text = `${JSON.stringify(input, null, 2)}\n`;
  if (Buffer.byteLength(text) > MOST_BYTES) return err(troubleOf(path, 'the settings are longer than 1 MB.'));
  const parsed = parseSettings(text, path);
  if (!parsed.ok) return parsed;
  const draft = `${path}.new`;
  const discard = (): Promise<void> => rm(draft, { force: true }).catch(() => undefined);
  const failed = async (error: unknown): Promise<Result<never, SettingsError>> => {
    await discard();
    return err(troubleOf(path, writeTrouble(error)));
  };
  try {
    await mkdir(dirname(path), { recursive: true });
    await writeDurably(draft, text);
  } catch (error) {
    return failed(error);
  }
  return ok({
    settings: parsed.value,
    discard,
    commit: () => replaceFile(path, draft).then(() => parsed, failed),
  });
}

async function replaceFile(path: string, draft: string): Promise<void> {
  const before = await loadDocument(path);
  if (before.ok) {
    await copyInPlace(path, backupOf(path));
    // What somebody wrote by hand, with words of their own, is kept until they write by hand again.
    if (before.value.commented) await copyInPlace(path, `${path}.commented`);
  }
  await rename(draft, path);
  await syncFolder(dirname(path));
}

async function copyInPlace(path: string, to: string): Promise<void> {
  const copy = `${to}.new`;
  await copyFile(path, copy);
  await rename(copy, to);
}

/** Replaces the settings at once: staged and committed. */
export async function saveSettings(
  path: string,
  input: SettingsInput | SettingsDocument,
): Promise<Result<Settings, SettingsError>> {
  const staged = await stageSettings(path, input);
  return staged.ok ? staged.value.commit() : staged;
}
