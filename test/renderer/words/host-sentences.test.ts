/** Sentences that the host makes, on a German page: each code that there is, with the facts that it brings. */
import { describe, expect, it } from 'vitest';
import { hostSentence, rotationNext } from '../../../src/renderer/words/de/host-sentences.ts';
import * as en from '../../../src/renderer/words/en/host-sentences.ts';
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
