/** The first run and the settings over HTTP, as `npm start` offers them where there is no Electron: the built host as a child. */
import { existsSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { CallName, Calls } from '../../src/shared/bridge.ts';
import { type Cloud, openCloud } from '../engine/settings/desk-bed.ts';
import { type Running, start } from './child.ts';
import { ask, JSON_TYPE, type RawReply } from './stand.ts';

let cloud: Cloud;
const running: Running[] = [];
beforeAll(async () => {
  cloud = await openCloud();
});
afterAll(() => cloud.close());
afterEach(async () => {
  for (const one of running.splice(0)) {
    one.child.kill('SIGKILL');
    await one.finished;
  }
});

interface Host {
  readonly url: string;
  readonly folder: string;
  readonly config: string;
  readonly child: Running;
  post(call: CallName, args: unknown, headers?: Record<string, string>): Promise<RawReply>;
  call<N extends CallName>(name: N, args: Calls[N]['args']): Promise<Calls[N]['reply']>;
}

async function serve(args: readonly string[] = [], files: Readonly<Record<string, string>> = {}): Promise<Host> {
  const folder = mkdtempSync(join(tmpdir(), 'tw-serve-'));
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
  const at = args.map((arg) => arg.replace('FOLDER', folder));
  const child = start(['serve', '--port', '0', ...at], {
    XDG_CONFIG_HOME: join(folder, 'config'),
    XDG_DATA_HOME: join(folder, 'data'),
    WALL: 'an-access-token-of-this-wall',
  });
  running.push(child);
  const url = (await child.saw(/is at (http:\S+)/))[1] ?? '';
  const post: Host['post'] = (call, body, headers = {}) =>
    ask(url, `/api/${call}`, { method: 'POST', headers: { ...JSON_TYPE, ...headers }, body: JSON.stringify(body) });
  return {
    url,
    folder,
    config: join(folder, 'config', 'tunnelwatch', 'config.yaml'),
    child,
    post,
    async call(name, args) {
      const reply = JSON.parse((await post(name, args)).body.toString());
      if (!reply.ok) throw new Error(reply.error.sentence);
      return reply.value;
    },
  };
}
const acme = () => ({
  name: 'Acme',
  id: cloud.account.id,
  token: cloud.account.readToken,
  keep: 'session' as const,
  apiBase: cloud.apiBase,
});

describe('a first run on the headless host', () => {
  it('takes an account from the page, watches it, and keeps its settings over a restart', async () => {
    const host = await serve();
    const view = await host.call('settings', {});
    expect(view).toMatchObject({ editable: true, path: host.config, document: {} });
    // The bare environment of this child has no keychain: that is said, and the session goes on.
    expect(view.vault.problem).toMatch(/^The keychain /);
    const kept = await host.call('addAccount', { ...acme(), keep: 'keychain' });
    expect(kept).toMatchObject({ done: false, sentence: expect.stringMatching(/for this session only/) });
    expect(existsSync(host.config)).toBe(false);
    expect(await host.call('addAccount', acme())).toMatchObject({ done: true });
    const status = async () => JSON.parse((await ask(host.url, '/healthz')).body.toString()).status;
    await expect.poll(status, { interval: 50 }).toBe('seeing');
    expect(JSON.parse(readFileSync(host.config, 'utf8'))).toMatchObject({ accounts: [{ name: 'Acme' }] });
  });

  it('takes settings that are longer than other questions may be', async () => {
    const host = await serve();
    const comment = `# ${'x'.repeat(900_000)}\n`;
    const saved = await host.call('saveSettingsText', { text: `${comment}psk: { aging: 20d }\n` });
    expect(saved).toEqual({ saved: true });
    const reply = await host.post('addAccount', { ...acme(), name: 'x'.repeat(70_000) });
    expect(reply.status).toBe(413);
  });
});

describe('who may change settings over HTTP', () => {
  const CHANGES: readonly (readonly [CallName, () => unknown])[] = [
    ['addAccount', acme],
    ['saveSettings', () => ({ document: { psk: { aging: '1d' } } })],
    ['saveSettingsText', () => ({ text: 'psk: { aging: 1d }' })],
    ['setToken', () => ({ accountId: cloud.account.id, token: 'x', keep: 'session' })],
    ['removeAccount', () => ({ accountId: cloud.account.id })],
    ['settings', () => ({})],
    ['settingsText', () => ({})],
    ['diagnostics', () => ({})],
  ];

  it('is no other site, whatever it sends', async () => {
    const host = await serve();
    const hostile: readonly Record<string, string>[] = [
      { origin: 'https://evil.example' },
      { origin: 'null' },
      { origin: host.url.replace('127.0.0.1', '127.0.0.1.evil.example') },
      { 'sec-fetch-site': 'cross-site' },
      { 'sec-fetch-site': 'same-site' },
    ];
    for (const [call, args] of CHANGES) {
      for (const headers of hostile) {
        const reply = await host.post(call, args(), headers);
        expect([call, headers, reply.status]).toEqual([call, headers, 403]);
      }
      // What a form of another site can send without asking first, and a name that was rebound to this machine.
      const plain = await host.post(call, args(), { 'content-type': 'text/plain' });
      const form = await host.post(call, args(), { 'content-type': 'application/x-www-form-urlencoded' });
      const rebound = await host.post(call, args(), { host: 'evil.example' });
      const get = await ask(host.url, `/api/${call}`);
      expect([plain.status, form.status, rebound.status, get.status]).toEqual([415, 415, 421, 404]);
    }
    expect(existsSync(host.config)).toBe(false);
    expect(await host.call('settings', {})).toMatchObject({ document: {} });
  });

  it('is our own page', async () => {
    const host = await serve();
    const own = { origin: host.url, 'sec-fetch-site': 'same-origin' };
    const reply = await host.post('saveSettings', { document: { psk: { aging: '20d' } } }, own);
    expect(JSON.parse(reply.body.toString())).toEqual({ ok: true, value: { saved: true } });
  });

  it('is nobody without the access token, and with it more than without', async () => {
    const config = { server: { token: { env: 'WALL' } }, accounts: [] };
    const host = await serve(['--config', 'FOLDER/c.json'], { 'c.json': JSON.stringify(config) });
    const document = {
      ...config,
      alerts: { sinks: [{ type: 'command', name: 'run', command: ['/bin/true'] }] },
    };
    expect((await host.post('saveSettings', { document })).status).toBe(401);
    const reply = await host.post(
      'saveSettings',
      { document },
      { authorization: 'Bearer an-access-token-of-this-wall' },
    );
    expect(JSON.parse(reply.body.toString())).toEqual({ ok: true, value: { saved: true } });
  });

  it('is nobody from other machines, not even with the token', async () => {
    const config = { server: { host: '0.0.0.0', token: { env: 'WALL' } } };
    const host = await serve(['--config', 'FOLDER/c.json'], { 'c.json': JSON.stringify(config) });
    const authorization = 'Bearer an-access-token-of-this-wall';
    for (const [call, args] of CHANGES) {
      const reply = await host.post(call, args(), { authorization });
      expect([call, reply.status]).toEqual([call, 403]);
      expect(reply.body.toString()).toContain('The settings of this host cannot be seen or changed from here.');
    }
  });

  it('of a YAML file that somebody named is whoever edits it', async () => {
    const host = await serve(['--config', 'FOLDER/c.yaml'], { 'c.yaml': '# ours\naccounts: []\n' });
    expect(await host.call('settings', {})).toMatchObject({
      editable: false,
      reason: expect.stringMatching(/c\.yaml, which is written by hand: change it there and start anew\.$/),
    });
  });
});
