import { describe, expect, it } from 'vitest';
import { Board } from '../../src/renderer/state/board.svelte.ts';
import { Ticker } from '../../src/renderer/state/ticker.svelte.ts';
import { type CarePage, WallCare } from '../../src/renderer/state/wall-care.ts';
import { WallRemote, type WallSelf } from '../../src/renderer/state/wall-remote.ts';
import { countsOf } from '../../src/renderer/views/wall/counts.ts';
import { troublesOf } from '../../src/renderer/views/wall/outlook.ts';
import { linesFor, tileWord } from '../../src/renderer/views/wall/tile-lines.ts';
import { entriesOnWall, type Tile, tilesOf } from '../../src/renderer/views/wall/tiles.ts';
import {
  EVERYTHING_ON_WALL,
  groupTest,
  isNight,
  readNight,
  readView,
  wallAddress,
  wallQuery,
  withoutName,
  writeView,
} from '../../src/renderer/views/wall/wall-view.ts';
import type { BridgeMessage } from '../../src/shared/bridge.ts';
import { redundancyOf } from '../../src/shared/redundancy.ts';
import { ACME, account, boardOf, GLOBEX, rowAt, SHAPES, status } from './harness/board.ts';
import { HandClock } from './harness/hand-clock.ts';

const NOW = Date.UTC(2026, 10, 21, 10, 16);
const MINUTE = 60_000;

function boardWith(message: BridgeMessage): Board {
  const clock = new HandClock(NOW);
  const board = new Board(new Ticker(clock), clock);
  board.take(message);
  return board;
}
const shown = (board: Board, query = '', dark = new Set<typeof ACME>()): readonly Tile[] => {
  const view = readView(query);
  const entries = entriesOnWall(board.entries, view, (id) => board.accountName(id));
  return [...tilesOf(entries, view, new Map(), dark).values()];
};

describe('a view as an address', () => {
  const FULL =
    'name=NOC+left&account=Acme&site=Frankfurt+1&group=fra*%2Cwaw*&by=site&rotate=30&theme=dark&palette=separation&zone=utc&dim=22-06%3A30';

  it('says what is shown, and comes back as it was', () => {
    const view = readView(FULL);
    expect(view).toEqual({
      name: 'NOC left',
      account: 'Acme',
      site: 'Frankfurt 1',
      group: 'fra*,waw*',
      by: 'site',
      rotateMs: 30_000,
      theme: 'dark',
      palette: 'separation',
      zone: 'utc',
      night: { from: 22 * 60, to: 6 * 60 + 30 },
    });
    expect(writeView(view)).toBe(FULL);
    expect(writeView(withoutName(view))).not.toContain('NOC');
  });

  it('leaves out what it does not know, and paces what nobody can read', () => {
    expect(readView('by=colour&theme=pink&rotate=soon&dim=late&account=+&token=secret')).toEqual(EVERYTHING_ON_WALL);
    expect([readView('rotate=1').rotateMs, readView('rotate=99999').rotateMs]).toEqual([5_000, 3_600_000]);
  });

  it('stands behind /wall or behind the hash, and nowhere else', () => {
    const at = (pathname: string, search: string, hash: string) => wallQuery({ pathname, search, hash });
    expect(at('/wall', '?by=site', '')).toBe('by=site');
    expect(at('/wall', '', '#token=abc')).toBe('');
    expect(at('/', '', '#/wall?by=site')).toBe('by=site');
    expect(at('/', '', '#/wall')).toBe('');
    expect([at('/', '', '#/board'), at('/', '?by=site', ''), at('/', '', '#/wallpaper')]).toEqual([null, null, null]);
    expect(wallAddress('/wall', readView('by=site'))).toBe('/wall?by=site');
    expect(wallAddress('/', readView('by=site'))).toBe('#/wall?by=site');
  });

  it('dims over midnight, and by the minute', () => {
    const night = readNight('22:30-06') ?? { from: 0, to: 0 };
    const at = (hours: number, minutes: number) => isNight(night, hours * 60 + minutes);
    expect([at(22, 29), at(22, 30), at(2, 0), at(5, 59), at(6, 0), at(12, 0)]).toEqual([
      false,
      true,
      true,
      true,
      false,
      false,
    ]);
    expect(['6-6', '25-3', '1-2-3', 'x-4', ''].map(readNight)).toEqual([null, null, null, null, null]);
  });

  it('groups by patterns of names', () => {
    const fits = groupTest('FRA*, *-b');
    expect(['fra-1-a', 'waw-1-b', 'waw-1-a', 'xfra'].map(fits)).toEqual([true, true, false, false]);
    expect(groupTest('a.b')('axb')).toBe(false);
  });
});

describe('tiles', () => {
  const board = boardWith(boardOf(60, NOW));

  it('stand worst first; in trouble for longer comes earlier, what is well by name', () => {
    const tiles = shown(board);
    expect(tiles.slice(0, 6).map(({ kind }) => kind)).toEqual([
      'down',
      'down',
      'down',
      'degraded',
      'degraded',
      'degraded',
    ]);
    expect(tiles[0]?.name).toBe('iad-edge-1-b');
    const well = tiles.filter(({ kind, stale }) => kind === 'up' && !stale).map(({ name }) => name);
    expect(well).toEqual(well.toSorted((a, b) => a.localeCompare(b, 'en', { numeric: true })));
    expect(tiles.map(({ loud }) => Number(loud)).toSorted((a, b) => b - a)).toEqual(
      tiles.map(({ loud }) => Number(loud)),
    );
  });

  it('show what a view asks for', () => {
    expect(shown(board, 'account=globex+europe').every(({ accountId }) => accountId === GLOBEX)).toBe(true);
    expect(shown(board, `account=${ACME}`)).toHaveLength(48);
    expect(shown(board, 'group=fra-*').every(({ name }) => name.startsWith('fra-'))).toBe(true);
    expect(
      new Set(shown(board, 'site=Frankfurt+1').map((tile) => tile.what === 'tunnel' && tile.entry.row.site?.name)),
    ).toEqual(new Set(['Frankfurt 1']));
    expect(shown(board, 'account=nobody')).toEqual([]);
  });

  it('are the same objects while nothing changed', () => {
    const view = readView('by=site');
    const entries = entriesOnWall(board.entries, view, String);
    const before = tilesOf(entries, view, new Map(), new Set());
    const after = tilesOf(entries, view, before, new Set());
    expect([...after.values()].every((tile) => tile === before.get(tile.id))).toBe(true);
  });

  it('of sites say what is left of them', () => {
    expect(redundancyOf({ live: 0, dead: 2, unknown: 0 })).toBe('isolated');
    expect(redundancyOf({ live: 0, dead: 1, unknown: 0 })).toBe('isolated');
    expect(redundancyOf({ live: 1, dead: 1, unknown: 0 })).toBe('at-risk');
    expect(redundancyOf({ live: 2, dead: 1, unknown: 0 })).toBe('reduced');
    expect(redundancyOf({ live: 2, dead: 0, unknown: 3 })).toBe('redundant');
    expect(redundancyOf({ live: 1, dead: 0, unknown: 1 })).toBe('unknown');
    expect(redundancyOf({ live: 0, dead: 1, unknown: 1 })).toBe('unknown');
    expect(redundancyOf({ live: 1, dead: 0, unknown: 0 })).toBe('single');
    expect(redundancyOf({ live: 0, dead: 0, unknown: 0 })).toBe('unknown');
    const rows = [0, 1, 2, 3].map((index) => ({
      ...rowAt(index, NOW, index < 2 ? SHAPES[0] : SHAPES[12]),
      accountId: ACME,
      site: { name: index === 3 ? 'Leeds' : 'Perth', source: 'cloudflare' } as const,
    }));
    const tiles = shown(boardWith({ ...boardOf(0, NOW), rows }), 'by=site');
    expect(tiles.map((tile) => [tile.name, tileWord(tile), tile.kind])).toEqual([
      ['Perth', 'At risk', 'degraded'],
      ['Leeds', 'Single', 'up'],
    ]);
    const [perth] = tiles;
    expect(perth && linesFor(perth, 2, NOW, 0)).toEqual([['At risk 14 min', 'At risk'], ['1 of 3 left']]);
    expect(countsOf(tiles).map(({ word, count }) => [word, count])).toEqual([
      ['At risk', 1],
      ['Single', 1],
    ]);
  });

  it('of an account that we are blind in are old, whatever they were: none is green', () => {
    for (const query of ['', 'by=site']) {
      const tiles = shown(board, query, new Set([ACME, GLOBEX]));
      expect(tiles.every((tile) => tile.stale || tile.kind === 'unknown')).toBe(true);
      const up = tiles.find(({ kind }) => kind === 'up');
      expect(up && linesFor(up, 1, NOW, 3 * MINUTE)[0]?.[0]).toBe('as of 3 min ago');
    }
  });
});

describe('what limits our sight', () => {
  const fault = { kind: 'auth', sentence: 'Cloudflare refuses the token.' } as never;
  const blind = { phase: 'blind', blind: { since: NOW - 14 * MINUTE, fault }, listAgeMs: 14 * MINUTE } as const;
  const told = (board: Board) =>
    troublesOf({ status: board.status, lost: board.lost, heardAt: board.heardAt, now: NOW, accounts: board.accounts });
  const of = (...accounts: ReturnType<typeof account>[]) =>
    boardWith({ ...boardOf(4, NOW), status: status(NOW, accounts) });

  it('is said across the screen when nothing is seen, and as a notice when a part is not', () => {
    const all = told(of(account(ACME, 'Acme', 2, blind), account(GLOBEX, 'Globex', 2, blind)));
    expect(all).toMatchObject([{ what: 'blind', since: NOW - 14 * MINUTE, whole: true, accounts: [] }]);
    const part = told(of(account(ACME, 'Acme', 2, blind), account(GLOBEX, 'Globex', 2)));
    expect(part).toMatchObject([{ what: 'blind', whole: false, accounts: ['Acme'] }]);
    expect(told(of(account(ACME, 'Acme', 2)))).toEqual([]);
  });

  it('counts old answers, pauses and missing health results', () => {
    const old = account(ACME, 'Acme', 2, { listAgeMs: 4 * MINUTE });
    expect(told(of(old))).toMatchObject([{ what: 'stale', since: NOW - 4 * MINUTE, whole: true }]);
    const health = account(ACME, 'Acme', 2, { healthBlind: { since: NOW - MINUTE, fault } });
    expect(told(of(health))).toMatchObject([{ what: 'health', whole: false }]);
    const paused = { since: NOW - MINUTE, until: null };
    expect(told(boardWith({ ...boardOf(4, NOW), status: status(NOW, [old], { paused }) }))).toMatchObject([
      { what: 'paused', whole: true },
    ]);
  });

  it('is the lost host before all else', () => {
    const board = of(account(ACME, 'Acme', 2, blind));
    board.take({ type: 'lost', reason: 'Check that it still runs.' });
    expect(told(board)).toMatchObject([{ what: 'lost', since: NOW, whole: true }]);
  });
});

describe('the care of a wall', () => {
  function cared(part: Partial<{ reachable: boolean; current: boolean; visible: boolean }> = {}) {
    const clock = new HandClock(NOW);
    const world = {
      drawn: NOW as number | null,
      reloads: 0,
      moves: true,
      ...{ reachable: true, current: true, visible: true },
      ...part,
    };
    const page: CarePage = {
      drawn: () => (world.moves ? clock.wall() : world.drawn),
      visible: () => world.visible,
      reachable: async () => world.reachable,
      current: async () => world.current,
      reload: () => {
        world.reloads += 1;
      },
    };
    const care = new WallCare(page, clock);
    const live = async (ms: number): Promise<void> => {
      for (let at = 0; at < ms; at += 5_000) {
        clock.pass(5_000);
        await care.check();
      }
    };
    return { care, world, live };
  }
  const heard = boardOf(0, NOW);
  const lost = { type: 'lost', reason: '' } as const;

  it('leaves a page alone that draws, for weeks', async () => {
    const { care, world, live } = cared();
    care.hear(heard);
    await live(6 * 3_600_000);
    expect(world.reloads).toBe(0);
  });

  it.each([NOW, null])('loads a page anew whose picture stands still (%s)', async (drawn) => {
    const { world, live } = cared();
    await live(120_000);
    Object.assign(world, { moves: false, drawn });
    await live(40_000);
    expect(world.reloads).toBe(1);
    await live(25_000);
    // Not again and again.
    expect(world.reloads).toBe(1);
  });

  it('never while it could not be loaded, nor while nobody sees it', async () => {
    const unreachable = cared({ reachable: false });
    Object.assign(unreachable.world, { moves: false });
    await unreachable.live(600_000);
    expect(unreachable.world.reloads).toBe(0);
    unreachable.world.reachable = true;
    await unreachable.live(10_000);
    expect(unreachable.world.reloads).toBe(1);
    const hidden = cared({ visible: false });
    Object.assign(hidden.world, { moves: false });
    await hidden.live(600_000);
    expect(hidden.world.reloads).toBe(0);
  });

  it('takes the page of another version after a restart of the host, and stays with the same one', async () => {
    const same = cared();
    same.care.hear(heard);
    same.care.hear(heard);
    await same.live(120_000);
    expect(same.world.reloads).toBe(0);
    const other = cared({ current: false });
    other.care.hear(heard);
    await other.live(120_000);
    expect(other.world.reloads).toBe(0);
    other.care.hear(heard);
    await other.live(10_000);
    expect(other.world.reloads).toBe(1);
  });

  it('opens anew what is lost for long although the host answers', async () => {
    const { care, world, live } = cared();
    care.hear(lost);
    await live(110_000);
    expect(world.reloads).toBe(0);
    await live(30_000);
    expect(world.reloads).toBe(1);
  });
});

describe('the remote control', () => {
  function remote(name: string | null) {
    const clock = new HandClock(NOW);
    const said: unknown[] = [];
    const done: unknown[] = [];
    const bridge = {
      subscribe: () => () => undefined,
      call: async (call: string, args: unknown) => {
        said.push([call, args]);
        return { ok: true, value: null } as never;
      },
    };
    const self = (): WallSelf => ({ name, view: 'by=site', muted: false, audible: true });
    const wall = new WallRemote(bridge as never, clock, self, (command) => done.push(command));
    return { clock, said, done, wall };
  }

  it('says each half minute that a wall with a name is there', () => {
    const { clock, said, wall } = remote('NOC');
    const stop = wall.start();
    clock.pass(90_000);
    stop();
    clock.pass(90_000);
    expect(said).toHaveLength(4);
    expect(said[0]).toEqual(['wallHere', { name: 'NOC', view: 'by=site', muted: false, audible: true }]);
    const nameless = remote(null);
    nameless.wall.start();
    nameless.clock.pass(90_000);
    expect(nameless.said).toEqual([]);
  });

  it('obeys what is for this wall, and lets the rest pass', () => {
    const { done, wall } = remote('NOC');
    const command = { what: 'mute', muted: true } as const;
    wall.hear({ type: 'wall', status: status(NOW, []), wall: 'Lobby', command });
    expect(done).toEqual([]);
    wall.hear({ type: 'wall', status: status(NOW, []), wall: 'NOC', command });
    expect(done).toEqual([command]);
  });
});
