/** `check-token`: what the credential of each account is good for, before anybody relies on it. */
import { systemClock } from '../../engine/clock.ts';
import { checkCredential } from '../../engine/credentials/check.ts';
import { keychainVault } from '../../engine/credentials/vault.ts';
import { openClients } from '../../engine/settings/open-clients.ts';
import { EXIT, say, type Terminal, UserError } from '../terminal.ts';
import { VERSION } from '../version.ts';
import { requireSettings } from './config.ts';

/** Asks Cloudflare about every account of the file; prints what each credential can do, and never the credential. */
export async function checkToken(path: string, env: NodeJS.ProcessEnv, terminal: Terminal): Promise<number> {
  const settings = await requireSettings(path);
  if (settings.accounts.length === 0) throw new UserError(`${path} names no accounts.`, EXIT.wrongInput);
  const clock = systemClock();
  const places = { env, vault: keychainVault(clock) };
  const clients = await openClients(settings, { clock, places, version: VERSION });
  if (!clients.ok) throw new UserError(clients.error, EXIT.wrongInput);
  let usable = true;
  try {
    for (const { settings: account, client } of clients.value.accounts) {
      const check = await checkCredential(client, account.id, clock.now());
      usable &&= check.usable;
      const { tunnels } = check;
      const able = tunnels === null ? 'cannot watch' : `can watch ${tunnels} ${tunnels === 1 ? 'tunnel' : 'tunnels'}`;
      const health = check.usable && check.health === null ? ' and their health' : '';
      say(terminal.out, `${account.name}: ${able}${health}.`);
      for (const sentence of check.sentences) say(terminal.out, `  ${sentence}`);
    }
  } finally {
    await clients.value.transport.close();
  }
  return usable ? EXIT.done : EXIT.failed;
}
