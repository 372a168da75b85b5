import { mkdirSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { systemClock } from '../../src/engine/clock.ts';
import { createSimulator, type Served, type Simulator } from '../../src/simulator/index.ts';
import { LAUNCHER, type Running, run, start } from './child.ts';
import { ask, JSON_TYPE } from './stand.ts';

const ID = '023e105f4ecef8ad9ca31a8372d0c353';
const running: Running[] = [];
const served: Served[] = [];
afterEach(async () => {
  for (const one of running.splice(0)) {
    one.child.kill('SIGKILL');
    await one.finished;
  }
  for (const one of served.splice(0)) await one.close();
});
function up(args: readonly string[], env?: Record<string, string>, entry?: string): Running {
  const one = start(args, env, entry);
  running.push(one);
  return one;
}
const folder = (): string => mkdtempSync(join(tmpdir(), 'tw-cli-'));
function file(name: string, text: string): string {
  const path = join(folder(), name);
  writeFileSync(path, text);
  return path;
}

async function simulator(): Promise<{ simulator: Simulator; url: string }> {
  const made = createSimulator({ scenario: 'calm', clock: systemClock(), seed: 7, tunnels: 6 });
  const one = await made.listen();
  served.push(one);
  return { simulator: made, url: one.url };
}

/** A config over a simulator, with its data in a folder of its own. */
function configFor(url: string, id: string, extra = ''): string {
  return file(
    'c.yaml',
    `accounts:\n  - name: Acme\n    id: ${id}\n    token: { env: CF_TOKEN }\n    apiBase: ${url}/client/v4\ndata: { dir: data }\n${extra}`,
  );
}

describe('tunnelwatch', () => {
  it('says its version on whatever Node it is started with, and its help', async () => {
    const { version } = JSON.parse(readFileSync('package.json', 'utf8'));
    expect(await run(['--version'], {}, LAUNCHER)).toEqual({ code: 0, out: `${version}\n`, error: '' });
    const help = await run([]);
    expect(help.code).toBe(0);
    for (const command of ['serve', 'demo', 'simulate', 'status', 'validate-config', 'check-token', 'config-schema']) {
      expect(help.out).toContain(`  ${command}`);
    }
  });

  it.each<[readonly string[], string]>([
    [['sreve'], "tunnelwatch: unknown command 'sreve'\n(Did you mean serve?)\n"],
    [['serve', '--prot', '1'], "tunnelwatch: unknown option '--prot'\n(Did you mean --port?)\n"],
    [
      ['serve', '--port', '70000'],
      "tunnelwatch: option '--port <number>' argument '70000' is invalid. Expected a whole number from 0 to 65535.\n",
    ],
    [['serve', '--config', '/none.yaml'], 'tunnelwatch: /none.yaml: there is no such file.\n'],
    [['validate-config'], "tunnelwatch: missing required argument 'file'\n"],
    [['simulate', '--scenario', 'rain'], 'tunnelwatch: There is no scenario "rain"; there are practice, '],
    [
      ['serve', '--host', '0.0.0.0', '--port', '0'],
      'tunnelwatch: 0.0.0.0 can be reached from other machines, so server.token is needed.\n',
    ],
  ])('refuses %j in a sentence, with code 2', async (args, sentence) => {
    const { code, out, error } = await run(args);
    expect(code).toBe(2);
    expect(out).toBe('');
    expect(error).toContain(sentence);
    expect(error).not.toMatch(/\n\s+at /);
  });

  it('checks a config file and prints its schema', async () => {
    const good = configFor('https://api.cloudflare.com', ID);
    expect(await run(['validate-config', good])).toEqual({ code: 0, out: `${good} is valid: Acme.\n`, error: '' });
    const bad = file('bad.yaml', 'accounts:\n  - name: A\n    id: 1\npsk: { agin: 1d }\n');
    const checked = await run(['validate-config', bad]);
    expect(checked.code).toBe(2);
    expect(checked.error.split('\n').slice(0, 2)).toEqual([
      `tunnelwatch: ${bad}:3:9: accounts[0].id: found the number 1, expected the 32 hexadecimal digits of the account id; put it in quotes.`,
      `tunnelwatch: ${bad}:4:8: psk.agin: unknown key; did you mean aging?`,
    ]);
    const schema = await run(['config-schema']);
    expect(JSON.parse(schema.out).properties.accounts.type).toBe('array');
  });
});

describe('serve', () => {
  it('watches, answers status, and stops cleanly within two seconds of SIGTERM', async () => {
    const { simulator: sim, url } = await simulator();
    const account = sim.accounts[0];
    if (account === undefined) throw new Error('no account');
    const config = configFor(url, account.id);
    const host = up(['serve', '--config', config, '--port', '0'], { CF_TOKEN: account.readToken });
    const [, address = ''] = await host.saw(/Tunnelwatch is at (\S+)/);
    // Until health was read once nobody can say of every tunnel whether it is up.
    const healthAge = async () =>
      JSON.parse(String((await ask(address, '/healthz')).body)).accounts[0].lastHealthAgeSeconds;
    await expect.poll(healthAge).not.toBeNull();

    const asked = await run(['status', '--url', address]);
    expect(asked.out).toMatch(/^Acme: seeing, \d+ tunnels, last answer \d+ s ago\./);
    expect([0, 1]).toContain(asked.code);
    const json = JSON.parse((await run(['status', '--url', address, '--json'])).out);
    expect(json).toMatchObject({ url: address, status: 'seeing' });
    expect(json.tunnels.length).toBeGreaterThan(0);

    const begun = performance.now();
    host.child.kill('SIGTERM');
    expect((await host.finished).code).toBe(0);
    expect(performance.now() - begun).toBeLessThan(15_000);
    const data = join(config, '..', 'data');
    expect(readdirSync(data)).toContain('history.db');
    expect(readdirSync(data)).not.toContain('history.db-wal');
    expect((await run(['status', '--url', address])).code).toBe(2);
  });

  it('stops by a signal to its launcher, too, and while a request hangs', async () => {
    const { simulator: sim, url } = await simulator();
    const account = sim.accounts[0];
    if (account === undefined) throw new Error('no account');
    await fetch(`${url}/__faults`, { method: 'POST', headers: JSON_TYPE, body: JSON.stringify({ kind: 'hang' }) });
    const host = up(
      ['serve', '--config', configFor(url, account.id), '--port', '0'],
      { CF_TOKEN: account.readToken },
      LAUNCHER,
    );
    await host.saw(/Tunnelwatch is at/);
    await new Promise((resolve) => setTimeout(resolve, 500));
    const begun = performance.now();
    host.child.kill('SIGINT');
    expect((await host.finished).code).toBe(0);
    expect(performance.now() - begun).toBeLessThan(15_000);
  });

  it('without accounts shows the first run, says where accounts go, and is not healthy', async () => {
    const home = folder();
    const host = up(['serve', '--port', '0'], { XDG_CONFIG_HOME: home, XDG_DATA_HOME: home });
    const [, address = ''] = await host.saw(/Tunnelwatch is at (\S+)/);
    expect(host.error()).toContain(`Accounts go into ${home}/tunnelwatch/config.yaml.`);
    expect((await ask(address, '/healthz')).status).toBe(503);
    expect((await ask(address, '/')).status).toBe(200);
    expect(readdirSync(home)).toEqual([]);
  });

  it('says that a port is taken', async () => {
    const first = up(['serve', '--port', '0'], { XDG_CONFIG_HOME: folder() });
    const [, port = ''] = await first.saw(/Tunnelwatch is at http:\/\/127\.0\.0\.1:(\d+)/);
    const second = await run(['serve', '--port', port], { XDG_CONFIG_HOME: folder() });
    expect([
      second.code,
      second.error.includes(`Port ${port} of 127.0.0.1 is in use; choose another with --port.`),
    ]).toEqual([2, true]);
  });

  it('does not share a history with another process', async () => {
    const { simulator: sim, url } = await simulator();
    const config = configFor(url, sim.accounts[0]?.id ?? ID);
    const first = up(['serve', '--config', config, '--port', '0'], { CF_TOKEN: sim.readToken });
    await first.saw(/Tunnelwatch is at/);
    const second = await run(['serve', '--config', config, '--port', '0'], { CF_TOKEN: sim.readToken });
    expect(second.code).toBe(2);
    expect(second.error).toMatch(/^tunnelwatch: .*\.\n$/);
  });

  it('keeps a good copy of settings that were cut in half, with a visible notice', async () => {
    const home = folder();
    const good = JSON.stringify({
      accounts: [{ name: 'Kept', id: ID, token: { env: 'NONE' }, apiBase: 'http://127.0.0.1:9/x' }],
    });
    const path = join(home, 'tunnelwatch', 'config.yaml');
    mkdirSync(join(home, 'tunnelwatch'));
    writeFileSync(`${path}.bak`, good);
    writeFileSync(path, good.slice(0, good.length / 2));
    const host = up(['serve', '--port', '0'], { XDG_CONFIG_HOME: home, XDG_DATA_HOME: home });
    const [, address = ''] = await host.saw(/Tunnelwatch is at (\S+)/);
    expect(host.error()).toContain('the copy from before the last change is in use');
    expect(JSON.parse((await ask(address, '/healthz')).body.toString()).accounts[0].name).toBe('Kept');
  });
});

describe('check-token', () => {
  it('says what each credential is good for, and never the credential', async () => {
    const { simulator: world, url } = await simulator();
    const [account] = world.accounts;
    if (account === undefined) throw new Error('no account');
    const path = configFor(url, account.id);
    const good = await run(['check-token', path], { CF_TOKEN: account.readToken });
    expect(good).toEqual({ code: 0, out: 'Acme: can watch 6 tunnels and their health.\n', error: '' });
    const wide = await run(['check-token', path], { CF_TOKEN: account.writeToken });
    expect(wide.out).toMatch(/^Acme: can watch 6 tunnels and their health\.\n {2}It can change tunnels\./);
    const blind = await run(['check-token', path], { CF_TOKEN: account.magicLessToken });
    expect(blind.code).toBe(1);
    expect(blind.out).toMatch(/^Acme: cannot watch\.\n {2}.*Magic WAN Read or Magic Transit Read/);
    for (const { out, error } of [good, wide, blind]) expect(out + error).not.toContain(account.readToken.slice(0, 12));
  });

  it('needs accounts to ask about', async () => {
    const empty = await run(['check-token', file('c.yaml', 'accounts: []\n')]);
    expect(empty.code).toBe(2);
    expect(empty.error).toMatch(/names no accounts/);
  });
});

describe('the token', () => {
  const CANARY = 'CANARYtokenthatmustnotshow0123456789abcd';

  it.each([
    ['is refused', ''],
    ['meets a server error', 'status'],
  ])('shows nowhere when it %s', async (_, fault) => {
    const { simulator: sim, url } = await simulator();
    if (fault !== '') {
      await fetch(`${url}/__faults`, {
        method: 'POST',
        headers: JSON_TYPE,
        body: JSON.stringify({ kind: fault, status: 500 }),
      });
    }
    const id = sim.accounts[0]?.id ?? ID;
    const config = configFor(url, id, 'log: { level: debug }\nserver: { token: { env: WALL } }\n');
    const wall = `${CANARY}-wall`;
    const host = up(['serve', '--config', config, '--port', '0'], { CF_TOKEN: CANARY, WALL: wall });
    const [, address = ''] = await host.saw(/Tunnelwatch is at (\S+)/);
    const headers = { ...JSON_TYPE, authorization: `Bearer ${wall}` };
    const health = async () => (await ask(address, '/healthz', { headers })).body.toString();
    // One server error is no blindness yet; a refused token is.
    const sight = fault === '' ? 'blind' : 'starting';
    await new Promise((resolve) => setTimeout(resolve, 1_000));
    await expect.poll(async () => JSON.parse(await health()).status).toBe(sight);
    const calls = ['tunnel', 'events', 'lanes', 'pollNow', 'startPractice', 'none'];
    const replies = await Promise.all(
      calls.map((call) =>
        ask(address, `/api/${call}`, {
          method: 'POST',
          headers,
          body: '{"accountId":null,"key":null,"before":null,"limit":9}',
        }),
      ),
    );
    const status = await run(['status', '--url', address, '--json'], { TUNNELWATCH_TOKEN: wall });
    expect(status.code).toBe(2);
    host.child.kill('SIGTERM');
    await host.finished;
    const data = join(config, '..', 'data');
    const disk = readdirSync(data).map((name) => readFileSync(join(data, name), 'latin1'));
    const everything = [
      ...replies.map((reply) => JSON.stringify(reply.headers) + reply.body.toString()),
      status.out,
      status.error,
      host.out(),
      host.error(),
      ...disk,
    ];
    expect(everything.join('').length).toBeGreaterThan(1_000);
    expect(everything.join('\n')).not.toContain('CANARY');
  });
});

describe('npm start', () => {
  it('without a display says so in one sentence and opens the same app on the headless host', async () => {
    const home = folder();
    const opener = up(
      ['--port', '0'],
      { XDG_CONFIG_HOME: home, XDG_DATA_HOME: home },
      join('src', 'headless', 'open.ts'),
    );
    const [, address = ''] = await opener.saw(/Tunnelwatch is at (\S+)/);
    expect(opener.error()).toMatch(
      /^There is no display for a window, so the app opens in the browser, on the headless host\.\n/,
    );
    expect((await ask(address, '/')).status).toBe(200);
    const started = await ask(address, '/api/startPractice', { method: 'POST', headers: JSON_TYPE, body: '{"x":1}' });
    expect(started.status).toBe(400);
    opener.child.kill('SIGINT');
    expect((await opener.finished).code).toBe(0);
  });
});

describe('simulate', () => {
  it('prints where it is and what opens it, and really is there', async () => {
    const sim = up(['simulate', '--scenario', 'calm', '--tunnels', '4', '--speed', '10']);
    const [, api = ''] = await sim.saw(/^api +(\S+)$/m);
    const [, token = ''] = await sim.saw(/^token +(\S+)$/m);
    const [, account = ''] = await sim.saw(/^account +([0-9a-f]{32}) /m);
    const reply = await fetch(`${api}/accounts/${account}/magic/ipsec_tunnels`, {
      headers: { authorization: `Bearer ${token}` },
    });
    expect(reply.status).toBe(200);
    sim.child.kill('SIGTERM');
    expect((await sim.finished).code).toBe(0);
  });
});

describe('demo', () => {
  it('makes a past with progress, then shows the present and cleans up after itself', async () => {
    const tmp = folder();
    const demo = up(['demo', '--days', '1', '--port', '0'], { TMPDIR: tmp });
    const [, address = ''] = await demo.saw(/Tunnelwatch is at (\S+)/, 60_000);
    expect(demo.error()).toMatch(/Making a past of 1 days: 0 %\n(.*\n)*.*100 %\nThe past was made in [\d.]+ s\./);
    await expect.poll(async () => (await ask(address, '/healthz')).status).toBe(200);
    const events = await ask(address, '/api/events', {
      method: 'POST',
      headers: JSON_TYPE,
      body: JSON.stringify({ key: null, accountId: null, before: null, limit: 100 }),
    });
    expect(JSON.parse(events.body.toString()).value.length).toBeGreaterThan(0);
    demo.child.kill('SIGTERM');
    expect((await demo.finished).code).toBe(0);
    expect(readdirSync(tmp)).toEqual([]);
  });

  it('can be called off while the past is being made', async () => {
    const tmp = folder();
    const demo = up(['demo', '--days', '30', '--port', '0'], { TMPDIR: tmp });
    await expect.poll(() => demo.error()).toContain('0 %');
    demo.child.kill('SIGINT');
    expect((await demo.finished).code).toBe(0);
    expect(readdirSync(tmp)).toEqual([]);
  });
});
