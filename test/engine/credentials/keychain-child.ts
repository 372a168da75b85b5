/** Runs inside a session of its own (see keychain.test.ts): drives the real keychain and prints what came back. */

import { systemClock } from '../../../src/engine/clock.ts';
import { openCredential } from '../../../src/engine/credentials/source.ts';
import { keychainVault } from '../../../src/engine/credentials/vault.ts';
import { keychainWatch } from '../../../src/engine/credentials/vault-status.ts';
import { parseSettings } from '../../../src/engine/settings/load.ts';
import { VAULT_CHECKS } from './vault-suite.ts';

const vault = keychainVault(systemClock());
const settings = parseSettings(
  JSON.stringify({ accounts: [{ name: 'Acme', id: '0'.repeat(32), token: { keychain: 'acme' } }] }),
  'c.json',
);
const account = settings.ok ? settings.value.accounts[0] : undefined;
if (account === undefined) throw new Error('the settings of this test are wrong');

const before = await vault.get('acme');
const set = await vault.set('acme', 'a-token-in-the-keychain');
const opened = await openCredential(account, { env: {}, vault });
const credential = await opened.source.get();
const removed = await vault.delete('acme');
const after = await vault.get('acme');

const given = { name: 'given', secret: 'a-token-that-was-there' };
await vault.set(given.name, given.secret);
const failed: string[] = [];
for (const [name, check] of Object.entries(VAULT_CHECKS)) {
  await check({ vault, given, absent: 'absent', writes: true }).catch((error) => failed.push(`${name}: ${error}`));
}
const status = await keychainWatch(vault, systemClock())();
process.stdout.write(JSON.stringify({ failed, status, before, set, credential, removed, after }));
