import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { tunnelKey as keyAction, type TunnelKeys } from '../../src/renderer/views/tunnel/keys.ts';
import { mergedLog, NO_LOG, withNews } from '../../src/renderer/views/tunnel/log.ts';
import { sightOf } from '../../src/renderer/views/tunnel/sight.ts';
import type { HistoryEvent, StateChange } from '../../src/shared/model.ts';
import { account } from './harness/board.ts';
import { ACCOUNT, MINUTE, NOW, tunnel } from './tunnel-fixture.ts';

const { key } = tunnel();
const event = (seq: number, at: number): HistoryEvent => ({
  seq,
  at,
  kind: 'config-changed',
  accountId: ACCOUNT,
  key,
  detail: {},
});
const change = (at: number, to: StateChange['to'] = 'down'): StateChange => ({
  at,
  key,
  lane: 'health',
  from: null,
  to,
});

describe('events and changes as one list', () => {
  it('is newest first', () => {
    const log = mergedLog({
      events: [event(2, 50), event(1, 10)],
      eventsComplete: true,
      changes: [change(60), change(20)],
      changesComplete: true,
    });
    expect(log.map(({ at }) => at)).toEqual([60, 50, 20, 10]);
  });

  it('ends where a source could still have something in between', () => {
    const half = { events: [event(2, 50), event(1, 40)], eventsComplete: false, changes: [change(60), change(20)] };
    expect(mergedLog({ ...half, changesComplete: true }).map(({ at }) => at)).toEqual([60, 50, 40]);
    expect(mergedLog(NO_LOG)).toEqual([]);
    // Changes are still on their way: nothing can be ordered yet.
    expect(mergedLog({ ...NO_LOG, events: [event(1, 1)], eventsComplete: true })).toEqual([]);
  });

  it('takes news once, in order, however often they come', () => {
    const news = fc.array(fc.record({ seq: fc.integer({ min: 1, max: 40 }), at: fc.integer({ min: 1, max: 500 }) }), {
      maxLength: 40,
    });
    fc.assert(
      fc.property(news, (list) => {
        let log = { ...NO_LOG, eventsComplete: true, changesComplete: true };
        for (const one of list) log = { ...log, ...withNews(log, [event(one.seq, one.at)], [change(one.at)]) };
        const seqs = log.events.map(({ seq }) => seq);
        expect(seqs).toEqual([...new Set(list.map(({ seq }) => seq))].sort((a, b) => b - a));
        expect(new Set(log.changes.map(({ at }) => at)).size).toBe(log.changes.length);
        const merged = mergedLog(log);
        expect(new Set(merged.map(({ id }) => id)).size).toBe(merged.length);
        expect(merged.map(({ at }) => at)).toEqual(merged.map(({ at }) => at).sort((a, b) => b - a));
      }),
    );
    const log = { ...NO_LOG, events: [event(1, 1)] };
    expect(withNews(log, [event(1, 1)], [])).toBe(log);
  });
});

describe('keys of the tunnel page', () => {
  it('do what the help says, and leave other keys alone', () => {
    const done: string[] = [];
    const actions: TunnelKeys = {
      back: () => done.push('back'),
      range: (range) => done.push(range),
      zoom: (factor) => done.push(factor < 1 ? 'in' : 'out'),
      reset: () => done.push('all'),
      pan: (share) => done.push(share < 0 ? 'past' : 'present'),
      step: (step) => done.push(step > 0 ? 'next' : 'previous'),
      table: () => done.push('table'),
    };
    for (const pressed of [
      '1',
      '2',
      '3',
      '4',
      '+',
      '=',
      '-',
      '0',
      'ArrowLeft',
      'ArrowRight',
      'j',
      'k',
      't',
      'Escape',
      'Backspace',
    ]) {
      keyAction(pressed, actions)?.();
    }
    expect(done).toEqual([
      '6h',
      '24h',
      '7d',
      '30d',
      'in',
      'in',
      'out',
      'all',
      'past',
      'present',
      'next',
      'previous',
      'table',
      'back',
      'back',
    ]);
    for (const pressed of ['5', '9', 'a', 'Enter', 'Tab', ' ', 'ArrowDown', 'F1'])
      expect(keyAction(pressed, actions)).toBeNull();
  });
});

describe('how well we see a tunnel', () => {
  const status = account(ACCOUNT, 'Acme', 1);
  const view = (part: object) => ({
    status,
    fresh: { list: true, health: true },
    listAgeMs: 4_000,
    healthAgeMs: 4_000,
    ...part,
  });
  const board = { lost: null, heardAt: NOW };
  const fault = {
    kind: 'bad-token' as const,
    sentence: 'Refused.',
    status: 401,
    code: null,
    retryAfterMs: null,
    permission: null,
    cfRay: null,
  };

  it('puts a lost host before blindness, and blindness before age', () => {
    const blind = view({
      status: { ...status, blind: { since: NOW - MINUTE, fault } },
      fresh: { list: false, health: false },
    });
    expect(sightOf({ lost: 'Gone.', heardAt: NOW - 1 }, blind).kind).toBe('lost');
    expect(sightOf(board, blind)).toEqual({ kind: 'blind', since: NOW - MINUTE, sentence: 'Refused.' });
    expect(sightOf(board, view({ fresh: { list: false, health: false } }))).toEqual({ kind: 'stale', ageMs: 4_000 });
    expect(sightOf(board, view({ fresh: { list: false, health: false }, listAgeMs: null })).kind).toBe('starting');
    expect(sightOf(board, view({})).kind).toBe('seeing');
  });
});
