/**
 * Runs inside a session whose keychain nobody has unlocked (see keychain.test.ts): looks at it, tries to keep something, and
 * prints what came back.
 */
import { systemClock } from '../../../src/engine/clock.ts';
import { keychainVault } from '../../../src/engine/credentials/vault.ts';
import { keychainWatch } from '../../../src/engine/credentials/vault-status.ts';

const vault = keychainVault(systemClock());
const status = await keychainWatch(vault, systemClock())();
const set = await vault.set('acme', 'a-token-for-a-locked-keychain');
process.stdout.write(JSON.stringify({ status, set }), () => process.exit(0));
