import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, describe, expect, it } from 'vitest';
import type { Notifier } from '../../../../src/engine/alerts/contract.ts';
import { routing } from '../../../../src/engine/alerts/people/routes.ts';
import { type NativeNotification, NotShown } from '../../../../src/engine/alerts/sinks/native.ts';
import {
  type NotifierMachine,
  type OpenedNotifiers,
  openNotifiers,
} from '../../../../src/engine/alerts/sinks/open-notifiers.ts';
import { systemClock } from '../../../../src/engine/clock.ts';
import { memoryVault } from '../../../../src/engine/credentials/vault.ts';
import { alertConfig } from '../../../../src/engine/settings/alert-config.ts';
import { parseSettings } from '../../../../src/engine/settings/load.ts';
import { toldHere } from '../../../../src/engine/settings/open-alerting.ts';
import { type Site, site } from '../../cloudflare/loopback.ts';
import { notice } from './notices.ts';
import { CANARY } from './receivers.ts';

const FIXTURE = join(dirname(fileURLToPath(import.meta.url)), '../../../../docs/alerts.yaml');
const patience = (): AbortSignal => AbortSignal.timeout(20_000);

describe('the sinks of the settings', () => {
  const closing: { close(): Promise<void> }[] = [];
  afterEach(async () => {
    for (const one of closing.splice(0)) await one.close();
  });

  async function opened(
    text: string,
    env: Record<string, string>,
    more: Partial<NotifierMachine> = {},
  ): Promise<OpenedNotifiers> {
    const settings = parseSettings(text, '/etc/tw/c.yaml');
    if (!settings.ok) throw new Error(JSON.stringify(settings.error));
    const result = await openNotifiers(settings.value, {
      clock: systemClock(),
      places: { env, vault: memoryVault() },
      version: '1.2.3',
      ...more,
    });
    if (!result.ok) throw new Error(result.error);
    closing.push(result.value);
    return result.value;
  }

  async function receiver(): Promise<Site> {
    const one = await site((_, response) => response.end('ok'));
    closing.push(one);
    return one;
  }

  const named = ({ notifiers }: OpenedNotifiers, name: string): Notifier => {
    const found = notifiers.find((one) => one.name === name);
    if (found === undefined) throw new Error(name);
    return found;
  };

  it('are all there, though nothing of the example is', async () => {
    const { notifiers, warnings } = await opened(readFileSync(FIXTURE, 'utf8'), {});
    expect(notifiers.map(({ name, type, target }) => [name, type, target])).toEqual([
      ['desktop', 'native', 'no desktop here'],
      ['noc-chat', 'slack', 'the keychain entry "slack-noc"'],
      ['ops-teams', 'teams', 'the environment variable TEAMS_WORKFLOW_URL'],
      ['oncall', 'pagerduty', 'events.eu.pagerduty.com'],
      ['metrics', 'alertmanager', 'am-1.example, am-2.example'],
      ['phones', 'ntfy', 'ntfy.example/tunnels'],
      ['mail', 'email', 'noc@example.com, oncall@example.com'],
      ['automation', 'webhook', 'hooks.example'],
      ['tickets', 'webhook', 'the environment variable TICKETS_URL'],
      ['siren', 'command', 'siren'],
      ['alive', 'heartbeat', 'the environment variable HEARTBEAT_URL'],
    ]);
    expect(warnings).toContain(
      'The sink "ops-teams" cannot be used yet: the environment variable TEAMS_WORKFLOW_URL is not set.',
    );
    expect(warnings).toContain('The sink "desktop" shows nothing here: this host has no desktop.');
    for (const one of notifiers) {
      expect(await one.deliver(notice({ kind: 'test' }), '1', AbortSignal.timeout(5000))).toMatchObject({ ok: false });
    }
  });

  it('fail by themselves where a secret is missing, and work once it is there', async () => {
    const { base, seen } = await receiver();
    const env: Record<string, string> = {};
    const all = await opened(
      `alerts:\n  sinks:\n    - { name: a, type: slack, url: { env: SLACK } }\n    - { name: b, type: webhook, url: ${base}/b }\n`,
      env,
    );
    expect(await named(all, 'b').deliver(notice(), '1', patience())).toMatchObject({ ok: true });
    expect(await named(all, 'a').deliver(notice(), '1', patience())).toEqual({
      ok: false,
      retry: true,
      retryAfterMs: null,
      sentence: 'There is no address to send to: the environment variable SLACK is not set.',
    });
    env.SLACK = `${base}/services/${CANARY}`;
    expect(await named(all, 'a').deliver(notice(), '1', patience())).toMatchObject({ ok: true });
    expect(seen.map(({ url }) => url)).toEqual(['/client/v4/b', `/client/v4/services/${CANARY}`]);
    expect(named(all, 'a').target).toBe(new URL(base).host);
  });

  it('refuse a secret that cannot be what it is for, without a word of it', async () => {
    const { base, seen } = await receiver();
    const env: Record<string, string> = { KEY: `tünnel-${CANARY}`, URL: `ftp://${CANARY}.example/` };
    const all = await opened(
      `alerts:\n  sinks:\n    - { name: a, type: webhook, url: ${base}, headers: { X-Key: { env: KEY } } }\n    - { name: b, type: slack, url: { env: URL } }\n`,
      env,
    );
    for (const [name, sentence] of [
      ['a', 'The environment variable KEY holds characters that no header can carry.'],
      ['b', 'The environment variable URL holds no http or https address without a user.'],
    ] as const) {
      expect(await named(all, name).deliver(notice(), '1', patience())).toMatchObject({
        ok: false,
        retry: true,
        sentence,
      });
    }
    expect(seen).toEqual([]);
    expect(named(all, 'b').target).toBe('the environment variable URL');
    env.KEY = 'plain';
    expect(await named(all, 'a').deliver(notice(), '2', patience())).toMatchObject({ ok: true });
  });

  it('look a refused secret up afresh', async () => {
    const env: Record<string, string> = { KEY: 'old' };
    const server = await site((seen, response) => {
      response.statusCode = seen.headers['x-key'] === 'new' ? 200 : 401;
      response.end();
    });
    closing.push(server);
    const all = await opened(
      `alerts:\n  sinks:\n    - { name: a, type: webhook, url: ${server.base}, headers: { X-Key: { env: KEY } } }\n`,
      env,
    );
    expect(await named(all, 'a').deliver(notice(), '1', patience())).toMatchObject({ ok: false, retry: false });
    env.KEY = 'new';
    expect(await named(all, 'a').deliver(notice(), '2', patience())).toMatchObject({ ok: true });
  });

  it('warn of secrets that travel in the open, and of nothing else', async () => {
    const hook = (name: string, url: string, more = ''): string =>
      `    - { name: ${name}, type: webhook, url: "${url}"${more} }\n`;
    const secret = ', headers: { X-Key: { env: KEY } }';
    const { warnings } = await opened(
      `alerts:\n  sinks:\n${hook('a', 'http://10.0.0.1/x', secret)}${hook('b', 'http://10.0.0.1/x')}${hook('c', 'http://127.0.0.1/x', secret)}${hook('d', 'https://x.example', secret)}` +
        '    - { name: e, type: slack, url: { env: SLACK } }\n' +
        '    - { name: f, type: email, host: mx.example, tls: none, username: u, password: { env: KEY }, from: a@b.c, to: [a@b.c] }\n',
      { KEY: CANARY, SLACK: `http://10.9.9.9/${CANARY}` },
    );
    expect(warnings).toEqual([
      'The sink "a" sends secrets to 10.0.0.1 over plain http: use https.',
      'The sink "e" sends secrets to 10.9.9.9 over plain http: use https.',
      'The sink "f" sends its password to mx.example without TLS.',
    ]);
  });

  it('beat and repeat as often as the settings say', async () => {
    const { base, seen } = await receiver();
    const all = await opened(
      `alerts:\n  sinks:\n    - { name: a, type: heartbeat, url: ${base}/ping, method: POST, every: 5m }\n    - { name: b, type: alertmanager, urls: [${base}], repeat: 2m }\n`,
      {},
    );
    const { beat } = named(all, 'a');
    expect(beat?.everyMs).toBe(300_000);
    expect(await beat?.send(patience())).toMatchObject({ ok: true });
    expect(seen.at(-1)).toMatchObject({ method: 'POST', url: '/client/v4/ping' });
    expect(named(all, 'b').repeat).toEqual({ everyMs: 120_000, resolvedForMs: 300_000 });
  });

  it('show notifications where the host can', async () => {
    const shown: NativeNotification[] = [];
    const all = await opened(
      'alerts:\n  sinks:\n    - { name: desk, type: native }\n',
      {},
      {
        desktop: {
          show: async (one) => {
            shown.push(one);
          },
          wanted: () => true,
        },
      },
    );
    expect(all.warnings).toEqual([]);
    // Who names the desktop decides by routes what it hears.
    expect(all.own).toBeNull();
    expect(all.notifiers).toHaveLength(1);
    await named(all, 'desk').deliver(notice(), '1', patience());
    await named(all, 'desk').deliver(notice({ kind: 'update' }), '2', patience());
    await named(all, 'desk').deliver(notice({ kind: 'resolved' }), '3', patience());
    expect(shown.map(({ tag, mood, urgent, silent }) => ({ tag, mood, urgent, silent }))).toEqual([
      { tag: 'i-7', mood: 'critical', urgent: true, silent: false },
      { tag: 'i-7', mood: 'critical', urgent: false, silent: true },
      { tag: 'i-7', mood: 'good', urgent: false, silent: false },
    ]);
  });

  it('bring the desktop along where the settings name none, as long as it is wanted', async () => {
    const shown: string[] = [];
    let wanted = true;
    const desktop = {
      show: async ({ title }: NativeNotification) => {
        shown.push(title);
      },
      wanted: () => wanted,
    };
    const all = await opened(
      'alerts:\n  sinks:\n    - { name: desktop, type: webhook, url: "https://127.0.0.1:9/" }\n',
      {},
      { desktop },
    );
    expect(all.own).toBe('desktop (this computer)');
    const own = named(all, 'desktop (this computer)');
    expect(own.kinds).toContain('firing');
    expect(await own.deliver(notice({ kind: 'test' }), '1', patience())).toMatchObject({ ok: true });
    wanted = false;
    expect(own.kinds).toEqual([]);
    const before = shown.length;
    expect(await own.deliver(notice(), '2', patience())).toEqual({
      ok: true,
      sentence: 'Notifications are switched off on this desktop.',
    });
    expect(shown).toHaveLength(before);
  });

  it('say why the desktop showed nothing', async () => {
    const desktop = {
      show: () => Promise.reject(new NotShown('This desktop shows no notifications.')),
      wanted: () => true,
    };
    const all = await opened('accounts: []\n', {}, { desktop });
    expect(all.own).toBe('desktop');
    expect(await named(all, 'desktop').deliver(notice(), '1', patience())).toMatchObject({
      ok: false,
      retry: true,
      sentence: 'This desktop shows no notifications.',
    });
  });

  it.each([
    ['no routes', '', ['desktop']],
    ['a route to somebody else', 'routes: [{ to: netops }]', ['desktop', 'netops']],
    ['a route for information alone', 'routes: [{ match: { severity: info }, to: netops }]', ['desktop']],
  ])('tell the desktop what is critical with %s', (_, routes, expected) => {
    const sinks = routes === '' ? '' : '  sinks: [{ name: netops, type: webhook, url: "https://127.0.0.1:9/" }]\n';
    const settings = parseSettings(`alerts:\n${sinks}  ${routes === '' ? 'sinks: []' : routes}\n`, '/etc/tw/c.yaml');
    if (!settings.ok) throw new Error(JSON.stringify(settings.error));
    const { alerts } = notice();
    expect(routing(toldHere(alertConfig(settings.value), 'desktop').routes)(alerts).to).toEqual(expected);
    const info = alerts.map((alert) => ({ ...alert, severity: 'info' as const }));
    expect(routing(toldHere(alertConfig(settings.value), 'desktop').routes)(info).to).not.toContain('desktop');
  });

  it('cannot be opened with a broken file of authorities', async () => {
    const settings = parseSettings('network: { caFile: none.pem }\n', '/etc/tw/c.yaml');
    if (!settings.ok) throw new Error('settings');
    const places = { env: {}, vault: memoryVault() };
    const result = await openNotifiers(settings.value, { clock: systemClock(), places, version: '1' });
    expect(result).toEqual({ ok: false, error: '/etc/tw/none.pem: there is no such file.' });
  });
});
