import { describe, expect, it } from 'vitest';
import { Board } from '../../src/renderer/state/board.svelte.ts';
import { Listing } from '../../src/renderer/state/listing.svelte.ts';
import { type BoardQuery, EVERYTHING, readQuery, toggled, writeQuery } from '../../src/renderer/state/query.ts';
import { parseHash, tunnelHash } from '../../src/renderer/state/route.svelte.ts';
import { Ticker } from '../../src/renderer/state/ticker.svelte.ts';
import type { DeltaMessage } from '../../src/shared/bridge.ts';
import type { BoardRow, TunnelKey } from '../../src/shared/model.ts';
import { ACME, account, boardOf, rowAt, SHAPES, status } from './harness/board.ts';
import { HandClock } from './harness/hand-clock.ts';

function setUp(size: number, query: () => BoardQuery = () => EVERYTHING) {
  const clock = new HandClock();
  const ticker = new Ticker(clock);
  const board = new Board(ticker, clock);
  const message = boardOf(size, clock.wall());
  board.take(message);
  const listing = new Listing(board, query);
  const pass = (ms: number): void => {
    clock.pass(ms);
    ticker.beat();
  };
  return { clock, ticker, board, listing, message, pass };
}
function delta(
  message: { status: DeltaMessage['status'] },
  rows: readonly BoardRow[],
  part: Partial<DeltaMessage> = {},
): DeltaMessage {
  return { type: 'delta', status: message.status, rows, removed: [], changes: [], events: [], alerts: null, ...part };
}
const name = (listing: Listing, place: number): string | undefined => {
  const key = listing.order[place];
  return key === undefined ? undefined : listing.entries.get(key)?.row.name;
};

describe('board', () => {
  it('counts ages on from what the host said', () => {
    const { board, pass } = setUp(3);
    pass(20_000);
    expect(board.accounts[0]?.listAgeMs).toBe(24_000);
    expect(board.freshOf(ACME)).toEqual({ list: true, health: true });
    pass(66_000);
    expect(board.freshOf(ACME)).toEqual({ list: false, health: true });
  });
  it('sees the data as old after a sleep in which the monotonic clock stood still', () => {
    const { board, clock, ticker } = setUp(3);
    clock.sleep(3_600_000);
    ticker.beat();
    expect(board.freshOf(ACME)).toEqual({ list: false, health: false });
  });
  it('believes nothing while the host is lost, and believes again when it speaks', () => {
    const { board, listing, message } = setUp(20);
    board.take({ type: 'lost', reason: 'silence' });
    expect(board.lost).toBe('silence');
    expect(listing.counts).toEqual({ down: 0, degraded: 0, unknown: 0, stale: 20, attention: 0, up: 0 });
    board.take({ type: 'pulse', status: message.status });
    expect(board.lost).toBeNull();
    expect(listing.counts.stale).toBe(1);
  });
  it('takes deltas in, drops what is removed, ignores a delta before its board', () => {
    const { board, message } = setUp(5);
    const [first, second] = message.rows;
    if (!first || !second) throw new Error('no rows');
    board.take(delta(message, [{ ...first, name: 'renamed' }], { removed: [second.key] }));
    expect(board.rows.get(first.key)?.name).toBe('renamed');
    expect(board.rows.has(second.key)).toBe(false);
    const clock = new HandClock();
    const empty = new Board(new Ticker(clock), clock);
    empty.take(delta(message, [first]));
    expect(empty.status).toBeNull();
  });
});

describe('listing', () => {
  it('puts the worst first and the oldest trouble before the newer', () => {
    const { listing } = setUp(40);
    expect([0, 1, 2].map((place) => name(listing, place))).toEqual(['iad-edge-1-b', 'fra-edge-1-a', 'kix-edge-1-b']);
    expect(listing.counts).toEqual({ down: 3, degraded: 3, unknown: 3, stale: 1, attention: 3, up: 27 });
  });
  it('keeps the entries of rows that did not change', () => {
    const { board, listing, message } = setUp(40);
    const before = listing.entries;
    const first = message.rows[0];
    if (!first) throw new Error('no rows');
    board.take(delta(message, [rowAt(0, message.status.now, SHAPES[12])]));
    for (const [key, entry] of listing.entries) expect(entry === before.get(key)).toBe(key !== first.key);
  });
  it('holds the order while a hand is on it, and settles after', () => {
    const { board, listing, message } = setUp(40);
    const before = listing.order;
    listing.hold(true);
    const fallen = rowAt(30, message.status.now, { ...SHAPES[1], sinceMs: 86_400_000 } as (typeof SHAPES)[0]);
    board.take(delta(message, [fallen], { removed: [message.rows[39]?.key as TunnelKey] }));
    expect(listing.order).toEqual(before.filter((key) => key !== message.rows[39]?.key));
    expect(listing.waiting).toBe(true);
    expect(listing.entries.get(fallen.key)?.bucket).toBe('down');
    listing.hold(false);
    expect(listing.order[0]).toBe(fallen.key);
    expect(listing.waiting).toBe(false);
  });
  it('obeys a new query even while held', () => {
    let query: BoardQuery = EVERYTHING;
    const { listing } = setUp(40, () => query);
    listing.hold(true);
    expect(listing.order).toHaveLength(40);
    query = { ...EVERYTHING, states: ['down'] };
    const again = new Listing(setUp(40).board, () => query);
    again.hold(true);
    expect(again.order).toHaveLength(3);
  });
  it('filters by text, site, account and endpoint, and sorts by name, PSK and site', () => {
    const shown = (part: Partial<BoardQuery>): number =>
      setUp(100, () => ({ ...EVERYTHING, ...part })).listing.order.length;
    expect(shown({ text: 'FRANKFURT edge-1' })).toBeGreaterThan(0);
    expect(shown({ text: 'no such thing' })).toBe(0);
    expect(shown({ account: ACME })).toBe(80);
    expect(shown({ endpoint: '162.159.64.1' })).toBe(25);
    expect(shown({ site: '' })).toBe(9);
    const byName = setUp(100, () => ({ ...EVERYTHING, sort: 'name' })).listing;
    expect(name(byName, 0)).toBe('fra-edge-1-a');
    expect(name(byName, 1)).toBe('fra-edge-2-a');
    expect(name(byName, 9)).toBe('fra-edge-10-a');
    const byPsk = setUp(100, () => ({ ...EVERYTHING, sort: 'psk' })).listing;
    expect(byPsk.entries.get(byPsk.order[0] as TunnelKey)?.row.pskGeneratedAt).toBeNull();
    const reversed = setUp(100, () => ({ ...EVERYTHING, sort: 'psk', reverse: true })).listing;
    expect(reversed.entries.get(reversed.order[99] as TunnelKey)?.row.pskGeneratedAt).toBeNull();
  });
  it('names the site that needs somebody first', () => {
    const { listing } = setUp(100);
    expect(listing.sites[0]).toMatchObject({ name: 'Ashburn 1', troubled: 1 });
    expect(listing.sites.some((site) => site.name === '')).toBe(true);
  });
});

describe('hash', () => {
  it('keeps a query through writing and reading', () => {
    const query: BoardQuery = {
      states: ['down', 'stale'],
      account: ACME,
      site: 'São Paulo & Söhne',
      endpoint: '162.159.64.1',
      text: 'edge #1 ?&=',
      sort: 'psk',
      reverse: true,
    };
    expect(readQuery(writeQuery(query))).toEqual(query);
    expect(writeQuery(EVERYTHING).toString()).toBe('');
    expect(readQuery(new URLSearchParams('state=down,nonsense&sort=evil'))).toEqual({
      ...EVERYTHING,
      states: ['down'],
    });
  });
  it('toggles states in their own order', () => {
    expect(toggled(['up'], 'down')).toEqual(['down', 'up']);
    expect(toggled(['down', 'up'], 'up')).toEqual(['down']);
  });
  it('finds tunnels, and shows the board for what it does not know', () => {
    const key = `${ACME}/a b/c`.replace('/c', '') as TunnelKey;
    expect(parseHash(tunnelHash(key))).toMatchObject({ view: 'tunnel', key });
    expect(parseHash('#/psk')).toMatchObject({ view: 'psk' });
    expect(parseHash('#/nonsense/%E0%A4%A')).toMatchObject({ view: 'board' });
    expect(parseHash('').view).toBe('board');
    expect(parseHash('#/board?q=a%3Fb').query.get('q')).toBe('a?b');
  });
});

describe('accounts', () => {
  it('says blind with the fault and keeps the last known rows', () => {
    const { board, listing, message } = setUp(10);
    const now = message.status.now;
    const fault = {
      kind: 'bad-token',
      sentence: 'no',
      status: 401,
      code: null,
      retryAfterMs: null,
      permission: null,
      cfRay: null,
    } as const;
    const blind = account(ACME, 'Acme', 8, {
      phase: 'blind',
      blind: { since: now, fault },
      listAgeMs: 200_000,
      healthAgeMs: 200_000,
    });
    const rest = message.status.accounts.slice(1);
    board.take({ type: 'pulse', status: status(now, [blind, ...rest]) });
    expect(listing.order).toHaveLength(10);
    expect(listing.counts.stale).toBe(8);
  });
});
