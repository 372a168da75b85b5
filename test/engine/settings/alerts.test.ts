import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compile } from '../../../src/engine/alerts/match.ts';
import { alertConfig } from '../../../src/engine/settings/alerts-schema.ts';
import { emptySettings, parseSettings } from '../../../src/engine/settings/load.ts';
import { describeProblem } from '../../../src/engine/settings/problems.ts';
import { jsonSchema, type Settings } from '../../../src/engine/settings/schema.ts';
import { ALERT_RULES, type Matcher } from '../../../src/shared/alerts.ts';

const FIXTURE = join(dirname(fileURLToPath(import.meta.url)), '../../../docs/alerts.yaml');

function read(text: string, file = '/etc/tw/c.yaml'): Settings {
  const parsed = parseSettings(text, file);
  if (!parsed.ok) throw new Error(parsed.error.problems.map((one) => describeProblem('c.yaml', one)).join('\n'));
  return parsed.value;
}

function sentences(text: string): readonly string[] {
  const parsed = parseSettings(text, 'c.yaml');
  return parsed.ok ? [] : parsed.error.problems.map((one) => describeProblem('c.yaml', one));
}

const hook = (name: string): string => `{ name: ${name}, type: webhook, url: https://hooks.example/x }`;
const inSinks = (sink: string): string => `alerts:\n  sinks:\n    - ${sink}\n`;
const inMatch = (match: string): string => `alerts:\n  tags:\n    - { tag: t, match: { ${match} } }\n`;

describe('the example of all settings', () => {
  const settings = read(readFileSync(FIXTURE, 'utf8'), '/etc/tw/alerts.yaml');
  const config = alertConfig(settings);

  it('is valid, and shows every kind of sink', () => {
    expect(new Set(settings.alerts.sinks.map(({ type }) => type))).toEqual(
      new Set([
        'native',
        'slack',
        'teams',
        'pagerduty',
        'alertmanager',
        'ntfy',
        'email',
        'webhook',
        'command',
        'heartbeat',
      ]),
    );
  });

  it('means what its comments say', () => {
    expect(config.zone).toBe('Europe/Amsterdam');
    expect(config.link).toBe('https://noc.example/');
    expect(config.rules).toEqual([
      {
        matchers: [],
        settings: {
          'health-down': { pendingMs: 300_000, recoverMs: 180_000 },
          'health-degraded': { pendingMs: 900_000, severity: 'info' },
          'configuration-changed': { enabled: false },
        },
      },
      {
        matchers: [{ name: 'tag', op: '=', value: 'lab' }],
        settings: { 'bgp-down': { severity: 'warning', pendingMs: 600_000 }, 'psk-due': { enabled: false } },
      },
      {
        matchers: [
          { name: 'site', op: '=~', value: 'ams[^]*|^par-[0-9]+$' },
          { name: 'tunnel', op: '!~', value: '[^]*-test' },
        ],
        settings: { 'redundancy-lost': { severity: 'critical' } },
      },
    ]);
    expect(config.routes[2]).toEqual({
      matchers: [{ name: 'severity', op: '=', value: 'critical' }],
      to: ['oncall', 'noc-chat', 'desktop'],
      escalate: [
        { afterMs: 600_000, to: ['phones'] },
        { afterMs: 1_800_000, to: ['mail', 'siren'] },
      ],
      remindMs: 14_400_000,
      onward: false,
    });
    expect(config.routes.map(({ onward }) => onward)).toEqual([true, false, false, false, false]);
    expect(config.routes[1]?.to).toEqual([]);
    expect(config.maintenance).toEqual([
      {
        name: 'carrier night',
        matchers: [{ name: 'site', op: '=~', value: 'ams[^]*' }],
        times: [{ days: [2], from: 1380, to: 180, zone: 'Europe/Amsterdam' }],
        once: null,
      },
      {
        name: 'move of the router',
        matchers: [{ name: 'customerEndpoint', op: '=', value: '198.51.100.7' }],
        times: [],
        once: { from: Date.UTC(2026, 11, 5, 17), to: Date.UTC(2026, 11, 5, 21) },
      },
    ]);
    expect(config.quietHours).toEqual([
      { days: [1, 2, 3, 4, 5], from: 1320, to: 420, zone: 'Europe/Amsterdam' },
      { days: [6, 7], from: 0, to: 1440, zone: 'Europe/Paris' },
    ]);
  });

  it('means paths from its own folder', () => {
    const sinks = settings.alerts.sinks;
    expect(sinks.find(({ name }) => name === 'oncall')).toMatchObject({ key: { file: '/etc/tw/secrets/pagerduty' } });
    expect(sinks.find(({ name }) => name === 'siren')).toMatchObject({
      command: ['/etc/tw/scripts/siren', '--loud'],
      env: { SIREN_KEY: { file: '/etc/tw/secrets/siren' }, SIREN_FLOOR: '2' },
    });
  });

  it('fits the JSON Schema in what it names', () => {
    const schema = JSON.parse(JSON.stringify(jsonSchema()));
    const { properties } = schema.properties.alerts;
    expect(Object.keys(properties.rules.properties)).toEqual(ALERT_RULES);
    expect(properties.sinks.items.oneOf).toHaveLength(10);
    expect(properties.routes.items.properties.to.anyOf).toHaveLength(2);
  });
});

describe('without a word about routes', () => {
  it('nobody hears of anything while there is no sink', () => {
    expect(alertConfig(emptySettings()).routes).toEqual([]);
  });

  it('all sinks that take notices hear of what is warning or critical', () => {
    const text = `alerts:\n  sinks:\n    - ${hook('a')}\n    - { name: b, type: heartbeat, url: https://alive.example }\n`;
    expect(alertConfig(read(text)).routes).toEqual([
      {
        matchers: [{ name: 'severity', op: '=~', value: 'warning|critical' }],
        to: ['a'],
        escalate: [],
        remindMs: null,
        onward: false,
      },
    ]);
  });

  it('an empty list of routes tells nobody', () => {
    expect(alertConfig(read(`alerts:\n  routes: []\n  sinks:\n    - ${hook('a')}\n`)).routes).toEqual([]);
  });
});

describe('patterns', () => {
  const matchersOf = (value: string): readonly Matcher[] =>
    alertConfig(read(`alerts: { tags: [{ tag: t, match: { tunnel: ${value} } }] }\n`)).tags[0]?.matchers ?? [];
  const fits = (value: string, tunnel: string): boolean =>
    compile(matchersOf(value))({
      ...{ rule: [], severity: [], account: [], site: [], tag: [], cloudflareEndpoint: [], customerEndpoint: [] },
      tunnel: [tunnel],
    });

  it.each<[string, string, boolean]>([
    ['ams-1', 'ams-1', true],
    ['ams-1', 'ams-10', false],
    ['ams*', 'ams', true],
    ['ams*', 'xams', false],
    ['ams-?', 'ams-1', true],
    ['ams-?', 'ams-12', false],
    ['"a.c*"', 'abc', false],
    ['"a(b*"', 'a(b)c', true],
    ['"*"', 'line\nbreak', true],
    ['"/ams-[12]/"', 'ams-2', true],
    ['"/ams-[12]/"', 'ams-21', false],
    ['"!ams*"', 'ams-1', false],
    ['"!ams*"', 'par-1', true],
    ['[ams-1, par*]', 'par-9', true],
    ['[ams-1, par*]', 'lon-1', false],
    ['[par*, "!par-9"]', 'par-8', true],
    ['[par*, "!par-9"]', 'par-9', false],
    ['[a.b, c]', 'axb', false],
    ['""', '', true],
  ])('%s on %j: %s', (value, tunnel, expected) => expect(fits(value, tunnel)).toBe(expected));

  it('any text as a glob is a pattern that compiles, and fits itself where it has no wildcard', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 40 }), (name) => {
        fc.pre(!/^[!/]/.test(name));
        const text = JSON.stringify({ alerts: { tags: [{ tag: 't', match: { tunnel: [name, `${name}*`] } }] } });
        const matchers = alertConfig(read(text)).tags[0]?.matchers ?? [];
        const labels = {
          rule: [],
          severity: [],
          account: [],
          site: [],
          tag: [],
          cloudflareEndpoint: [],
          customerEndpoint: [],
        };
        expect(compile(matchers)({ ...labels, tunnel: [name] })).toBe(true);
      }),
    );
  });
});

describe('a mistake says where it is and what was expected', () => {
  it.each<[string, string, readonly string[]]>([
    [
      'an unknown type',
      inSinks('{ name: a, type: slak }'),
      [
        'c.yaml:3:24: alerts.sinks[0].type: found "slak", expected one of the types webhook, slack, teams, pagerduty, alertmanager, ntfy, email, command, heartbeat, native.',
      ],
    ],
    [
      'a key that this type has not',
      inSinks('{ name: a, type: slack, urll: { env: S } }'),
      [
        'c.yaml:3:7: alerts.sinks[0].url: missing; expected exactly one of { env: NAME }, { file: PATH } or { keychain: NAME }.',
        'c.yaml:3:31: alerts.sinks[0].urll: unknown key; did you mean url?',
      ],
    ],
    [
      'a key of another type',
      inSinks('{ name: a, type: native, routing: x }'),
      ['c.yaml:3:32: alerts.sinks[0].routing: unknown key; the keys here are type, name.'],
    ],
    [
      'a secret in the file',
      inSinks('{ name: a, type: slack, url: https://hooks.slack.com/services/T/B/CANARY }'),
      [
        'c.yaml:3:36: alerts.sinks[0].url: a secret does not belong in this file; put it into an environment variable, a file or the keychain and name that here: expected exactly one of { env: NAME }, { file: PATH } or { keychain: NAME }.',
      ],
    ],
    [
      'a user in an address',
      inSinks('{ name: a, type: webhook, url: https://u:CANARY@x.example }'),
      [
        'c.yaml:3:38: alerts.sinks[0].url: found a text of 26 characters, expected an http or https address without a user.',
      ],
    ],
    [
      'a name twice',
      `alerts:\n  sinks:\n    - ${hook('a')}\n    - ${hook('a')}\n`,
      ['c.yaml:4:15: alerts.sinks[1].name: found "a", expected a name of its own: "a" is taken already.'],
    ],
    [
      'a route to nobody',
      `alerts:\n  sinks:\n    - ${hook('chat')}\n  routes:\n    - { to: chatt }\n`,
      [
        'c.yaml:5:13: alerts.routes[0].to: found "chatt", expected names of sinks; there is no "chatt", did you mean chat.',
      ],
    ],
    [
      'a route to a heartbeat',
      'alerts:\n  sinks:\n    - { name: b, type: heartbeat, url: https://b.example }\n  routes:\n    - { to: [b] }\n',
      ['c.yaml:5:13: alerts.routes[0].to: expected sinks that take notices; "b" is a heartbeat and takes none.'],
    ],
    [
      'steps out of order',
      `alerts:\n  sinks:\n    - ${hook('a')}\n  routes:\n    - { to: a, escalate: [{ after: 10m, to: a }, { after: 5m, to: a }] }\n`,
      [
        'c.yaml:5:59: alerts.routes[0].escalate[1].after: found "5m", expected a later time than that of the step before.',
      ],
    ],
    [
      'a pattern that does not compile',
      inMatch('site: "/ams[/"'),
      [
        'c.yaml:3:32: alerts.tags[0].match.site: found "/ams[/", expected a regular expression that is complete (between slashes).',
      ],
    ],
    [
      'one of several patterns',
      inMatch('site: [ok, "/(/"]'),
      [
        'c.yaml:3:37: alerts.tags[0].match.site[1]: found "/(/", expected a regular expression that is complete (between slashes).',
      ],
    ],
    [
      'a rule that there is not',
      inMatch('rule: bgp-dwn'),
      ['c.yaml:3:32: alerts.tags[0].match.rule: found "bgp-dwn", expected the name of a rule; did you mean bgp-down.'],
    ],
    [
      'a severity that there is not',
      inMatch('severity: 3'),
      [
        'c.yaml:3:36: alerts.tags[0].match.severity: found 3, expected a text such as ams* or /^ams[0-9]$/, or a list of them.',
      ],
    ],
    [
      'a name that cannot be matched',
      inMatch('tunel: x'),
      ['c.yaml:3:26: alerts.tags[0].match.tunel: unknown key; did you mean tunnel?'],
    ],
    [
      'a rule with a slip',
      'alerts:\n  rules:\n    health-dwon: { pending: 5m }\n',
      ['c.yaml:3:5: alerts.rules.health-dwon: unknown key; did you mean health-down?'],
    ],
    [
      'half a window',
      'alerts:\n  maintenance:\n    - { name: w, from: "22:00" }\n',
      ['c.yaml:3:7: alerts.maintenance[0]: expected either from and to, or starts and ends.'],
    ],
    [
      'a window that ends before it starts',
      'alerts:\n  maintenance:\n    - { name: w, starts: 2026-01-02T10:00, ends: 2026-01-02T09:00 }\n',
      ['c.yaml:3:50: alerts.maintenance[0].ends: found "2026-01-02T09:00", expected a moment after starts.'],
    ],
    [
      'a zone from nowhere',
      'alerts:\n  zone: Europe/Amsterdamm\n',
      ['c.yaml:2:9: alerts.zone: found "Europe/Amsterdamm", expected an IANA time zone such as Europe/Amsterdam.'],
    ],
    [
      'a time of the day from nowhere',
      'alerts:\n  quietHours:\n    - { from: "25:00", to: "07:00" }\n',
      [
        'c.yaml:3:15: alerts.quietHours[0].from: found "25:00", expected a time of the day such as 22:30, in quotes where it stands alone.',
      ],
    ],
    [
      'a user without a password',
      inSinks('{ name: a, type: ntfy, topic: t, username: u }'),
      ['c.yaml:3:7: alerts.sinks[0]: expected username and password together.'],
    ],
    [
      'a header that may not be set',
      inSinks('{ name: a, type: webhook, url: https://x.example, headers: { Host: y } }'),
      [
        'c.yaml:3:68: alerts.sinks[0].headers.Host: this key is not the name of a header (not host, content-length, connection or transfer-encoding).',
      ],
    ],
    [
      'an address of a sender that is two headers',
      inSinks('{ name: a, type: email, host: h, to: [a@b.c], from: "a@b.c\\r\\nBcc: x@y.z" }'),
      [
        'c.yaml:3:59: alerts.sinks[0].from: found a text of 17 characters, expected an e-mail address, or a name with one: Tunnelwatch <alerts@example.com>.',
      ],
    ],
  ])('%s', (_, text, expected) => {
    expect(sentences(text)).toEqual(expected);
    expect(expected.join()).not.toContain('CANARY');
  });

  it.each<[string, string]>([
    ['"{{#lines}}"', 'a mustache template whose tags and sections are closed'],
    ['"{{title}}"', 'valid JSON'],
    ['\'{ "a": "{{{title}}}" }\'', 'would not be escaped'],
    ['\'{ "a": "{{& title}}" }\'', 'would not be escaped'],
    ['\'{ "a": [{{#lines}}"{{text}}",{{/lines}}] }\'', 'mind the comma'],
    ['\'{ "a": {{severity}} }\'', 'valid JSON'],
    ["'{{> other}}'", 'without partials'],
  ])('the template %s', (template, expected) => {
    const text = `alerts:\n  sinks:\n    - { name: a, type: webhook, url: https://x.example, template: ${template} }\n`;
    expect(sentences(text)).toEqual([expect.stringContaining(expected)]);
  });

  it('takes any template where the body is not JSON', () => {
    const more = 'contentType: text/plain, template: "{{{title}}} {{severity}}"';
    expect(sentences(inSinks(`{ name: a, type: webhook, url: https://x.example, ${more} }`))).toEqual([]);
  });
});
