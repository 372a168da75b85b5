/**
 * Law 7: a token leaves only for the API's host. Tokens and secrets of sinks go into the built host by every way there is, and
 * are then searched for in whatever comes out of it: replies, streams, logs, files, and what a bug prints.
 */
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { createServer, request as forward, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { CALL_SCHEMAS } from '../../src/engine/bridge/schemas.ts';
import type { BoardMessage, CallName } from '../../src/shared/bridge.ts';
import type { AccountId, TunnelKey } from '../../src/shared/model.ts';
import { type Cloud, openCloud } from '../engine/settings/desk-bed.ts';
import { type Running, start, whenThereIs } from '../headless/child.ts';
import { ask, JSON_TYPE } from '../headless/stand.ts';
import { deskQuestions } from './canary-calls.ts';

/** Sinks have secrets of their own; each kind of place has another one. */
const HEADER = 'canary-header-in-the-environment-51d0';
const INLINE = 'canary-header-in-the-file-9be2';
const PATH = 'canary-address-in-the-file-77aa';

interface Heard {
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

let cloud: Cloud;
let tap: Server;
let host: Running;
let url = '';
let folder = '';
const toCloud: Heard[] = [];
const toReceiver: Heard[] = [];
/** All that the host said, by where it said it. */
const said: [string, string][] = [];

/** Stands between host and Cloudflare and sees every byte of a request; `/hook` is a receiver of notices. */
function openTap(apiBase: string): Server {
  const { hostname, port } = new URL(apiBase);
  return createServer((incoming, answer) => {
    const parts: Buffer[] = [];
    incoming.on('data', (part: Buffer) => parts.push(part));
    incoming.on('end', () => {
      const body = Buffer.concat(parts);
      const heard = { path: incoming.url ?? '', headers: incoming.headers, body: body.toString() };
      if (heard.path.startsWith('/hook')) {
        toReceiver.push(heard);
        // A receiver that repeats what it was sent: its words must not carry a secret into our log either.
        answer.writeHead(500).end(`no: ${incoming.headers['x-key']} ${incoming.headers['x-open']} ${heard.path}`);
        return;
      }
      toCloud.push(heard);
      const { method, headers } = incoming;
      const asked = forward({ hostname, port, path: incoming.url, method, headers }, (reply) => {
        answer.writeHead(reply.statusCode ?? 500, reply.headers);
        reply.pipe(answer);
      });
      asked.on('error', () => answer.destroy());
      asked.end(body);
    });
  });
}

async function call(name: CallName, args: unknown): Promise<{ ok: boolean; value: unknown }> {
  const body = JSON.stringify(args);
  const reply = await ask(url, `/api/${name}`, { method: 'POST', headers: JSON_TYPE, body });
  const text = reply.body.toString();
  said.push([`the reply to ${name}`, `${JSON.stringify(reply.headers)} ${text}`]);
  return JSON.parse(text);
}

function filesBelow(at: string): string[] {
  return readdirSync(at, { recursive: true })
    .map((name) => join(at, String(name)))
    .filter((path) => statSync(path).isFile());
}

beforeAll(async () => {
  cloud = await openCloud();
  tap = openTap(cloud.apiBase);
  await new Promise<void>((resolve) => tap.listen(0, '127.0.0.1', resolve));
  const at = `http://127.0.0.1:${(tap.address() as AddressInfo).port}`;
  folder = mkdtempSync(join(tmpdir(), 'tw-canary-'));
  // A bug that nobody catches, and one with an error that somebody made out of a request.
  const bugs = `setTimeout(() => { throw new Error('a bug on purpose'); }, 1);
    setTimeout(() => Promise.reject(Object.assign(new Error('another bug'), { code: 'E', request: process.argv })), 200)`;
  mkdirSync(join(folder, 'config', 'tunnelwatch'), { recursive: true });
  const config = {
    accounts: [],
    log: { level: 'debug' },
    alerts: {
      sinks: [
        {
          type: 'webhook',
          name: 'hook',
          url: `${at}/hook/${PATH}`,
          headers: { 'X-Key': { env: 'HOOK_KEY' }, 'X-Open': INLINE },
        },
      ],
    },
  };
  writeFileSync(join(folder, 'config', 'tunnelwatch', 'config.yaml'), JSON.stringify(config));
  host = start(['serve', '--port', '0'], {
    XDG_CONFIG_HOME: join(folder, 'config'),
    XDG_DATA_HOME: join(folder, 'data'),
    HOOK_KEY: HEADER,
    NODE_OPTIONS: whenThereIs(join(folder, 'go'), bugs),
  });
  url = (await host.saw(/is at (http:\S+)/))[1] ?? '';
  const account = { name: 'Acme', id: cloud.account.id, keep: 'session', apiBase: `${at}/client/v4` };
  await call('checkAccount', { id: account.id, token: cloud.account.writeToken, apiBase: account.apiBase });
  await call('addAccount', { ...account, token: cloud.account.readToken });
  await call('setToken', { accountId: account.id, token: cloud.account.analyticsLessToken, keep: 'session' });
  await call('setToken', { accountId: account.id, token: 'nobody-knows-this-canary-88c1', keep: 'session' });
});
afterAll(async () => {
  host?.child.kill('SIGKILL');
  await host?.finished;
  await new Promise((resolve) => tap.close(resolve));
  await cloud.close();
});

const tokens = (): string[] => [
  cloud.account.readToken,
  cloud.account.writeToken,
  cloud.account.analyticsLessToken,
  'nobody-knows-this-canary-88c1',
];

/** Keys: somebody's own in all its ways in, an MD5 key, and those that Cloudflare made while this ran. */
const PSK = 'CanaryPskOfTunnelwatch51d0e8f7a6';
const MD5 = 'canary-md5-of-a-session-77c1';
const made: string[] = [];

interface Planned {
  readonly plan: { readonly id: string; readonly confirmBy: string | null };
}
interface Done {
  readonly state: string;
  readonly newKeys: readonly { readonly psk: string }[];
}

/** Plans and confirms. The reply to `confirm` may hold keys, in their one place; without that place it is as any other. */
async function change(operation: object): Promise<Done> {
  const planned = await call('plan', { operation });
  const { plan } = planned.value as Planned;
  const body = JSON.stringify({ plan: plan.id, typed: plan.confirmBy, by: 'me' });
  const reply = await ask(url, '/api/confirm', { method: 'POST', headers: JSON_TYPE, body });
  const { value } = JSON.parse(reply.body.toString()) as { value: Done };
  const { newKeys, ...rest } = value;
  made.push(...newKeys.map(({ psk }) => psk));
  said.push(['a confirmation without its keys', JSON.stringify([reply.headers, rest])]);
  return value;
}

/** Every operation once, and one whose answer is lost. */
async function changeEverything(accountId: AccountId, keys: readonly TunnelKey[]): Promise<void> {
  await call('setWriteToken', { accountId, token: cloud.account.writeToken, keep: 'session', by: 'me' });
  await call('unlock', { accountId, forMs: 600_000, by: 'me' });
  const [key, other] = keys;
  const draft = {
    name: 'canary-tunnel',
    cloudflareEndpoint: '162.159.64.41',
    interfaceAddress: '10.99.0.0/31',
    customerEndpoint: '44.128.9.9',
    bgp: { customerAsn: 64_999, md5Key: MD5 },
    psk: PSK,
  };
  const created = await change({ kind: 'create', accountId, draft });
  const update = { bgp: { customerAsn: 64_998, md5Key: `${MD5}-2` }, psk: `${PSK}2` };
  const updated = await change({ kind: 'update', key, change: update });
  const bulk = [{ key: other, change: { bgp: { customerAsn: 64_997, md5Key: MD5 } } }];
  const bulked = await change({ kind: 'bulk-update', accountId, changes: bulk });
  const generated = await change({ kind: 'psk-generate', key });
  const set = await change({ kind: 'psk-set', accountId, keys: [{ key, psk: `${PSK}3` }] });
  expect([created, updated, bulked, generated, set].map(({ state }) => state)).toEqual(Array(5).fill('done'));
  // Refused in Cloudflare's own words, which may repeat what was sent; and refused by us.
  await call('plan', { operation: { kind: 'create', accountId, draft } });
  await call('plan', { operation: { kind: 'update', key, change: { psk: `${PSK}\n`, bgp: { md5Key: `${MD5}"` } } } });
  cloud.simulator.faults.set({ kind: 'applied-status', status: 503, match: 'writes', times: 1 });
  cloud.simulator.faults.set({ kind: 'slow', delayMs: 0, match: 'writes', times: 1 });
  const lost = await change({ kind: 'psk-set', accountId, keys: [{ key, psk: `${PSK}4` }] });
  expect(lost).toMatchObject({ state: 'done', newKeys: [] });
  const { value } = await call('startRotation', { key, by: 'me' });
  const { id } = value as { id: string };
  // Either way it may end: a rotation that sets the key tells it once, and one that does not tells nothing.
  const body = JSON.stringify({ id, own: `${PSK}5`, despite: [], by: 'me' });
  const reply = await ask(url, '/api/rotationKey', { method: 'POST', headers: JSON_TYPE, body });
  const answer = JSON.parse(reply.body.toString()) as { value: { newKey?: unknown } };
  said.push(['a rotation without its key', JSON.stringify({ ...answer.value, newKey: undefined })]);
}

/** One question of each kind, with arguments that are good. */
function questions(board: BoardMessage): { readonly [N in CallName]?: unknown } {
  const key = board.rows[0]?.key;
  const now = Date.now();
  const matchers = [{ name: 'account', op: '=', value: 'Acme' }];
  return {
    tunnel: { key },
    lanes: { keys: [key], lanes: ['bgp', 'health', 'psk', 'config'], from: now - 3_600_000, to: now },
    events: { key: null, accountId: null, before: null, limit: 100 },
    changes: { key, from: 0, limit: 100 },
    availability: { key },
    watch: { key },
    pollNow: { accountId: null },
    incidents: { before: null, limit: 100 },
    incidentsOf: { key },
    incident: { id: 'i-1' },
    acknowledge: { ids: ['i-1'], by: 'me', comment: '', until: null },
    unacknowledge: { ids: ['i-1'], by: 'me' },
    silence: { matchers, startsAt: now, endsAt: now + 60_000, by: 'me', comment: '' },
    expireSilence: { id: 's-1', by: 'me' },
    previewSilence: { matchers },
    markSeen: { ids: ['i-1'] },
    testSink: { sink: 'hook' },
    deliveries: { sink: null, before: null, limit: 100 },
    rules: {},
    settings: {},
    settingsText: {},
    saveSettings: { document: { psk: { aging: '400d' }, accounts: 'CANARY' } },
    saveSettingsText: { text: 'accounts: [' },
    checkAccount: { id: cloud.account.id, token: null, apiBase: null },
    addAccount: { name: 'x', id: 'x', token: tokens()[0], keep: 'session', apiBase: null },
    setToken: { accountId: 'f'.repeat(32), token: tokens()[0], keep: 'session' },
    desktop: {},
    setDesktop: { preferences: {} },
    pause: { forMs: 1_000 },
    resume: {},
    startPractice: {},
    diagnostics: {},
    ...deskQuestions(
      { accountId: cloud.account.id, key: key as TunnelKey, psk: PSK, token: cloud.account.writeToken },
      now,
    ),
    // Last, so that everything before has an account to speak of.
    removeAccount: { accountId: cloud.account.id },
  };
}

describe('a canary among the secrets', () => {
  it('is in no reply, no stream, no log, no file and no word of a bug', async () => {
    const stream = await fetch(new URL('/events', url));
    const reader = stream.body?.getReader();
    if (reader === undefined) throw new Error('no stream');
    let streamed = '';
    const reading = (async () => {
      for (;;) {
        const { done, value } = await reader.read().catch(() => ({ done: true, value: undefined }));
        if (done) return;
        streamed += Buffer.from(value ?? []).toString();
      }
    })();
    await expect.poll(() => /"phase":"seeing"/.test(streamed), { interval: 50 }).toBe(true);
    const first = /^data: (.*)$/m.exec(streamed)?.[1] ?? '{}';
    const board = JSON.parse(first) as BoardMessage;
    await changeEverything(
      cloud.account.id,
      board.rows.map((row) => row.key),
    );
    const asked = questions(board);
    // A new call is a new way out: it has to be asked here as well.
    expect(Object.keys(asked).sort()).toEqual(Object.keys(CALL_SCHEMAS).sort());
    for (const name of Object.keys(asked) as CallName[]) await call(name, asked[name]);
    for (const path of ['/healthz', '/metrics', '/', '/api/settings', '/none']) {
      const reply = await ask(url, path);
      said.push([path, `${JSON.stringify(reply.headers)} ${reply.body.toString()}`]);
    }
    writeFileSync(join(folder, 'go'), '');
    await expect.poll(() => host.error()).toMatch(/another bug/);
    expect(host.error()).toMatch(/a bug on purpose/);
    // The databases as they lie there while they are open, with what is in their write-ahead logs.
    const open = filesBelow(join(folder, 'data'));
    expect(open.map((path) => path.split('/').at(-1))).toEqual(
      expect.arrayContaining(['history.db', 'alerts.db', 'ledger.db']),
    );
    for (const path of open) said.push([path, readFileSync(path).toString('latin1')]);
    host.child.kill('SIGTERM');
    const { out, error } = await host.finished;
    await reading;
    said.push(['stdout', out], ['the log', error], ['the stream', streamed]);
    for (const path of filesBelow(join(folder, 'data'))) said.push([path, readFileSync(path).toString('latin1')]);
    const config = filesBelow(join(folder, 'config')).map((path) => [path, readFileSync(path, 'utf8')] as const);
    expect(config.length).toBeGreaterThan(1);

    const wherever = (secret: string, places: readonly (readonly [string, string])[]): string[] =>
      places.filter(([, text]) => text.includes(secret)).map(([place]) => place);
    for (const token of tokens()) expect(wherever(token, [...said, ...config])).toEqual([]);
    expect(made).toContain(PSK);
    expect(made).toHaveLength(4);
    for (const secret of [MD5, PSK, ...made]) expect(wherever(secret, [...said, ...config])).toEqual([]);
    expect(wherever(HEADER, [...said, ...config])).toEqual([]);
    // What somebody wrote into the file stays in the file.
    for (const secret of [INLINE, PATH]) expect(wherever(secret, said)).toEqual([]);
  });

  it('reached those for whom it was, in the header that is for it', () => {
    for (const token of tokens()) {
      const used = toCloud.filter(({ headers }) => headers.authorization === `Bearer ${token}`);
      expect(used.length).toBeGreaterThan(0);
    }
    for (const { path, headers, body } of toCloud) {
      const { authorization: _, ...others } = headers;
      const rest = `${path} ${JSON.stringify(others)} ${body}`;
      for (const secret of [...tokens(), HEADER, INLINE, PATH]) expect(rest).not.toContain(secret);
    }
    expect(toReceiver.length).toBeGreaterThan(0);
    for (const { path, headers, body } of toReceiver) {
      expect([path, headers['x-key'], headers['x-open']]).toEqual([`/hook/${PATH}`, HEADER, INLINE]);
      for (const token of tokens()) expect(`${JSON.stringify(headers)} ${body}`).not.toContain(token);
    }
  });
});
