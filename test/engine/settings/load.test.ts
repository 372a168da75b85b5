import { chmod, mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { loadSettings, parseSettings } from '../../../src/engine/settings/load.ts';
import { describeProblem } from '../../../src/engine/settings/problems.ts';
import { jsonSchema } from '../../../src/engine/settings/schema.ts';

const ID = '023e105f4ecef8ad9ca31a8372d0c353';
const ACCOUNT = `accounts:\n  - name: Acme\n    id: ${ID}\n    token: { env: CF_TOKEN }\n`;

function sentences(text: string): readonly string[] {
  const read = parseSettings(text, 'c.yaml');
  return read.ok ? [] : read.error.problems.map((problem) => describeProblem('c.yaml', problem));
}

describe('a good config file', () => {
  it('needs no more than an account; the rest has defaults', () => {
    const read = parseSettings(ACCOUNT, '/etc/tw/c.yaml');
    expect(read).toEqual({
      ok: true,
      value: {
        accounts: [
          {
            name: 'Acme',
            id: ID,
            token: { env: 'CF_TOKEN' },
            apiBase: 'https://api.cloudflare.com/client/v4',
            interval: 30_000,
            healthInterval: 60_000,
          },
        ],
        psk: { aging: 7_776_000_000, due: 15_552_000_000, stale: 31_536_000_000, tags: [] },
        retention: { changes: 7_776_000_000, rollups: 31_536_000_000 },
        alerts: { rules: {}, overrides: [], tags: [], sinks: [], maintenance: [], quietHours: [] },
        slo: { objective: 99.9, degraded: 'down', overrides: [] },
        network: {},
        data: {},
        server: { host: '127.0.0.1', port: 8484, names: [] },
        log: { level: 'info' },
      },
    });
  });

  it('may be JSON, may name its schema, and means paths from its own folder', () => {
    const text = JSON.stringify({
      $schema: './schema.json',
      accounts: [
        { name: 'A', id: ID.toUpperCase(), token: { file: 'secret/token' } },
        { name: 'B', id: ID.replace('0', '1'), key: { email: 'a@example.com', key: { file: '/abs/key' } } },
      ],
      network: { caFile: 'ca.pem', proxy: 'http://proxy.example:3128', noProxy: '.example' },
      data: { dir: 'data' },
      server: { host: '::1', token: { file: 'wall' }, names: ['wall.example'] },
    });
    const read = parseSettings(text, '/etc/tw/c.json');
    if (!read.ok) throw new Error(JSON.stringify(read.error));
    expect(read.value.accounts[0]).toMatchObject({ id: ID, token: { file: '/etc/tw/secret/token' } });
    expect(read.value.accounts[1]).toMatchObject({ key: { email: 'a@example.com', key: { file: '/abs/key' } } });
    expect(read.value.network.caFile).toBe('/etc/tw/ca.pem');
    expect(read.value.data.dir).toBe('/etc/tw/data');
    expect(read.value.server.token).toEqual({ file: '/etc/tw/wall' });
  });

  it.each([
    'http://127.0.0.1:8080/client/v4',
    'http://localhost:1/x/',
    'http://[::1]:9/x',
    'https://api.cloudflare.com/client/v4/',
  ])('takes %s as API base, without a slash at the end', (base) => {
    const read = parseSettings(`${ACCOUNT}    apiBase: ${base}\n`, 'c.yaml');
    expect(read.ok && read.value.accounts[0]?.apiBase).toBe(base.replace(/\/$/, ''));
  });
});

const SECRET = 'exactly one of { env: NAME }, { file: PATH } or { keychain: NAME }';
const INTERVAL = 'a time such as 30s, 5m, 2h or 90d, from 10s to 1h';
const BASE = 'an https address without user, query or fragment (plain http only to loopback)';

describe('a wrong config file says where, what was found and what was expected', () => {
  it.each<[string, string, readonly string[]]>([
    [
      'too short an interval',
      `${ACCOUNT}    interval: 5s\n`,
      [`c.yaml:5:15: accounts[0].interval: found "5s", expected ${INTERVAL}.`],
    ],
    [
      'a bare number',
      `${ACCOUNT}    interval: 30\n`,
      [`c.yaml:5:15: accounts[0].interval: found the number 30, expected ${INTERVAL}; put it in quotes.`],
    ],
    [
      'a misspelt key',
      `${ACCOUNT}    intervall: 30s\n`,
      ['c.yaml:5:5: accounts[0].intervall: unknown key; did you mean interval?'],
    ],
    [
      'the wrong case',
      `${ACCOUNT}    api_base: x\n`,
      ['c.yaml:5:5: accounts[0].api_base: unknown key; did you mean apiBase?'],
    ],
    [
      'a key from nowhere',
      `${ACCOUNT}zzz: 1\n`,
      [
        'c.yaml:5:1: zzz: unknown key; the keys here are accounts, psk, retention, alerts, slo, language, network, data, server, log.',
      ],
    ],
    [
      'no id',
      'accounts:\n  - name: A\n    token: { env: T }\n',
      ['c.yaml:2:5: accounts[0].id: missing; expected the 32 hexadecimal digits of the account id.'],
    ],
    [
      'a short id',
      'accounts:\n  - name: A\n    id: 023e\n    token: { env: T }\n',
      ['c.yaml:3:9: accounts[0].id: found "023e", expected the 32 hexadecimal digits of the account id.'],
    ],
    [
      'an id of digits without quotes',
      'accounts:\n  - name: A\n    id: 12345678901234567890123456789012\n    token: { env: T }\n',
      [
        'c.yaml:3:9: accounts[0].id: found the number 1.2345678901234567e+31, expected the 32 hexadecimal digits of the account id; put it in quotes.',
      ],
    ],
    [
      'neither token nor key',
      `accounts:\n  - name: A\n    id: ${ID}\n`,
      ['c.yaml:2:5: accounts[0]: expected exactly one of token and key.'],
    ],
    [
      'two sources',
      `accounts:\n  - name: A\n    id: ${ID}\n    token: { env: T, file: f }\n`,
      [`c.yaml:4:12: accounts[0].token: found a mapping, expected ${SECRET}.`],
    ],
    [
      'an unknown source',
      `accounts:\n  - name: A\n    id: ${ID}\n    token: { envv: T }\n`,
      ['c.yaml:4:14: accounts[0].token.envv: unknown key; did you mean env?'],
    ],
    [
      'a number as token',
      `accounts:\n  - name: A\n    id: ${ID}\n    token: 12\n`,
      [`c.yaml:4:12: accounts[0].token: found a number, expected ${SECRET}.`],
    ],
    [
      'plain http',
      `${ACCOUNT}    apiBase: http://example.com\n`,
      [`c.yaml:5:14: accounts[0].apiBase: found "http://example.com", expected ${BASE}.`],
    ],
    [
      'http to a look-alike of loopback',
      `${ACCOUNT}    apiBase: http://localhost.evil/\n`,
      [`c.yaml:5:14: accounts[0].apiBase: found "http://localhost.evil/", expected ${BASE}.`],
    ],
    [
      'a user in the API base',
      `${ACCOUNT}    apiBase: https://u:p@a.example\n`,
      [`c.yaml:5:14: accounts[0].apiBase: found a text of 21 characters, expected ${BASE}.`],
    ],
    ['PSK ages in disorder', 'psk: { aging: 90d, due: 80d }\n', ['c.yaml:1:6: psk: expected aging < due < stale.']],
    [
      'an account twice',
      `${ACCOUNT}  - name: Other\n    id: ${ID}\n    token: { env: T }\n`,
      [
        'c.yaml:6:9: accounts[1].id: found a text of 32 characters, expected an id of its own: the account "Acme" has this one already.',
      ],
    ],
    [
      'an open server without a token',
      'server:\n  host: 0.0.0.0\n',
      [
        'c.yaml:2:9: server.host: found "0.0.0.0", expected a loopback address, or server.token beside it: who is not on this machine needs an access token.',
      ],
    ],
    [
      'a port out of range',
      'server: { port: 70000 }\n',
      ['c.yaml:1:17: server.port: found 70000, expected a port from 0 (any free one) to 65535.'],
    ],
    [
      'a wrong level',
      'log: { level: loud }\n',
      ['c.yaml:1:15: log.level: found "loud", expected one of error, warn, info, debug.'],
    ],
    ['an empty file', '', ['c.yaml: the file is empty; expected a mapping of settings, beginning with accounts.']],
    ['a list', '- a\n', ['c.yaml:1:1: found a list of 1, expected a mapping of settings, beginning with accounts.']],
    ['a key without value', 'accounts:\n', ['c.yaml:1:10: accounts: found nothing, expected a list of accounts.']],
    ['a tab', 'accounts:\n\t- x\n', ['c.yaml:2:1: a tab cannot indent; use spaces.']],
    [
      'an open bracket',
      'accounts: [1\n',
      ['c.yaml:2:1: the indentation does not fit the lines above, or a closing bracket is missing.'],
    ],
    ['a key twice', 'log: {}\nlog: {}\n', ['c.yaml:2:1: this key stands here twice.']],
  ])('%s', (_, text, expected) => expect(sentences(text)).toEqual(expected));

  it('tells several problems at once, in the order of the file', () => {
    const text = `accounts:\n  - name: ''\n    id: x\n    token: { env: 1a }\npsk: { due: never }\nlgo: {}\n`;
    expect(sentences(text)).toEqual([
      'c.yaml:2:11: accounts[0].name: found an empty text, expected a name of 1 to 100 characters.',
      'c.yaml:3:9: accounts[0].id: found "x", expected the 32 hexadecimal digits of the account id.',
      'c.yaml:4:19: accounts[0].token.env: found a text of 2 characters, expected the name of an environment variable.',
      'c.yaml:5:13: psk.due: found "never", expected a time such as 30s, 5m, 2h or 90d, from 1d to 3650d.',
      'c.yaml:6:1: lgo: unknown key; did you mean log?',
    ]);
  });
});

describe('a secret in the file', () => {
  const CANARY = 'cfat_CANARY0123456789abcdefghijklmnopqrst';

  it('is refused with advice', () => {
    expect(sentences(`accounts:\n  - name: A\n    id: ${ID}\n    token: short\n`)).toEqual([
      `c.yaml:4:12: accounts[0].token: a secret does not belong in this file; put it into an environment variable, a file or the keychain and name that here: expected ${SECRET}.`,
    ]);
  });

  it('is never repeated, wherever it stands', () => {
    const places = [
      `accounts:\n  - name: A\n    id: ${ID}\n    token: ${CANARY}\n`,
      `accounts:\n  - name: A\n    id: ${CANARY}\n`,
      `accounts:\n  - name: A\n    id: ${ID}\n    token: { env: ${CANARY}- }\n`,
      `accounts:\n  - name: A\n    id: ${ID}\n    key: { email: ${CANARY}, key: ${CANARY} }\n`,
      `accounts:\n  - ${CANARY}\n`,
      `${CANARY}: 1\n`,
      `server: { token: ${CANARY}, host: ${CANARY} }\n`,
      `accounts: *${CANARY}\n`,
      `accounts: "${CANARY}\n`,
      `accounts: !${CANARY} x\n`,
      `a: ${CANARY}: b\n`,
      `%${CANARY}\n---\n`,
      `? {${CANARY}: 1}\n`,
    ];
    for (const text of places) {
      const told = sentences(text).join('\n');
      expect(told).not.toBe('');
      expect(told).not.toContain('CANARY');
    }
  });
});

describe('robustness', () => {
  it('answers any text with settings or with problems', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.json()), (text) => {
        const read = parseSettings(text, 'c.yaml');
        if (!read.ok) expect(read.error.problems.length).toBeGreaterThan(0);
      }),
    );
  });

  it('does not blow up on aliases that multiply', () => {
    const bomb = `a: &a [x,x,x,x,x,x,x,x,x]\n${'bcdefgh'
      .split('')
      .map((name, i) => `${name}: &${name} [${Array(9).fill(`*${'abcdefg'[i]}`).join(',')}]`)
      .join('\n')}\n`;
    expect(sentences(bomb)).toEqual(['c.yaml: the file uses too many aliases.']);
  });

  it('says what is wrong with the file itself, by its name', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'tw-settings-'));
    const missing = await loadSettings(join(folder, 'none.yaml'));
    expect(!missing.ok && missing.error.problems[0]?.sentence).toBe('there is no such file.');
    const dir = await loadSettings(folder);
    expect(!dir.ok && dir.error.problems[0]?.sentence).toBe('this is a folder; expected a YAML or JSON file.');
    const bom = join(folder, 'bom.yaml');
    await writeFile(bom, `\uFEFF${ACCOUNT}`);
    expect((await loadSettings(bom)).ok).toBe(true);
    const big = join(folder, 'big.yaml');
    await writeFile(big, '#'.repeat(1_000_001));
    expect((await loadSettings(big)).ok).toBe(false);
  });

  it.skipIf(process.getuid?.() === 0)('says when the file may not be read (skipped for root, who may)', async () => {
    const path = join(await mkdtemp(join(tmpdir(), 'tw-settings-')), 'c.yaml');
    await writeFile(path, ACCOUNT);
    await chmod(path, 0);
    const read = await loadSettings(path);
    expect(!read.ok && read.error.problems[0]?.sentence).toMatch(/may not be read/);
  });
});

it('the JSON Schema describes the file as it is written', () => {
  const schema = JSON.parse(JSON.stringify(jsonSchema()));
  expect(schema.$schema).toBe('https://json-schema.org/draft/2020-12/schema');
  expect(schema.additionalProperties).toBe(false);
  expect(Object.keys(schema.properties)).toEqual([
    '$schema',
    'accounts',
    'psk',
    'retention',
    'alerts',
    'slo',
    'language',
    'network',
    'data',
    'server',
    'log',
  ]);
  const account = schema.properties.accounts.items;
  expect(account.required).toEqual(['name', 'id']);
  expect(account.properties.interval).toMatchObject({
    type: 'string',
    default: '30s',
    pattern: '^(\\d{1,6})(s|m|h|d)$',
  });
  expect(account.properties.token.anyOf).toHaveLength(3);
});
