/** Accounts that come, get another token and go: checked before they are trusted, and nothing half-done left behind. */
import { err, ok, type Result } from '../../shared/result.ts';
import type {
  CredentialVerdict,
  Json,
  Keep,
  NewAccount,
  Outcome,
  SaveOutcome,
  SettingsDocument,
} from '../../shared/settings.ts';
import { type CredentialCheck, checkCredential } from '../credentials/check.ts';
import { accountEntry, writeTokenEntry } from '../credentials/entries.ts';
import { cleanSecret } from '../credentials/secret.ts';
import { memoryVault } from '../credentials/vault.ts';
import { asSentence } from '../credentials/vault-status.ts';
import type { Vaults } from './desk-view.ts';
import type { Keeper } from './keeper.ts';
import { parseSettings } from './load.ts';
import { openClients } from './open-clients.ts';
import type { Machine } from './open-engine.ts';
import { type AccountSettings, DEFAULT_API_BASE, type Settings } from './schema.ts';

export interface AccountDeskOptions {
  readonly keeper: Keeper;
  readonly machine: Machine;
  readonly vaults: Vaults;
}

export interface AccountDesk {
  check(asked: { id: string; token: string | null; apiBase: string | null }): Promise<CredentialVerdict>;
  add(account: NewAccount): Promise<Outcome>;
  setToken(asked: { accountId: string; token: string; keep: Keep }): Promise<Outcome>;
  remove(accountId: string): Promise<Outcome>;
}

const no = (sentence: string): Outcome => ({ done: false, sentence });
const useless = (sentence: string): CredentialVerdict => ({
  usable: false,
  tunnels: null,
  health: false,
  mayWrite: null,
  sentences: [sentence],
});
const verdictOf = ({ usable, tunnels, health, mayWrite, sentences }: CredentialCheck): CredentialVerdict => ({
  usable,
  tunnels,
  health: usable && health === null,
  mayWrite,
  sentences,
});

/** `Id: found a text of 3 characters, expected …`: the field of the form, not the place in the file. */
function whySaid(outcome: SaveOutcome): string {
  const [first] = outcome.saved ? [] : outcome.troubles;
  if (first === undefined) return 'The settings could not be saved.';
  const field = first.key.split('.').at(-1) ?? '';
  return field === '' ? asSentence(first.sentence) : `${asSentence(field)}: ${first.sentence}`;
}

const accountsIn = ({ accounts }: SettingsDocument): readonly Json[] => (Array.isArray(accounts) ? accounts : []);

/** Who it is in a document that may write its id in capitals. */
function isAccount(value: Json, id: string): value is { readonly [key: string]: Json } {
  if (typeof value !== 'object' || value === null || Array.isArray(value) || !('id' in value)) return false;
  return typeof value.id === 'string' && value.id.toLowerCase() === id;
}

const words = (tunnels: number | null): string =>
  tunnels === null ? '' : `, ${tunnels} ${tunnels === 1 ? 'tunnel' : 'tunnels'}`;
const joined = (parts: readonly string[]): string => parts.filter((part) => part !== '').join(' ');

export function createAccountDesk({ keeper, machine, vaults }: AccountDeskOptions): AccountDesk {
  const tokenOf = (raw: string): Result<string, string> => {
    const clean = cleanSecret(raw.trim(), 'the token', 'token');
    return clean.ok ? clean : err(asSentence(clean.error));
  };

  /** Asks Cloudflare; `token: null` takes the one that is kept. */
  async function ask(
    settings: Settings,
    account: AccountSettings,
    token: string | null,
  ): Promise<Result<CredentialCheck, string>> {
    const entry = 'the one that was just given';
    const { key: _key, ...rest } = account;
    const asked = token === null ? account : { ...rest, token: { keychain: entry } };
    const places = token === null ? machine.places : { env: machine.places.env, vault: memoryVault([[entry, token]]) };
    const clients = await openClients({ ...settings, accounts: [asked] }, { ...machine, places });
    if (!clients.ok) return clients;
    try {
      const [opened] = clients.value.accounts;
      if (opened === undefined) return err('There is no such account.');
      return ok(await checkCredential(opened.client, account.id, machine.clock.now()));
    } finally {
      await clients.value.transport.close();
    }
  }

  /** Reads one account out of a form; the error names its field. */
  function formed(account: Readonly<Record<string, Json>>): Result<AccountSettings, string> {
    const parsed = parseSettings(JSON.stringify({ accounts: [account] }), keeper.path);
    if (!parsed.ok) {
      return err(whySaid({ saved: false, troubles: parsed.error.problems.map((one) => ({ ...one, line: null })) }));
    }
    const [read] = parsed.value.accounts;
    return read === undefined ? err('There is no account.') : ok(read);
  }

  const draft = (name: string, id: string, apiBase: string | null): Record<string, Json> => ({
    name,
    id: id.trim(),
    token: { keychain: accountEntry(id.trim()) },
    ...(apiBase !== null && { apiBase }),
  });

  async function check(asked: {
    id: string;
    token: string | null;
    apiBase: string | null;
  }): Promise<CredentialVerdict> {
    const current = await keeper.current();
    if (!current.ok) return useless(asSentence(current.error));
    const { settings } = current.value;
    if (asked.token === null) {
      const known = settings.accounts.find(({ id }) => id === asked.id.toLowerCase());
      if (known === undefined) return useless('This account is not in the settings, so no token is kept for it.');
      const found = await ask(settings, known, null);
      return found.ok ? verdictOf(found.value) : useless(asSentence(found.error));
    }
    const token = tokenOf(asked.token);
    if (!token.ok) return useless(token.error);
    const account = formed(draft('the account', asked.id, asked.apiBase));
    if (!account.ok) return useless(account.error);
    const found = await ask(settings, account.value, token.value);
    return found.ok ? verdictOf(found.value) : useless(asSentence(found.error));
  }

  /** Keeps a token, and hands back the way to undo that. */
  async function keep(entry: string, token: string, where: Keep): Promise<Result<() => Promise<void>, string>> {
    const { session, keychain } = vaults;
    const before = await session.get(entry);
    const heldBefore = before.ok ? before.value : null;
    const putBack = async (): Promise<void> => {
      await (heldBefore === null ? session.delete(entry) : session.set(entry, heldBefore));
    };
    if (where === 'session') {
      await session.set(entry, token);
      return ok(putBack);
    }
    const kept = await keychain.get(entry);
    const set = kept.ok ? await keychain.set(entry, token) : kept;
    if (!set.ok) {
      const instead = 'The token can be kept for this session only: it is then gone when Tunnelwatch ends.';
      return err(`${asSentence(set.error)} ${instead}`);
    }
    await session.delete(entry);
    return ok(async () => {
      const old = kept.ok ? kept.value : null;
      await (old === null ? keychain.delete(entry) : keychain.set(entry, old));
      await putBack();
    });
  }

  /** Checks, keeps, saves: in this order, and back when a later step fails. */
  async function trust(
    account: AccountSettings,
    given: { readonly token: string; readonly keep: Keep },
    document: SettingsDocument,
    settings: Settings,
  ): Promise<Result<CredentialCheck, string>> {
    const token = tokenOf(given.token);
    if (!token.ok) return token;
    const found = await ask(settings, account, token.value);
    if (!found.ok) return err(asSentence(found.error));
    if (!found.value.usable) return err(joined(found.value.sentences));
    const kept = await keep(accountEntry(account.id), token.value, given.keep);
    if (!kept.ok) return kept;
    const saved = await keeper.put(document, { fresh: account.id, reopen: true });
    if (saved.saved) return found;
    await kept.value();
    return err(whySaid(saved));
  }

  async function add(given: NewAccount): Promise<Outcome> {
    const reason = await keeper.reason();
    if (reason !== null) return no(reason);
    const current = await keeper.current();
    if (!current.ok) return no(asSentence(current.error));
    const { settings, document } = current.value;
    const apiBase = given.apiBase === DEFAULT_API_BASE ? null : given.apiBase;
    const written = draft(given.name.trim(), given.id, apiBase);
    const account = formed(written);
    if (!account.ok) return no(account.error);
    const twin = settings.accounts.find(({ id }) => id === account.value.id);
    if (twin !== undefined) return no(`The account ${JSON.stringify(twin.name)} has this id already.`);
    const next = { ...document, accounts: [...accountsIn(document), written] };
    const done = await trust(account.value, given, next, settings);
    if (!done.ok) return no(done.error);
    const said = `${account.value.name} is watched${words(done.value.tunnels)}.`;
    return { done: true, sentence: joined([said, ...done.value.sentences]) };
  }

  async function setToken(given: { accountId: string; token: string; keep: Keep }): Promise<Outcome> {
    const reason = await keeper.reason();
    if (reason !== null) return no(reason);
    const current = await keeper.current();
    if (!current.ok) return no(asSentence(current.error));
    const { settings, document } = current.value;
    const account = settings.accounts.find(({ id }) => id === given.accountId);
    if (account === undefined) return no('This account is not in the settings.');
    const accounts = accountsIn(document).map((one): Json => {
      if (!isAccount(one, account.id)) return one;
      const { key: _key, ...rest } = one;
      return { ...rest, token: { keychain: accountEntry(account.id) } };
    });
    const done = await trust(account, given, { ...document, accounts }, settings);
    if (!done.ok) return no(done.error);
    return { done: true, sentence: joined([`${account.name} has another token.`, ...done.value.sentences]) };
  }

  /** A token that nothing in the settings names any more. */
  async function forget(account: AccountSettings): Promise<string> {
    const writes = writeTokenEntry(account.id, account.apiBase === DEFAULT_API_BASE ? null : account.apiBase);
    await vaults.session.delete(writes);
    await vaults.keychain.delete(writes);
    const source = account.token ?? account.key?.key;
    if (source === undefined) return '';
    if (!('keychain' in source)) return 'Its token lies outside of Tunnelwatch and is still there.';
    const left = await keeper.current();
    if (!left.ok || JSON.stringify(left.value.settings).includes(JSON.stringify(source))) return '';
    await vaults.session.delete(source.keychain);
    const gone = await vaults.keychain.delete(source.keychain);
    if (gone.ok) return 'Its token is gone from the keychain.';
    return `Its token may still be in the keychain as ${JSON.stringify(source.keychain)}: ${gone.error}`;
  }

  async function remove(accountId: string): Promise<Outcome> {
    const current = await keeper.current();
    if (!current.ok) return no(asSentence(current.error));
    const { settings, document } = current.value;
    const account = settings.accounts.find(({ id }) => id === accountId);
    if (account === undefined) return no('This account is not in the settings.');
    const accounts = accountsIn(document).filter((one) => !isAccount(one, account.id));
    const saved = await keeper.put({ ...document, accounts });
    if (!saved.saved) return no(whySaid(saved));
    const token = await forget(account);
    return { done: true, sentence: joined([`${account.name} is no longer watched; its history stays.`, token]) };
  }

  return { check, add, setToken, remove };
}
