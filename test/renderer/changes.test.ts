/** The pure parts of the view of what changed. */
import { describe, expect, it } from 'vitest';
import { parseHash } from '../../src/renderer/state/route.svelte.ts';
import {
  byDay,
  type ConfigEvent,
  dayName,
  isConfigEvent,
  shownChanges,
} from '../../src/renderer/views/changes/changes-list.ts';
import {
  type ChangesQuery,
  changeHash,
  readChangesQuery,
  writeChangesQuery,
} from '../../src/renderer/views/changes/changes-query.ts';
import { diffOf, nameIn } from '../../src/renderer/views/changes/diff.ts';
import type { HistoryEvent, TunnelKey } from '../../src/shared/model.ts';
import { ACME, boardOf } from './harness/board.ts';
import { changesOf } from './harness/findings.ts';
import { DAY, NOW } from './tunnel-fixture.ts';

const ROWS = boardOf(20, NOW).rows;
const EVENTS = changesOf(ROWS, NOW, 10) as readonly ConfigEvent[];
const NOTHING = readChangesQuery(new URLSearchParams());
const nameOf = ({ key }: ConfigEvent): string => ROWS.find((row) => row.key === key)?.name ?? 'gone';
const shown = (part: Partial<ChangesQuery>): readonly ConfigEvent[] =>
  shownChanges(EVENTS, { ...NOTHING, ...part }, nameOf);

describe('the diff of an event', () => {
  it('has each field with its values, what is not set apart, keys masked', () => {
    expect(diffOf(EVENTS[0] as ConfigEvent)).toEqual({
      changes: [
        { field: 'healthCheck.type', before: 'reply', after: 'request' },
        { field: 'bgp.md5Key', before: '•••', after: '•••' },
        { field: 'customerEndpoint', before: null, after: '203.0.113.7' },
        { field: 'description', before: 'Primary, circuit 4000', after: null },
      ],
      unlisted: 0,
    });
  });

  it('counts what the event names and does not tell, and knows events without fields', () => {
    const detail = { fields: 'name, description', modifiedAt: NOW, name: 'a -> b' };
    expect(diffOf({ kind: 'config-changed', detail })).toEqual({
      changes: [{ field: 'name', before: 'a', after: 'b' }],
      unlisted: 1,
    });
    expect(diffOf({ kind: 'config-changed', detail: { fields: '', modifiedAt: NOW } }).changes).toEqual([]);
    expect(diffOf({ kind: 'psk-changed', detail: { from: 5, to: null } }).changes).toEqual([
      { field: 'pskGeneratedAt', before: '5', after: null },
    ]);
    expect(diffOf({ kind: 'tunnel-renamed', detail: { from: 'a', to: 'b' } }).changes[0]).toMatchObject({ after: 'b' });
    expect(diffOf({ kind: 'tunnel-recreated', detail: { name: 'a', oldId: '1', newId: '2' } }).changes).toEqual([
      { field: 'id', before: '1', after: '2' },
    ]);
    expect(nameIn({ detail: { name: 'gone' } })).toBe('gone');
    expect(nameIn({ detail: { from: 'a', to: 'b' } })).toBe('b');
  });
});

describe('the list of changes', () => {
  it('is filtered by tunnel, kind, field and text', () => {
    const key = ROWS[0]?.key as TunnelKey;
    expect(shown({ tunnel: key }).every((event) => event.key === key)).toBe(true);
    expect(shown({ kind: 'psk-changed' })).toHaveLength(1);
    expect(shown({ field: 'customerEndpoint' })).toHaveLength(1);
    expect(shown({ field: 'replayProtection' })).toHaveLength(10);
    expect(shown({ text: '203.0.113.7' })).toHaveLength(1);
    expect(shown({ text: 'nowhere' })).toHaveLength(0);
    expect(shown({ account: ACME }).length).toBeLessThan(EVENTS.length);
  });

  it('finds a field that the event only counts', () => {
    const event = { ...EVENTS[0], detail: { fields: 'fqdnId', modifiedAt: NOW } } as ConfigEvent;
    expect(shownChanges([event], { ...NOTHING, field: 'fqdnId' }, nameOf)).toHaveLength(1);
  });

  it('stands under the days of the reader', () => {
    const days = byDay(EVENTS);
    expect(days.flatMap(({ events }) => events)).toEqual(EVENTS);
    expect(dayName(days[0]?.id ?? '', NOW)).toBe('today');
    expect(dayName(byDay([{ ...EVENTS[0], at: NOW - DAY } as ConfigEvent])[0]?.id ?? '', NOW)).toBe('yesterday');
    expect(dayName('2020-01-01', NOW)).toBe('other');
  });

  it('takes only what became of the configuration', () => {
    expect(EVENTS.every(isConfigEvent)).toBe(true);
    expect(isConfigEvent({ ...(EVENTS[0] as HistoryEvent), kind: 'rekey-dip' })).toBe(false);
  });

  it('has its place in the address', () => {
    const query: ChangesQuery = {
      account: ACME,
      tunnel: `${ACME}/a b` as TunnelKey,
      kind: 'config-changed',
      field: 'bgp.md5Key',
      text: 'x=y',
      at: NOW,
    };
    expect(readChangesQuery(writeChangesQuery(query))).toEqual(query);
    const place = parseHash(changeHash(`${ACME}/a1` as TunnelKey, NOW));
    expect(place.view).toBe('changes');
    expect(readChangesQuery(place.query)).toMatchObject({ tunnel: `${ACME}/a1`, at: NOW });
    expect(readChangesQuery(new URLSearchParams('kind=blind&at=x&tunnel=nothing'))).toEqual(NOTHING);
  });
});
