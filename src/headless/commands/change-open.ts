/** Opens what a change from the command line stands on: one account, its write token, a record on disk. */
import { userInfo } from 'node:os';
import { join } from 'node:path';
import { systemClock } from '../../engine/clock.ts';
import { keychainVault } from '../../engine/credentials/vault.ts';
import type { Ledger } from '../../engine/ledger/contract.ts';
import { LEDGER_DB, openLedger } from '../../engine/ledger/open-ledger.ts';
import { createOperationsDesk, type OperationsDesk } from '../../engine/operations/desk.ts';
import { findingsDifference } from '../../engine/operations/findings-difference.ts';
import { openClients } from '../../engine/settings/open-clients.ts';
import type { AccountSettings, Settings } from '../../engine/settings/schema.ts';
import type { AccountId, Tunnel, TunnelKey } from '../../shared/model.ts';
import { defaultPaths } from '../paths.ts';
import { EXIT, UserError } from '../terminal.ts';
import { VERSION } from '../version.ts';
import { requireSettings } from './config.ts';

/** The record of the command line while a running host holds the usual one. */
export const OWN_LEDGER_DB = 'ledger-cli.db';

/** Which account of which settings. */
export interface Where {
  readonly config?: string;
  readonly account?: string;
  readonly by?: string;
}

export interface OpenedChange {
  readonly desk: OperationsDesk;
  readonly accountId: AccountId;
  /** Who does it, for the record. */
  readonly by: string;
  readonly tunnels: readonly Tunnel[];
  /** By name or id. */
  keyOf(tunnel: string): TunnelKey;
  nameOf(key: string): string;
  close(): Promise<void>;
}

const wrong = (sentence: string): UserError => new UserError(sentence, EXIT.wrongInput);

function accountIn({ accounts }: Settings, wanted: string | undefined): AccountSettings {
  const fitting = accounts.filter(({ id, name }) => wanted === undefined || wanted === name || wanted === id);
  const [only] = fitting;
  if (only === undefined)
    throw wrong(wanted === undefined ? 'The settings name no account.' : `There is no account ${wanted}.`);
  if (fitting.length > 1) throw wrong(`Name one with --account: ${accounts.map(({ name }) => name).join(', ')}.`);
  return only;
}

/** The folder of the records. */
export function dataDir(settings: Settings, env: NodeJS.ProcessEnv): string {
  return settings.data.dir ?? defaultPaths(env).data;
}

/** The usual record, or one beside it while a host is running. */
function ledgerIn(folder: string, clock: Parameters<typeof openLedger>[0]['clock']): Ledger {
  const usual = openLedger({ path: join(folder, LEDGER_DB), clock });
  if (usual.ok) return usual.value;
  const own = openLedger({ path: join(folder, OWN_LEDGER_DB), clock });
  if (!own.ok) throw new UserError(own.error.sentence);
  return own.value;
}

function userName(env: NodeJS.ProcessEnv): string {
  try {
    return userInfo().username;
  } catch {
    return env.USER ?? 'unknown';
  }
}

/** Opens the account and unlocks it for this run; the write token alone is used. Throws a `UserError`. */
export async function openChange(where: Where, env: NodeJS.ProcessEnv): Promise<OpenedChange> {
  const settings = await requireSettings(where.config ?? defaultPaths(env).config);
  const account = accountIn(settings, where.account);
  const clock = systemClock();
  const places = { env, vault: keychainVault(clock) };
  const clients = await openClients({ ...settings, accounts: [account] }, { clock, places, version: VERSION });
  if (!clients.ok) throw wrong(clients.error);
  const { transport, accounts } = clients.value;
  const writing = accounts.map((one) => one.writing);
  const by = where.by ?? `${userName(env)} (command line)`;
  const [writer] = writing;
  if (writer === undefined) throw wrong('The settings name no account.');
  const credential = await writer.token.source.get();
  if (!credential.ok) {
    await transport.close();
    const how = 'Name its place in the settings as writeToken, or give it in the app.';
    throw wrong(`${credential.error.sentence.replace(/ Give one under Settings first\.$/, '')} ${how}`);
  }
  const list = await writer.clientWith(writer.token.source).listTunnels(account.id);
  if (!list.ok) {
    await transport.close();
    throw new UserError(list.error.sentence);
  }
  const tunnels = [...list.value.tunnels.values()];
  const { aging, due, stale } = settings.psk;
  const policy = { agingMs: aging, dueMs: due, staleMs: stale };
  const ledger = ledgerIn(dataDir(settings, env), clock);
  const desk = createOperationsDesk({
    clock,
    accounts: writing,
    ledger,
    keychain: places.vault,
    around: {
      known: () => tunnels.map((tunnel) => ({ tunnel, row: null })),
      whatIf: (accountId, changed, removed) =>
        findingsDifference({ accountId, policy, now: clock.now() }, tunnels, changed, removed),
      written: () => undefined,
    },
  });
  const close = async (): Promise<void> => {
    await desk.lock({ accountId: account.id, by });
    ledger.close();
    await transport.close();
  };
  return {
    desk,
    accountId: account.id,
    by,
    tunnels,
    keyOf(wanted) {
      const found = tunnels.filter(({ name, id, key }) => wanted === name || wanted === id || wanted === key);
      const [one] = found;
      if (one === undefined) throw wrong(`${account.name} has no tunnel ${wanted}.`);
      if (found.length > 1) throw wrong(`${account.name} has ${found.length} tunnels named ${wanted}; use the id.`);
      return one.key;
    },
    nameOf: (key) => tunnels.find((tunnel) => tunnel.key === key)?.name ?? key,
    close,
  };
}
