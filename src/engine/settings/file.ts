/**
 * Settings that the app itself writes: atomic, with the version before kept as `.bak`. A file cut in half is never
 * taken for fewer accounts: what we write is JSON, which is not valid before its last brace, and a broken file means
 * the copy with a visible notice, or an error, but no defaults.
 */
import { constants } from 'node:fs';
import { copyFile, mkdir, open, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { err, ok, type Result } from '../../shared/result.ts';
import { emptySettings, fileTrouble, loadSettings, parseSettings } from './load.ts';
import { describeProblem, type SettingsError } from './problems.ts';
import type { Settings, SettingsInput } from './schema.ts';

export interface OpenedSettings {
  readonly settings: Settings;
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
  const current = await loadSettings(path);
  if (current.ok) return ok({ settings: current.value, from: 'file', notice: null });
  const backup = await loadSettings(backupOf(path));
  if (backup.ok) {
    const first = current.error.problems[0];
    const why = first === undefined ? path : describeProblem(path, first);
    const notice = `The settings could not be read, so the copy from before the last change is in use. ${why}`;
    return ok({ settings: backup.value, from: 'backup', notice });
  }
  if (isMissing(current.error) && isMissing(backup.error)) {
    return ok({ settings: emptySettings(), from: 'none', notice: null });
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

/**
 * Replaces the settings. They are checked first, so that a bug in a form cannot store what the next start refuses; a
 * good version before becomes `.bak`, a broken one does not push a good copy out.
 */
export async function saveSettings(path: string, input: SettingsInput): Promise<Result<Settings, SettingsError>> {
  const text = `${JSON.stringify(input, null, 2)}\n`;
  const parsed = parseSettings(text, path);
  if (!parsed.ok) return parsed;
  const draft = `${path}.new`;
  try {
    await mkdir(dirname(path), { recursive: true });
    await writeDurably(draft, text);
    if ((await loadSettings(path)).ok) {
      const copy = `${backupOf(path)}.new`;
      await copyFile(path, copy);
      await rename(copy, backupOf(path));
    }
    await rename(draft, path);
    await syncFolder(dirname(path));
    return parsed;
  } catch (error) {
    await rm(draft, { force: true }).catch(() => undefined);
    const sentence = fileTrouble(error).replace('be read', 'be written');
    return err({ file: path, problems: [{ line: null, column: null, key: '', sentence }] });
  }
}
