/** From settings to the clients of the accounts: credentials, proxy, authorities, one transport for all. */
import { ok, type Result } from '../../shared/result.ts';
import { type CloudflareClient, createCloudflareClient } from '../cloudflare/client.ts';
import type { CredentialSource, Transport } from '../cloudflare/contract.ts';
import { createUndiciTransport } from '../cloudflare/transport.ts';
import { type OpenedCredential, openCredential } from '../credentials/source.ts';
import { memoryVault } from '../credentials/vault.ts';
import { openWriteToken } from '../credentials/write-token.ts';
import type { WriteAccount } from '../operations/contract.ts';
import { readAuthorities } from './authorities.ts';
import type { Machine } from './open-engine.ts';
import type { AccountSettings, Settings } from './schema.ts';

export interface OpenedAccount {
  readonly settings: AccountSettings;
  readonly client: CloudflareClient;
  readonly credential: OpenedCredential;
  /** For changes; off until somebody gives a write token and unlocks. */
  readonly writing: WriteAccount;
}

export interface OpenedClients {
  readonly accounts: readonly OpenedAccount[];
  /** Whoever opened it closes it. */
  readonly transport: Transport;
}

/** The error is one sentence that the user can act on. */
export async function openClients(
  settings: Settings,
  {
    clock,
    places,
    session,
    version,
    systemProxy,
  }: Pick<Machine, 'clock' | 'places' | 'session' | 'version' | 'systemProxy'>,
): Promise<Result<OpenedClients, string>> {
  const authorities = await readAuthorities(settings.network.caFile);
  if (!authorities.ok) return authorities;
  const transport = createUndiciTransport({
    proxy: settings.network.proxy ?? null,
    noProxy: settings.network.noProxy ?? null,
    ca: authorities.value,
    env: places.env,
    systemProxy: systemProxy ?? null,
    clock,
  });
  const open = async (account: AccountSettings): Promise<OpenedAccount> => {
    const credential = await openCredential(account, places);
    const { apiBase } = account;
    const userAgent = `tunnelwatch/${version}`;
    const clientWith = (credentials: CredentialSource): CloudflareClient =>
      createCloudflareClient({ apiBase, credentials, transport, userAgent, clock });
    const token = openWriteToken({
      account,
      named: account.writeToken ?? null,
      places,
      session: session ?? memoryVault(),
      clock,
    });
    const writing = { id: account.id, name: account.name, token, clientWith };
    return { settings: account, client: clientWith(credential.source), credential, writing };
  };
  return ok({ accounts: await Promise.all(settings.accounts.map(open)), transport });
}
