/**
 * The settings of a host as its pages see and change them: one desk for the desktop and the headless host. One change after
 * the other; what is read in between is what is in the file.
 */
import { stringify } from 'yaml';
import type { Outcome, SaveOutcome, SettingsDocument, SettingsTrouble } from '../../shared/settings.ts';
import type { SettingsDesk } from '../bridge/host-calls.ts';
import { keychainWatch } from '../credentials/vault-status.ts';
import { createAccountDesk } from './desk-accounts.ts';
import { settingsView, type Vaults } from './desk-view.ts';
import { diagnosticsText } from './diagnostics.ts';
import { createKeeper, type KeeperOptions } from './keeper.ts';
import { keepSecretsBack, putSecretsBack } from './kept-back.ts';
import { parseDocumentText } from './load.ts';

export interface SettingsDeskOptions extends KeeperOptions {
  /** Where new tokens go. `machine.places.vault` has to find what is in them, that of the session first. */
  readonly vaults: Vaults;
  /** The last lines of the log, the oldest first; for diagnostics. */
  readonly logLines?: () => readonly string[];
}

const KEPT_BACK_NOTE = `# Settings of Tunnelwatch. Tokens are not in here, and neither are secrets that stood in the file itself:
# where it says <kept back> one was left out. Read in again on the same machine it stays as it is; elsewhere write it anew.
`;

/** Runs what is asked one after the other. */
function oneByOne(): <T>(work: () => Promise<T>) => Promise<T> {
  let last: Promise<unknown> = Promise.resolve();
  return (work) => {
    const done = last.then(work);
    last = done.catch(() => undefined);
    return done;
  };
}

/** Opens the desk over the settings of a running host. */
export function createSettingsDesk(options: SettingsDeskOptions): SettingsDesk {
  const { machine, vaults, slot } = options;
  const keeper = createKeeper(options);
  const accounts = createAccountDesk({ keeper, machine, vaults });
  const alone = oneByOne();
  const status = keychainWatch(vaults.keychain, machine.clock);

  /** What stands in the file, for marks that stand for it; nothing when it cannot be read, and then `put` says why. */
  const present = async (): Promise<SettingsDocument> => {
    const read = await keeper.current();
    return read.ok ? read.value.document : {};
  };

  async function save(document: SettingsDocument): Promise<SaveOutcome> {
    const whole = putSecretsBack(document, await present());
    return whole.troubles.length > 0 ? { saved: false, troubles: whole.troubles } : keeper.put(whole.document);
  }

  async function saveText(text: string): Promise<SaveOutcome> {
    const inFile = await present();
    const troubles: SettingsTrouble[] = [];
    const parsed = parseDocumentText(text, keeper.path, (document) => {
      const whole = putSecretsBack(document, inFile);
      troubles.push(...whole.troubles);
      return whole.document;
    });
    if (troubles.length > 0) return { saved: false, troubles };
    if (parsed.ok) return keeper.put(parsed.value.document);
    const found = parsed.error.problems.map(({ key, line, sentence }) => ({ key, line, sentence }));
    return { saved: false, troubles: found };
  }

  return {
    settings: () => settingsView(keeper, machine, vaults, status),
    saveSettings: ({ document }) => alone(() => save(document)),
    saveSettingsText: ({ text: given }) => alone(() => saveText(given)),
    async settingsText() {
      return { text: `${KEPT_BACK_NOTE}${stringify(keepSecretsBack(await present()))}` };
    },
    checkAccount: (asked) => accounts.check(asked),
    addAccount: (account): Promise<Outcome> => alone(() => accounts.add(account)),
    setToken: (asked) => alone(() => accounts.setToken(asked)),
    removeAccount: ({ accountId }) => alone(() => accounts.remove(accountId)),
    async diagnostics() {
      const read = await keeper.current();
      const settings = read.ok ? read.value.settings : null;
      const board = slot.board();
      return { text: diagnosticsText({ board, settings, log: options.logLines?.() ?? [] }) };
    },
  };
}
