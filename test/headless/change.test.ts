/** Changes from the command line, against the simulator by real HTTP: what is printed where, what is asked, what is left behind. */
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough, Readable } from 'node:stream';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { systemClock } from '../../src/engine/clock.ts';
import { openLedger } from '../../src/engine/ledger/open-ledger.ts';
import { runCli } from '../../src/headless/cli.ts';
import { createSimulator, type Served, type SimAccount, type Simulator } from '../../src/simulator/index.ts';

const PSK = 'CanaryKeyOfTunnelwatch2026abcdef';
let simulator: Simulator;
let served: Served;
let account: SimAccount;
let folder = '';
const generated: string[] = [];

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'tw-change-'));
  simulator = createSimulator({ scenario: 'calm', clock: systemClock(), seed: 7, origin: Date.now() - 3_600_000 });
  served = await simulator.listen();
  const [one] = simulator.accounts;
  if (one === undefined) throw new Error('no account');
  account = one;
  file(
    'c.yaml',
    `accounts:\n  - name: Acme\n    id: ${account.id}\n    token: { env: CF_READ }\n    writeToken: { env: CF_WRITE }\n    apiBase: ${served.url}/client/v4\ndata: { dir: data }\n`,
  );
});
afterAll(async () => {
  await served.close();
  rmSync(folder, { recursive: true, force: true });
});

function file(name: string, text: string): string {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
}

/** `answer`: what a person types; absent where nobody is. */
async function cli(args: readonly string[], given: { answer?: string; stdin?: string; env?: object } = {}) {
  const kept = (): PassThrough & { text: string } => {
    const stream = Object.assign(new PassThrough(), { text: '' });
    stream.on('data', (part) => {
      stream.text += String(part);
    });
    return stream;
  };
  const [out, error] = [kept(), kept()];
  const input = Readable.from([given.answer === undefined ? (given.stdin ?? '') : `${given.answer}\n`]);
  const code = await runCli([...args, '-c', join(folder, 'c.yaml')], {
    env: { CF_READ: account.readToken, CF_WRITE: account.writeToken, ...given.env },
    terminal: { out, error, live: false },
    input: Object.assign(input, { isTTY: given.answer !== undefined }),
    renderer: folder,
  });
  await new Promise((resolve) => setImmediate(resolve));
  return { code, out: out.text, error: error.text };
}

const names = async (): Promise<string[]> => {
  const reply = simulator.handle({
    method: 'GET',
    path: `/client/v4/accounts/${account.id}/magic/ipsec_tunnels`,
    headers: { authorization: `Bearer ${account.readToken}` },
    body: null,
  });
  return JSON.parse(Buffer.from(reply.body).toString()).result.ipsec_tunnels.map((one: { name: string }) => one.name);
};

describe('tunnelwatch tunnel', () => {
  it('creates out of a file, after somebody said yes', async () => {
    const draft = file(
      'draft.yaml',
      'name: made-by-cli\ncloudflareEndpoint: 162.159.64.41\ninterfaceAddress: 10.99.0.0/31\nbgp: { customerAsn: 64999 }\n',
    );
    const args = ['tunnel', 'create', '--file', draft, '--set', 'healthCheck.rate=high'];
    const only = await cli([...args, '--validate-only']);
    expect(only).toMatchObject({ code: 0, error: '' });
    expect(only.out).toMatch(/bgp.customerAsn +– → 64999/);
    expect(only.out).toContain('Nothing was changed.');
    expect(await cli(args)).toMatchObject({ code: 2, error: expect.stringContaining('add --yes') });
    expect(await cli(args, { answer: 'no' })).toMatchObject({ code: 1 });
    expect(await names()).not.toContain('made-by-cli');
    const psk = file('psk.txt', `${PSK}\n`);
    const done = await cli([...args, '--psk-file', psk], { answer: 'yes' });
    expect(done).toMatchObject({ code: 0, out: expect.stringContaining('made-by-cli was created.') });
    expect(done.error).toContain('psk');
    expect(`${done.out} ${done.error}`).not.toContain(PSK);
    expect(await names()).toContain('made-by-cli');
  });

  it('changes by flags, says what is wrong with them, and takes no key from the arguments', async () => {
    expect(await cli(['tunnel', 'update', 'made-by-cli', '--set', 'description=mine', '--yes'])).toMatchObject({
      code: 0,
    });
    expect(await cli(['tunnel', 'update', 'made-by-cli', '--set', 'description=mine', '--yes'])).toMatchObject({
      code: 1,
      error: expect.stringContaining('Nothing would change.'),
    });
    const wrong = await cli(['tunnel', 'update', 'made-by-cli', '--set', 'interfaceAddress=192.0.2.0/31', '--yes']);
    expect(wrong).toMatchObject({
      code: 1,
      error: expect.stringContaining('made-by-cli interfaceAddress: Cloudflare takes'),
    });
    expect(await cli(['tunnel', 'update', 'made-by-cli', '--set', `psk=${PSK}`, '--yes'])).toMatchObject({
      code: 2,
      error: expect.stringContaining('not taken from the command line'),
    });
    expect(await cli(['tunnel', 'update', 'nobody', '--set', 'description=x', '--yes'])).toMatchObject({
      code: 2,
      error: 'tunnelwatch: Acme has no tunnel nobody.\n',
    });
  });

  it('shows what stands in a description as text, whatever it does to a terminal', async () => {
    const odd = file('odd.json', JSON.stringify({ description: 'a\u001b[2K\u001b[1Ab\n    name  x → y' }));
    const { code, out } = await cli(['tunnel', 'update', 'ams1-tun-a', '--file', odd, '--validate-only']);
    expect(code).toBe(0);
    expect(out).not.toContain('\u001b');
    expect(out).toContain('b ⏎ name  x → y');
  });

  it('changes several by name, or each as a file says', async () => {
    const [one = '', two = ''] = await names();
    expect(await cli(['tunnel', 'bulk-update', one, two, '--set', 'description=both', '--yes'])).toMatchObject({
      code: 0,
      out: expect.stringContaining('2 of 2 tunnels: done.'),
    });
    const list = file('bulk.json', JSON.stringify([{ tunnel: one, change: { description: 'first' } }]));
    expect(await cli(['tunnel', 'bulk-update', '--file', list, '--yes', '--json'])).toMatchObject({
      code: 0,
      out: expect.stringContaining('"state": "done"'),
    });
  });

  it('deletes only by name', async () => {
    expect(await cli(['tunnel', 'delete', 'made-by-cli'])).toMatchObject({
      code: 2,
      error: expect.stringContaining('--confirm-name made-by-cli'),
    });
    expect(await cli(['tunnel', 'delete', 'made-by-cli', '--confirm-name', 'other'])).toMatchObject({ code: 1 });
    expect(await names()).toContain('made-by-cli');
    expect(await cli(['tunnel', 'delete', 'made-by-cli'], { answer: 'made-by-cli' })).toMatchObject({ code: 0 });
    expect(await names()).not.toContain('made-by-cli');
  });

  it('never uses the token that watches', async () => {
    const [one = ''] = await names();
    const without = await cli(['tunnel', 'delete', one, '--confirm-name', one], { env: { CF_WRITE: undefined } });
    expect(without).toMatchObject({ code: 2, error: expect.stringContaining('CF_WRITE is not set') });
    const weak = await cli(['tunnel', 'delete', one, '--confirm-name', one], { env: { CF_WRITE: account.readToken } });
    expect(weak).toMatchObject({ code: 1, error: expect.stringContaining('Magic WAN Write') });
    expect(await names()).toContain(one);
  });

  it('says by its exit code that the outcome is not known', async () => {
    const [one = ''] = await names();
    simulator.faults.set({ kind: 'partial-keys', match: 'writes' });
    const [two = ''] = (await names()).slice(1);
    const list = file('keys.yaml', `- { tunnel: ${one}, psk: ${PSK} }\n- { tunnel: ${two}, psk: ${PSK}2 }\n`);
    simulator.faults.clear();
    simulator.faults.set({ kind: 'applied-status', status: 503, match: 'writes', times: 1 });
    simulator.faults.set({ kind: 'slow', delayMs: 0, match: 'writes', times: 1 });
    const lost = await cli(['psk', 'generate', one, '--yes']);
    expect(lost).toMatchObject({ code: 4, out: '', error: expect.stringContaining('Generate another one') });
    simulator.faults.clear();
    expect(await cli(['psk', 'set', '--file', list, '--yes'])).toMatchObject({ code: 0 });
  });
});

describe('tunnelwatch psk', () => {
  it('prints a generated key to stdout, alone and once', async () => {
    const [one = ''] = await names();
    const done = await cli(['psk', 'generate', one, '--yes']);
    expect(done.code).toBe(0);
    expect(done.out).toMatch(/^[A-Za-z0-9]{32}\n$/);
    expect(done.error).toContain('has a new key.');
    generated.push(done.out.trim());
    expect(done.error).not.toContain(done.out.trim());
  });

  it.each([
    ['a file', () => ({ args: ['--psk-file', file('psk.txt', `${PSK}\n`)] })],
    ['a variable', () => ({ args: ['--psk-env', 'NEW_PSK'], env: { NEW_PSK: PSK } })],
    ['standard input', () => ({ args: ['--psk-stdin'], stdin: `${PSK}\n` })],
  ])('sets one out of %s and repeats it nowhere', async (_, make) => {
    const [one = ''] = await names();
    const { args, ...given } = make() as { args: string[]; env?: object; stdin?: string };
    const done = await cli(['psk', 'set', one, ...args, '--yes', '--json'], given);
    expect(done).toMatchObject({ code: 0, out: expect.stringContaining('"state": "done"') });
    expect(`${done.out} ${done.error}`).not.toContain(PSK);
  });
});

describe('tunnelwatch audit', () => {
  it('tells who changed what, newest first, and holds no secret', async () => {
    const told = await cli(['audit', '--limit', '100']);
    expect(told.code).toBe(0);
    for (const kind of ['create', 'update', 'bulk-update', 'delete', 'psk-generate', 'psk-set', 'unlock', 'lock']) {
      expect(told.out).toContain(`  ${kind}  `);
    }
    expect(told.out).toMatch(/\(command line\): made-by-cli was created\. \(cf-ray \w+-AMS\)/);
    expect(told.out).toContain('    made-by-cli  description: – → mine');
    const json = await cli(['audit', '--json', '--limit', '1']);
    expect(JSON.parse(json.out)).toHaveLength(1);
    const everything = readdirSync(join(folder, 'data')).map((name) =>
      readFileSync(join(folder, 'data', name), 'latin1'),
    );
    for (const secret of [PSK, account.writeToken, ...generated]) {
      expect([told.out, ...everything].filter((text) => text.includes(secret))).toEqual([]);
    }
  });

  it('goes to a file beside the record that a running host holds', async () => {
    const held = openLedger({ path: join(folder, 'data', 'ledger.db'), clock: systemClock() });
    if (!held.ok) throw new Error(held.error.sentence);
    const [one = ''] = await names();
    expect(await cli(['tunnel', 'update', one, '--set', 'description=beside', '--yes'])).toMatchObject({ code: 0 });
    expect(readdirSync(join(folder, 'data'))).toContain('ledger-cli.db');
    const told = await cli(['audit', '--limit', '100']);
    expect(told.out).toContain('→ beside');
    expect(told.out).toContain('→ mine');
    held.value.close();
  });
});
