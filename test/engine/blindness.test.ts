import { describe, expect, it } from 'vitest';
import { Blindness } from '../../src/engine/blindness.ts';
import { Heard } from '../../src/engine/heard.ts';
import type { AccountId, Fault, TunnelKey } from '../../src/shared/model.ts';

const ACCOUNT = '023e105f4ecef8ad9ca31a8372d0c353' as AccountId;
const fault: Fault = {
  kind: 'timeout',
  sentence: 'No answer within 20 s.',
  status: null,
  code: null,
  retryAfterMs: null,
  permission: null,
  cfRay: null,
};

describe('blindness in the records', () => {
  it('is written down once when it begins and once when it ends, for each source', () => {
    const blindness = new Blindness(ACCOUNT);
    const blind = { since: 5, fault };
    expect(blindness.note('list', null, 1)).toEqual([]);
    expect(blindness.note('list', blind, 10)).toEqual([
      {
        at: 10,
        kind: 'blind',
        accountId: ACCOUNT,
        key: null,
        detail: { since: 5, kind: 'timeout', sentence: fault.sentence },
      },
    ]);
    expect(blindness.note('list', blind, 11)).toEqual([]);
    expect(blindness.note('health', null, 12)).toEqual([]);
    expect(blindness.note('list', null, 20).map(({ kind, detail }) => [kind, detail])).toEqual([
      ['seeing', { since: 5 }],
    ]);
    expect(blindness.note('list', null, 21)).toEqual([]);
  });
});

describe('when a tunnel was heard of', () => {
  const [a, b] = ['x/a', 'x/b'] as [TunnelKey, TunnelKey];
  it('is the newest of list and close read, each tunnel by itself', () => {
    const heard = new Heard();
    expect(heard.of(a)).toEqual({ list: null, health: null });
    heard.source('list', 100);
    heard.closely(a, 110);
    expect([heard.of(a).list, heard.of(b).list]).toEqual([110, 100]);
    heard.source('health', 120);
    heard.source('list', 130);
    expect([heard.of(a), heard.of(b)]).toEqual([
      { list: 130, health: 120 },
      { list: 130, health: 120 },
    ]);
  });
});
