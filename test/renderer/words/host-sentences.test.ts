/** Sentences that the host makes, on a German page: each code that there is, with the facts that it brings. */
import { describe, expect, it } from 'vitest';
import { hostSentence, rotationNext } from '../../../src/renderer/words/de/host-sentences.ts';
import * as en from '../../../src/renderer/words/en/host-sentences.ts';
import type { ToldFault } from '../../../src/shared/alert-words/en/faults.ts';
import type { HostSaid, OperationFacts } from '../../../src/shared/operation-said.ts';
import type { RotationFacts, RotationNext, RotationSaid } from '../../../src/shared/rotation-said.ts';
import { isGerman } from './is-german.ts';

const ENGLISH = 'As the host said it.';
const names = 'paris-2';
const grouping = 'site Paris';

const ROTATION: RotationFacts = {
  gone: {},
  fresh: {},
  stale: {},
  'partner-stale': { names },
  'partner-carries': { names: 'paris-2, paris-3', grouping },
  'partner-unseen': { names, grouping: null },
  'partner-torn': { names, grouping, where: 'FRA, AMS' },
  'partner-ill': { names, grouping },
  'no-partner': {},
  neighbours: { names },
  'no-partner-bgp': {},
  'partner-bgp-stale': { names },
  'partner-bgp-up': { names },
  'partner-bgp-down': { names },
  'partner-bgp-unreported': { names },
  'bgp-up': {},
  'bgp-none': {},
  'bgp-down': {},
  'bgp-unknown': {},
  'partners-settled': {},
  'partner-young': { names },
  idle: {},
  traffic: {},
  'no-other': {},
  other: { name: 'paris-2' },
  unlocked: {},
  'nothing-changes': {},
  'no-write-token': { account: 'Acme' },
  locked: { account: 'Acme' },
  'key-unknown': {},
  'key-unusable': {},
  dated: {},
  'not-dated-yet': {},
  'not-dated': {},
  'bgp-stale': {},
  'bgp-unreported': {},
  'bgp-back': {},
  'bgp-stayed': {},
  'bgp-counts-later': {},
  'bgp-late': {},
  'bgp-not-yet': {},
  'checks-off': {},
  'no-results': {},
  'health-stale': {},
  'health-back': {},
  'health-stayed': {},
  'health-lags': {},
  'health-held': {},
  'health-late': {},
  'health-not-yet': {},
};
const NEXT: Readonly<Record<RotationNext, true>> = {
  rotated: true,
  'given-up-before': true,
  'given-up-after': true,
  'put-right': true,
  'set-unknown': true,
  set: true,
  enter: true,
  'clear-sa': true,
  compare: true,
  wait: true,
};

const name = 'paris-1';
const changes = [
  { field: 'healthCheck.rate', before: 'mid', after: 'high' },
  { field: 'psk', before: '••••••', after: '•••••• (new)' },
];
const fault: ToldFault = {
  kind: 'offline',
  sentence: ENGLISH,
  about: {
    host: 'api.cloudflare.com',
    account: 'Acme',
    permission: null,
    detail: 'connection refused',
    deadlineMs: 20_000,
    maxBytes: 1_048_576,
    doubt: true,
  },
};
const OPERATION: OperationFacts = {
  'left-as-is': { name, reason: 'zu kurz.' },
  unread: { name, kind: 'psk-set', fault },
  done: { name, kind: 'create' },
  'took-hold-in-part': { name, changes },
  'not-shown': { name, kind: 'delete' },
  'nobody-knows': { name },
  'key-lost': { name },
  'done-as-read': { name, kind: 'update' },
  neither: { name, changes },
  'key-not-dated': { name },
  unchanged: { name },
  'may-come': { name },
  sum: { done: 2, all: 3, open: { code: 'may-come', facts: { name } } },
  'answer-lost': { fault, status: null, shown: { code: 'unchanged', facts: { name } } },
  'locked-meanwhile': { account: 'Acme' },
  'not-sent': { fault, waitMs: 30_000 },
  refused: { fault, waitMs: null },
  bug: {},
  'plan-over': {},
  'typed-otherwise': { name },
  clash: { names: [name, 'paris-2', 'paris-3'], more: 2, changes },
  'gone-meanwhile': { name },
  'name-taken': { name },
  'modified-unseen': { name },
  'changed-meanwhile': { change: { field: 'name', before: null, after: name } },
  'cloudflare-says': { message: 'zu kurz.' },
  'to-correct': { count: 2 },
  fault: { fault, waitMs: 180_000 },
  'named-twice': {},
  'tunnel-gone': {},
  'tunnels-gone': { count: 1 },
  'gone-or-unreadable': {},
  'would-refuse': {},
  'would-refuse-keys': {},
};

describe('an operation', () => {
  it.each(Object.entries(OPERATION))('%s', (code, facts) => {
    const said = { code, facts } as HostSaid;
    const german = hostSentence(ENGLISH, said);
    isGerman(german);
    if ('name' in facts) expect(german).toContain(name);
    expect(en.hostSentence(ENGLISH, said)).toBe(ENGLISH);
  });

  it('has no code in common with a rotation', () => {
    expect(Object.keys(OPERATION).filter((code) => Object.hasOwn(ROTATION, code))).toEqual([]);
  });

  it('says what differs by the names of the form, and how long to wait', () => {
    expect(hostSentence(ENGLISH, { code: 'clash', facts: OPERATION.clash })).toBe(
      'Jemand war schneller: paris-1, paris-2, paris-3 und 2 weitere (Prüfrate mid → high, PSK •••••• → •••••• (neu)). Nichts wurde gesendet; ansehen und neu planen.',
    );
    expect(hostSentence(ENGLISH, { code: 'not-sent', facts: OPERATION['not-sent'] })).toMatch(
      / In 30 s noch einmal versuchen\. Nichts wurde gesendet\.$/,
    );
    expect(hostSentence(ENGLISH, { code: 'fault', facts: OPERATION.fault })).toMatch(/ In 3 min noch/);
    const broken = { fault: { ...fault, kind: 'server-error' as const }, status: 503 };
    expect(
      hostSentence(ENGLISH, {
        code: 'answer-lost',
        facts: { ...broken, shown: { code: 'done-as-read', facts: { name, kind: 'psk-set' } } },
      }),
    ).toBe(
      'Die Antwort ging verloren (Cloudflare antwortete 503). paris-1 hat seinen neuen PSK: das Nachlesen zeigt es.',
    );
  });
});

describe('a rotation', () => {
  it.each(Object.entries(ROTATION))('%s', (code, facts) => {
    const said = { code, facts } as RotationSaid;
    const german = hostSentence(ENGLISH, said);
    isGerman(german);
    for (const fact of Object.values(facts)) if (fact !== null && fact !== grouping) expect(german).toContain(fact);
    expect(en.hostSentence(ENGLISH, said)).toBe(ENGLISH);
  });

  it.each(Object.keys(NEXT) as RotationNext[])('next: %s', (next) => {
    isGerman(rotationNext(ENGLISH, next));
    expect(en.rotationNext(ENGLISH, next)).toBe(ENGLISH);
  });

  it('says by what its tunnels belong together, one or several', () => {
    expect(hostSentence(ENGLISH, { code: 'partner-ill', facts: { names: 'a', grouping } })).toBe(
      'a (Standort Paris) ist nicht gesund: ohne diesen Tunnel ist der Standort womöglich abgeschnitten.',
    );
    expect(hostSentence(ENGLISH, { code: 'partner-carries', facts: { names: 'a, b', grouping: null } })).toBe(
      'a, b (selbe Gruppe) sind gesund und können den Verkehr tragen.',
    );
  });
});

it('says what an older host, or a younger one, said in English', () => {
  expect(hostSentence(ENGLISH, undefined)).toBe(ENGLISH);
  expect(hostSentence(ENGLISH, { code: 'of-tomorrow', facts: {} } as never)).toBe(ENGLISH);
  expect(rotationNext(ENGLISH, undefined)).toBe(ENGLISH);
  expect(rotationNext(ENGLISH, 'of-tomorrow' as never)).toBe(ENGLISH);
});
