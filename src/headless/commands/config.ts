/** `validate-config` and `config-schema`. */
import { loadSettings } from '../../engine/settings/load.ts';
import { describeProblem, type SettingsError } from '../../engine/settings/problems.ts';
import { jsonSchema, type Settings } from '../../engine/settings/schema.ts';
import { EXIT, say, type Terminal, UserError } from '../terminal.ts';

/** All problems of a settings file, one line each. */
export function settingsTrouble(error: SettingsError): UserError {
  const lines = error.problems.map((problem) => describeProblem(error.file, problem));
  return new UserError(lines.join('\n'), EXIT.wrongInput);
}

/** Settings out of a file that has to be there. */
export async function requireSettings(path: string): Promise<Settings> {
  const loaded = await loadSettings(path);
  if (!loaded.ok) throw settingsTrouble(loaded.error);
  return loaded.value;
}

/** Says that a config file is right, or throws all its problems as a `UserError`. */
export async function validateConfig(path: string, terminal: Terminal): Promise<number> {
  const { accounts } = await requireSettings(path);
  const names = accounts.map((account) => account.name).join(', ');
  say(terminal.out, accounts.length === 0 ? `${path} is valid, without accounts.` : `${path} is valid: ${names}.`);
  return EXIT.done;
}

/** Prints the JSON Schema of the config file. */
export function configSchema(terminal: Terminal): number {
  say(terminal.out, JSON.stringify(jsonSchema(), null, 2));
  return EXIT.done;
}
