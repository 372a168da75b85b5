/** The settings as a page sees them: what is written, where secrets lie, whether all this can be changed. */
import type { SettingsView, TokenStatus, VaultStatus } from '../../shared/settings.ts';
import { readSecret } from '../credentials/secret.ts';
import type { Vault } from '../credentials/vault.ts';
import { asSentence, impatient } from '../credentials/vault-status.ts';
import type { OpenedSettings } from './file.ts';
import type { Keeper } from './keeper.ts';
import { keepSecretsBack } from './kept-back.ts';
import type { Machine } from './open-engine.ts';
import type { AccountSettings, Settings } from './schema.ts';

/** Where new secrets can go. */
export interface Vaults {
  readonly keychain: Vault;
  readonly session: Vault;
}

async function tokenStatus(
  account: AccountSettings,
  machine: Machine,
  { keychain, session }: Vaults,
  status: VaultStatus,
): Promise<TokenStatus> {
  const source = account.token ?? account.key?.key;
  const at = { accountId: account.id };
  if (source === undefined) return { ...at, place: 'file', present: false, problem: 'No credential is configured.' };
  if (!('keychain' in source)) {
    const read = await readSecret(source, machine.places);
    const place = 'env' in source ? 'environment' : 'file';
    return { ...at, place, present: read.ok, problem: read.ok ? read.value.warning : asSentence(read.error) };
  }
  const held = await session.get(source.keychain);
  if (held.ok && held.value !== null) return { ...at, place: 'session', present: true, problem: null };
  // A keychain that does not answer is asked once, not for each account.
  if (status.problem !== null) return { ...at, place: 'keychain', present: false, problem: status.problem };
  const vault: Vault = { ...keychain, get: impatient(keychain, machine.clock).get };
  const read = await readSecret(source, { env: {}, vault });
  return { ...at, place: 'keychain', present: read.ok, problem: read.ok ? null : asSentence(read.error) };
}

function noticeOf({ notice, commented }: OpenedSettings, path: string): string | null {
  if (notice !== null || !commented) return notice;
  return `The settings file holds comments. A change made here leaves them out; the file as it is stays beside it as ${path}.commented.`;
}

/** Everything that the page of settings shows. Holds no secret: those that were written into the file are kept back. */
export async function settingsView(
  keeper: Keeper,
  machine: Machine,
  vaults: Vaults,
  status: () => Promise<VaultStatus>,
): Promise<SettingsView> {
  const [read, reason, vault] = await Promise.all([keeper.current(), keeper.reason(), status()]);
  const base = { editable: reason === null, reason, path: keeper.path, vault };
  if (!read.ok) return { ...base, document: {}, tokens: [], notice: asSentence(read.error) };
  const tokens = await tokensOf(read.value.settings, machine, vaults, vault);
  return {
    ...base,
    document: keepSecretsBack(read.value.document),
    tokens,
    notice: noticeOf(read.value, keeper.path),
  };
}

function tokensOf(
  { accounts }: Settings,
  machine: Machine,
  vaults: Vaults,
  status: VaultStatus,
): Promise<readonly TokenStatus[]> {
  return Promise.all(accounts.map((account) => tokenStatus(account, machine, vaults, status)));
}
