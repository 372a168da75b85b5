/**
 * The settings of a running host: read, changed, and lived by at once. A change is written beside the file, the engine is
 * exchanged, and then the file is: whatever fails, file and engine stay as they were.
 */
import { constants } from 'node:fs';
import { access, readFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { err, ok, type Result } from '../../shared/result.ts';
import type { SaveOutcome, SettingsDocument, SettingsTrouble } from '../../shared/settings.ts';
import type { EngineOpener, EngineSlot } from '../bridge/engine-slot.ts';
import { overreach, type Reach } from './carried.ts';
import { type OpenedSettings, openSettings, stageSettings, writeTrouble } from './file.ts';
import { emptySettings } from './load.ts';
import { type Machine, openEngine } from './open-engine.ts';
import { describeProblem, type SettingsError } from './problems.ts';
import type { Settings } from './schema.ts';

export interface KeeperOptions {
  readonly path: string;
  /** Somebody named the file; what people write by hand is then theirs. Else it is the app's own place. */
  readonly named: boolean;
  readonly reach: Reach;
  readonly machine: Machine;
  readonly slot: EngineSlot;
  /** What the engine of the moment was opened with; `null` in practice mode. */
  readonly applied: Settings | null;
  /** Takes sentences for the log. */
  readonly warn: (sentence: string) => void;
}

/** What else a change is about. */
export interface Change {
  /** An account that has just been given its token. */
  readonly fresh?: string;
  /** Exchange the engine even though the settings say the same: a token is another one. */
  readonly reopen?: boolean;
}

export interface Keeper {
  readonly path: string;
  /** As they stand in the file. The error is one sentence. */
  current(): Promise<Result<OpenedSettings, string>>;
  /** Why the file cannot be changed from here, in a sentence; `null` when it can. */
  reason(): Promise<string | null>;
  put(document: SettingsDocument, change?: Change): Promise<SaveOutcome>;
}

const trouble = (sentence: string, key = ''): SettingsTrouble => ({ key, line: null, sentence });
const refused = (...troubles: readonly SettingsTrouble[]): SaveOutcome => ({ saved: false, troubles });
const troublesOf = ({ problems }: SettingsError): readonly SettingsTrouble[] =>
  problems.map(({ key, sentence }) => trouble(sentence, key));

async function isJson(path: string): Promise<boolean> {
  try {
    JSON.parse(await readFile(path, 'utf8'));
    return true;
  } catch {
    return false;
  }
}

/** Files are replaced as a whole, so it is the folder that has to let us. One that is not there yet can be made, or not. */
async function whyNotWritable(path: string): Promise<string | null> {
  try {
    await access(dirname(path), constants.W_OK);
    await access(path, constants.W_OK);
    return null;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
    return `${path}: ${writeTrouble(error)}`;
  }
}

const AFTER_RESTART = 'What changed under server and log counts from the next start.';

/** Only what an engine is made of. */
function forEngine({ server: _server, log: _log, $schema: _schema, ...rest }: Settings): object {
  return rest;
}

export function createKeeper(options: KeeperOptions): Keeper {
  const { path, slot, machine } = options;
  let applied = options.applied;

  const opener =
    (settings: Settings): EngineOpener =>
    async (letGo) => {
      const opened = await openEngine(settings, machine, letGo);
      if (!opened.ok) return opened;
      for (const warning of opened.value.warnings) options.warn(warning);
      opened.value.engine.start();
      return ok(opened.value.engine);
    };

  async function current(): Promise<Result<OpenedSettings, string>> {
    const opened = await openSettings(path);
    if (opened.ok) return opened;
    const [first] = opened.error.problems;
    return err(first === undefined ? path : describeProblem(path, first));
  }

  async function reason(): Promise<string | null> {
    if (options.named && !(await isJson(path))) {
      return `The settings of this host come from ${path}, which is written by hand: change it there and start anew.`;
    }
    const read = await current();
    if (!read.ok) return `The settings file cannot be read, so nothing is changed from here: correct ${read.error}`;
    return whyNotWritable(path);
  }

  function needsEngine(before: Settings, next: Settings, change: Change): boolean {
    if (change.reopen === true) return true;
    if (!slot.board().status.practice) {
      return applied === null || !isDeepStrictEqual(forEngine(applied), forEngine(next));
    }
    // Practice mode ends when there is something else to watch, and not because a colour was changed.
    return next.accounts.length > 0 && !isDeepStrictEqual(before.accounts, next.accounts);
  }

  async function put(document: SettingsDocument, change: Change = {}): Promise<SaveOutcome> {
    const not = await reason();
    if (not !== null) return refused(trouble(not));
    const before = await current();
    if (!before.ok) return refused(trouble(before.error));
    const staged = await stageSettings(path, document);
    if (!staged.ok) return refused(...troublesOf(staged.error));
    const { settings, commit, discard } = staged.value;
    const over = overreach(before.value.settings, settings, options.reach, change.fresh ?? null);
    if (over.length > 0) {
      await discard();
      return refused(...over);
    }
    const back = applied ?? emptySettings();
    const exchanged = needsEngine(before.value.settings, settings, change);
    if (exchanged) {
      const done = await slot.exchange(opener(settings), opener(back));
      if (!done.ok) {
        await discard();
        return refused(trouble(`${done.error} Nothing was changed.`));
      }
    }
    const committed = await commit();
    if (!committed.ok) {
      if (exchanged) await slot.exchange(opener(back), opener(back));
      return refused(...troublesOf(committed.error));
    }
    const later =
      applied !== null && !isDeepStrictEqual([applied.server, applied.log], [settings.server, settings.log]);
    applied = settings;
    return later && options.reach !== 'window' ? { saved: true, note: AFTER_RESTART } : { saved: true };
  }

  return { path, current, reason, put };
}
