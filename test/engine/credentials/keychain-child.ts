/** Runs inside a session of its own (see keychain.test.ts): drives the real keychain and prints what came back. */

import { systemClock } from '../../../src/engine/clock.ts';
import { openCredential } from '../../../src/engine/credentials/source.ts';
import { keychainVault } from '../../../src/engine/credentials/vault.ts';
import { parseSettings } from '../../../src/engine/settings/load.ts';

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
process.stdout.write(JSON.stringify({ before, set, credential, removed, after }));
