/**
 * The promises "the token goes to the API's host alone" and "no telemetry", of the built host as it really runs: every
 * connection that its process opens is written down.
 */
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { systemClock } from '../../src/engine/clock.ts';
import { createSimulator } from '../../src/simulator/index.ts';
import { start } from './child.ts';
import { ask } from './stand.ts';

/** Loaded into the child before anything else: says where each socket goes and which names are looked up. */
const WITNESS = `
import net from 'node:net';
import dns from 'node:dns';
const { connect } = net.Socket.prototype;
net.Socket.prototype.connect = function (...args) {
  const [first] = Array.isArray(args[0]) ? args[0] : args;
  process.stderr.write('WITNESS ' + JSON.stringify([first?.host ?? null, first?.port ?? first?.path ?? first]) + '\\n');
  return connect.apply(this, args);
};
const { lookup } = dns;
dns.lookup = (name, ...rest) => {
  process.stderr.write('WITNESS ' + JSON.stringify(['lookup', name]) + '\\n');
  return lookup(name, ...rest);
};
`;

describe('the host as it runs', () => {
  it('opens connections to the API that is configured, and to nobody else', async () => {
    const simulator = createSimulator({ scenario: 'calm', clock: systemClock(), seed: 7, tunnels: 6 });
    const served = await simulator.listen();
    const account = simulator.accounts[0];
    if (account === undefined) throw new Error('no account');
    const folder = mkdtempSync(join(tmpdir(), 'tw-one-'));
    const config = join(folder, 'c.yaml');
    writeFileSync(
      config,
      `accounts:\n  - { name: Acme, id: ${account.id}, token: { env: CF_TOKEN }, apiBase: '${served.url}/client/v4', interval: 10s }\ndata: { dir: data }\n`,
    );
    const host = start(['serve', '--config', config, '--port', '0'], {
      CF_TOKEN: account.readToken,
      NODE_OPTIONS: `--import=data:text/javascript,${encodeURIComponent(WITNESS)}`,
    });
    try {
      const [, url = ''] = await host.saw(/at (http:\S+)/);
      const healthAge = async () =>
        JSON.parse(String((await ask(url, '/healthz')).body)).accounts[0].lastHealthAgeSeconds;
      await expect.poll(healthAge).not.toBeNull();
      await ask(url, '/');
      // A second round.
      await new Promise((resolve) => setTimeout(resolve, 11_000));
    } finally {
      host.child.kill('SIGTERM');
      await host.finished;
      await served.close();
    }
    const seen = host
      .error()
      .split('\n')
      .filter((line) => line.startsWith('WITNESS '))
      .map((line) => line.slice('WITNESS '.length))
      // The address that it listens on.
      .filter((line) => line !== '["lookup","127.0.0.1"]');
    expect(seen.length).toBeGreaterThan(0);
    const { hostname, port } = new URL(served.url);
    expect(new Set(seen)).toEqual(new Set([JSON.stringify([hostname, port])]));
  });
});
