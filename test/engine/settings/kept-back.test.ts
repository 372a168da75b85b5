import { afterEach, describe, expect, it } from 'vitest';
import { keepSecretsBack, putSecretsBack } from '../../../src/engine/settings/kept-back.ts';
import { parseSettings } from '../../../src/engine/settings/load.ts';
import type { SettingsDocument } from '../../../src/shared/settings.ts';
import { type Bed, type BedOptions, openBed } from './desk-bed.ts';

const CANARY = 'CANARY0123456789';
const WRITTEN: SettingsDocument = {
  accounts: [{ name: 'Acme', id: 'a'.repeat(32), token: { keychain: 'acme' } }],
  network: { proxy: `http://user:${CANARY}@proxy.example:3128` },
  alerts: {
    sinks: [
      {
        type: 'webhook',
        name: 'hook',
        url: `https://hooks.example/${CANARY}`,
        headers: { 'X-Key': CANARY, env: CANARY, Authorization: { keychain: 'hook' } },
      },
      { type: 'alertmanager', name: 'am', urls: ['https://am.example/prefix'], headers: { 'X-Scope': CANARY } },
      { type: 'ntfy', name: 'phone', topic: CANARY },
      {
        type: 'command',
        name: 'run',
        command: ['/bin/tell', '--to', `https://chat.example/${CANARY}`],
        env: { KEY: CANARY, file: CANARY },
      },
      { type: 'heartbeat', name: 'beat', url: { env: 'BEAT_URL' } },
      { type: 'slack', name: 'chat', url: { file: 'slack-url' } },
    ],
  },
};

describe('secrets that somebody wrote into the settings', () => {
  it('are what the settings allow', () => {
    expect(parseSettings(JSON.stringify(WRITTEN), 'c.json').ok).toBe(true);
  });

  it('are kept back, and their places and open addresses are not', () => {
    const shown = keepSecretsBack(WRITTEN);
    expect(JSON.stringify(shown)).not.toContain(CANARY);
    expect(shown).toMatchObject({
      accounts: WRITTEN.accounts,
      network: { proxy: '<kept back: proxy.example:3128>' },
      alerts: {
        sinks: [
          {
            url: '<kept back: hooks.example>',
            headers: { 'X-Key': '<kept back>', env: '<kept back>', Authorization: { keychain: 'hook' } },
          },
          { urls: ['https://am.example/prefix'], headers: { 'X-Scope': '<kept back>' } },
          { topic: '<kept back>' },
          {
            command: ['/bin/tell', '--to', '<kept back: chat.example>'],
            env: { KEY: '<kept back>', file: '<kept back>' },
          },
          { url: { env: 'BEAT_URL' } },
          { url: { file: 'slack-url' } },
        ],
      },
    });
  });

  it('come back where the mark comes back unchanged', () => {
    expect(putSecretsBack(keepSecretsBack(WRITTEN), WRITTEN)).toEqual({ document: WRITTEN, troubles: [] });
  });

  const sinks = (document: SettingsDocument): Record<string, unknown>[] =>
    (document.alerts as unknown as { sinks: Record<string, unknown>[] }).sinks;
  function changed(change: (sinks: Record<string, unknown>[], document: Record<string, unknown>) => void) {
    const document = structuredClone(keepSecretsBack(WRITTEN)) as Record<string, unknown>;
    change(sinks(document as SettingsDocument), document);
    return putSecretsBack(document as SettingsDocument, WRITTEN);
  }
  const keys = (outcome: ReturnType<typeof putSecretsBack>): string[] => outcome.troubles.map(({ key }) => key);

  it('follow their sink to another place in the list', () => {
    const turned = changed((list) => list.reverse());
    expect(turned.troubles).toEqual([]);
    expect(sinks(turned.document)).toEqual([...sinks(WRITTEN)].reverse());
  });

  it('do not go to another address, nor to another program', () => {
    expect(
      keys(
        changed((list) => {
          if (list[0]) list[0].url = 'https://evil.example/';
          if (list[3]) list[3].command = ['/bin/evil'];
        }),
      ),
    ).toEqual([
      'alerts.sinks[0].headers.X-Key',
      'alerts.sinks[0].headers.env',
      'alerts.sinks[3].env.KEY',
      'alerts.sinks[3].env.file',
    ]);
  });

  it('are told as missing where the mark stands for nothing that is here', () => {
    expect(keys(changed((list) => list[2] && Object.assign(list[2], { name: 'other' })))).toEqual([
      'alerts.sinks[2].topic',
    ]);
    expect(putSecretsBack(keepSecretsBack(WRITTEN), {}).troubles).toHaveLength(9);
    expect(
      keys(
        changed((_, document) => {
          document.network = { proxy: '<kept back: other.example>' };
          document.psk = { aging: '<kept back>' };
        }),
      ),
    ).toEqual(['network.proxy', 'psk.aging']);
  });
});

describe('the page', () => {
  const beds: Bed[] = [];
  afterEach(async () => {
    for (const bed of beds.splice(0)) await bed.close();
  });
  async function stand(options: BedOptions): Promise<Bed> {
    const bed = await openBed(options);
    beds.push(bed);
    return bed;
  }
  const hook = (url: string, headers: object = {}) => ({ type: 'webhook', name: 'hook', url, headers });
  const withSinks = (...list: object[]) => ({ alerts: { sinks: list } }) as unknown as SettingsDocument;
  const ID = 'b'.repeat(32);
  const account = (over: object) => ({ name: 'B', id: ID, token: { keychain: 'b' }, ...over });

  it('saves what it was shown and changes nothing by that', async () => {
    const text = JSON.stringify(withSinks(hook(`https://hooks.example/${CANARY}`, { 'X-Key': CANARY })));
    const bed = await stand({ text });
    const { document } = await bed.call('settings', {});
    expect(JSON.stringify(document)).not.toContain(CANARY);
    expect(await bed.call('saveSettings', { document })).toEqual({ saved: true });
    expect(bed.file()).toEqual(JSON.parse(text));
    const exported = await bed.call('settingsText', {});
    expect(exported.text).not.toContain(CANARY);
    expect(exported.text).toMatch(/^# .*<kept back>/m);
    expect(await bed.call('saveSettingsText', exported)).toEqual({ saved: true });
    expect(bed.file()).toEqual(JSON.parse(text));
  });

  it('on another machine is told what is missing', async () => {
    const bed = await stand({});
    const { text } = await (
      await stand({ text: JSON.stringify(withSinks(hook('https://hooks.example/', { 'X-Key': CANARY }))) })
    ).call('settingsText', {});
    expect(await bed.call('saveSettingsText', { text })).toMatchObject({
      saved: false,
      troubles: [{ key: 'alerts.sinks[0].headers.X-Key', sentence: expect.stringMatching(/write it again/) }],
    });
  });

  it('sends no token that is kept to another address', async () => {
    const accounts = [account({})];
    const bed = await stand({ text: JSON.stringify({ accounts }) });
    const moved = { accounts: [account({ apiBase: 'https://evil.example/client/v4' })] } as SettingsDocument;
    expect(await bed.call('saveSettings', { document: moved })).toMatchObject({
      saved: false,
      troubles: [{ key: 'accounts[0].apiBase' }],
    });
    const borrowed = withSinks(hook('https://evil.example/', { 'X-Key': { keychain: `account-${ID}` } }));
    expect(await bed.call('saveSettings', { document: { accounts, ...borrowed } as SettingsDocument })).toMatchObject({
      saved: false,
      troubles: [{ key: 'alerts.sinks[0]', sentence: expect.stringMatching(/nowhere else/) }],
    });
    expect(bed.file()).toEqual({ accounts });
  });

  it.each<[string, SettingsDocument]>([
    ['a program', withSinks({ type: 'command', name: 'run', command: ['/bin/sh', '-c', 'true'] })],
    ['a file as a secret', withSinks({ type: 'slack', name: 'chat', url: { file: '/etc/shadow' } })],
    ['a variable as a secret', withSinks(hook('https://evil.example/', { 'X-Key': { env: 'CF_TOKEN' } }))],
    ['an authority', { network: { caFile: '/tmp/evil.pem' } }],
  ])('that everybody on the machine can reach brings in no %s', async (_name, document) => {
    const open = await stand({ reach: 'open' });
    const refused = await open.call('saveSettings', { document });
    expect(refused).toMatchObject({
      saved: false,
      troubles: [{ sentence: expect.stringMatching(/set server\.token/) }],
    });
    expect(open.files()).toEqual([]);
  });

  it('that is guarded, or our own window, may; and what is in the file already stays for everybody', async () => {
    const document = withSinks({ type: 'command', name: 'run', command: ['/bin/sh', '-c', 'true'] });
    const guarded = await stand({ reach: 'guarded' });
    expect(await guarded.call('saveSettings', { document })).toEqual({ saved: true });
    const open = await stand({ reach: 'open', text: JSON.stringify(document) });
    expect(await open.call('saveSettings', { document: { ...document, psk: { aging: '20d' } } })).toEqual({
      saved: true,
    });
    expect(await open.call('saveSettings', { document: withSinks(hook('https://open.example/')) })).toEqual({
      saved: true,
    });
  });
});
