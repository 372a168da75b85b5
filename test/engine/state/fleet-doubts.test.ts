/**
 * What a fleet must not believe: old facts after a return, facts of somebody of the same name, the older of two answers,
 * a wall clock that was set.
 */
import { describe, expect, it } from 'vitest';
import { createFleet } from '../../../src/engine/state/fleet.ts';
import type { TunnelId } from '../../../src/shared/model.ts';
import { ACCOUNT, bgpStatus, DAY, T0, tunnel } from '../../fixtures/tunnels.ts';
import { lister, look, MINUTE, newFleet, row } from './playing.ts';

const HOUR = 60 * MINUTE;

describe('a tunnel that went and comes back', () => {
  it('begins its lanes anew, also when an earlier process knew it', () => {
    const a = tunnel('a');
    const since = T0 - 5 * HOUR;
    const fleet = createFleet(ACCOUNT, {
      known: true,
      config: () => null,
      tunnels: [
        { key: a.key, name: 'a', goneAt: null, configHash: null, lanes: { bgp: { value: 'up', since, exact: true } } },
      ],
    });
    const list = lister();
    fleet.applyList(list([a]), look(T0));
    fleet.applyList(list([]), look(T0 + 30_000));
    fleet.applyList(list([]), look(T0 + MINUTE));
    const back = fleet.applyList(list([{ ...a }]), look(T0 + HOUR));
    // The history ended its lanes when it left: without a change there would be no line from here on.
    expect(back.changes.filter(({ lane }) => lane === 'bgp')).toMatchObject([{ at: T0 + HOUR, to: 'up' }]);
    expect(fleet.row(a.key)?.lanes.bgp.since).toBe(T0 + HOUR);
  });
});

describe('a close watch between two lists', () => {
  it('does not outlive a list that says what the list before it said', () => {
    const fleet = newFleet();
    const list = lister();
    const a = tunnel('a', { bgpStatus: bgpStatus('down') });
    fleet.applyList(list([a]), look(T0));
    fleet.applyTunnel({ ...a, bgpStatus: bgpStatus('up') }, look(T0 + 10_000, T0));
    expect(fleet.row(a.key)?.lanes.bgp.value).toBe('up');
    // The same bytes as 30 s ago: to the list nothing changed, to us it did.
    fleet.applyList(list([a]), look(T0 + 30_000, T0));
    expect(fleet.row(a.key)?.lanes.bgp.value).toBe('down');
  });

  it('is not undone by a list that is older than it by its own timestamp', () => {
    const fleet = newFleet();
    const list = lister();
    const a = tunnel('a', { bgpStatus: bgpStatus('down', { updatedAt: T0 - HOUR }) });
    fleet.applyList(list([a]), look(T0));
    fleet.applyTunnel({ ...a, bgpStatus: bgpStatus('up', { updatedAt: T0 + 5_000 }) }, look(T0 + 10_000, T0));
    const update = fleet.applyList(list([a]), look(T0 + 30_000, T0));
    expect(update.changes).toEqual([]);
    expect(fleet.row(a.key)?.lanes.bgp.value).toBe('up');
  });
});

describe('health by name', () => {
  it('says nothing about a tunnel before it has been read for it', () => {
    const since = T0 - HOUR;
    const a = tunnel('a');
    const fleet = createFleet(ACCOUNT, {
      known: true,
      config: () => null,
      tunnels: [
        {
          key: a.key,
          name: 'a',
          goneAt: null,
          configHash: null,
          lanes: { health: { value: 'healthy', since, exact: true } },
        },
      ],
    });
    // The first list failed, health was read meanwhile.
    fleet.applyHealth([row('a', T0 - MINUTE, 1)], look(T0));
    const update = fleet.applyList(lister()([a]), look(T0 + 30_000));
    expect(update.changes.filter(({ lane }) => lane === 'health')).toEqual([]);
    expect(fleet.row(a.key)?.lanes.health.value).toBe('healthy');
  });

  it('keeps the facts of two tunnels apart that swapped their names', () => {
    const fleet = newFleet();
    const list = lister();
    const [a, b] = [tunnel('a'), tunnel('b')];
    fleet.applyList(list([a, b]), look(T0));
    fleet.applyHealth([row('a', T0 - MINUTE, 0), row('b', T0 - MINUTE, 1)], look(T0));
    expect(fleet.row(b.key)?.lanes.health.value).toBe('healthy');
    fleet.applyList(
      list([
        { ...a, name: 'b' },
        { ...b, name: 'a' },
      ]),
      look(T0 + 30_000),
    );
    // What is told of "a" was told of the tunnel that bore the name then.
    const update = fleet.applyHealth(
      [row('a', T0 - MINUTE, 0), row('a', T0, 0), row('b', T0, 1)],
      look(T0 + 2 * MINUTE),
    );
    expect(update.changes).toEqual([]);
    fleet.applyHealth([row('a', T0 + MINUTE, 0), row('b', T0 + MINUTE, 1)], look(T0 + 3 * MINUTE));
    expect(fleet.row(b.key)).toMatchObject({ name: 'a', lanes: { health: { value: 'down' } } });
    expect(fleet.row(a.key)).toMatchObject({ name: 'b', lanes: { health: { value: 'healthy' } } });
  });

  it('gives a recreated tunnel none of its forerunner’s, even when nobody says when it was created', () => {
    const fleet = newFleet();
    const list = lister();
    fleet.applyList(list([tunnel('a', { id: 'one' as TunnelId })]), look(T0));
    const young = tunnel('a', { id: 'two' as TunnelId, createdAt: null });
    fleet.applyList(list([young]), look(T0 + 30_000));
    fleet.applyHealth([row('a', T0 - MINUTE, 1)], look(T0 + MINUTE));
    expect(fleet.row(young.key)?.lanes.health.value).not.toBe('healthy');
  });

  it('does not weigh data centres that fell silent before an interruption into the minutes after it', () => {
    const fleet = newFleet();
    const a = tunnel('a');
    fleet.applyList(lister()([a]), look(T0));
    fleet.applyHealth(
      ['AMS', 'CDG', 'LHR'].map((colo) => row('a', T0, 0, colo)),
      look(T0 + MINUTE),
    );
    expect(fleet.row(a.key)?.lanes.health.value).toBe('down');
    const update = fleet.applyHealth(
      [row('a', T0 + HOUR, 1), row('a', T0 + HOUR + MINUTE, 1)],
      look(T0 + HOUR + 2 * MINUTE),
    );
    expect(update.changes.map(({ at, to }) => [at - T0, to])).toEqual([[HOUR, 'healthy']]);
  });

  it('stops to name a data centre that fell silent', () => {
    const fleet = newFleet();
    const a = tunnel('a');
    fleet.applyList(lister()([a]), look(T0));
    const others = ['AMS', 'CDG', 'LHR', 'MAD', 'MXP'];
    fleet.applyHealth([row('a', T0, 0, 'FRA'), ...others.map((colo) => row('a', T0, 1, colo))], look(T0 + MINUTE));
    expect(fleet.row(a.key)?.healthShare).toEqual({ healthy: 5, colos: 6, worst: 'FRA' });
    const later = T0 + 7 * MINUTE;
    const update = fleet.applyHealth(
      others.map((colo) => row('a', later - MINUTE, 1, colo)),
      look(later),
    );
    expect(fleet.row(a.key)?.healthShare).toEqual({ healthy: 5, colos: 5, worst: null });
    expect([...update.touched]).toEqual([a.key]);
  });
});

describe('a list with an element that has no id', () => {
  it('may hold any tunnel that it does not name: such a tunnel is shown as unreadable, not as it was', () => {
    const fleet = newFleet();
    const list = lister();
    const [a, b] = [tunnel('a'), tunnel('b')];
    fleet.applyList(list([a, b]), look(T0));
    const nobody = { id: null, name: null, reason: 'The field id should be text, but is null.' };
    const update = fleet.applyList(list([a], [nobody]), look(T0 + 30_000));
    expect(fleet.row(a.key)?.unreadable).toBeNull();
    expect(fleet.row(b.key)?.unreadable).toMatch(/without a readable id/);
    expect(update.events.map(({ kind, key }) => [kind, key])).toEqual([['tunnel-unreadable', b.key]]);
    fleet.applyList(list([a], [nobody]), look(T0 + MINUTE));
    expect(fleet.size).toBe(2);
    fleet.applyList(list([a, b]), look(T0 + 90_000));
    expect(fleet.row(b.key)?.unreadable).toBeNull();
  });
});

describe('a tunnel that the newest list lacks for the first time', () => {
  it('is not shown as it was until the second list decides', () => {
    const fleet = newFleet();
    const list = lister();
    const [a, b] = [tunnel('a'), tunnel('b')];
    fleet.applyList(list([a, b]), look(T0));
    fleet.applyList(list([a]), look(T0 + 30_000));
    expect(fleet.row(b.key)?.unreadable).toMatch(/newest list/);
    const back = fleet.applyList(list([a, b]), look(T0 + MINUTE));
    expect(fleet.row(b.key)?.unreadable).toBeNull();
    // It was never unreadable, so nothing became readable.
    expect(back.events).toEqual([]);
  });
});

describe('the findings of a tunnel', () => {
  it('are there as soon as it can be read, known configuration or not', () => {
    const bad = tunnel('a', { allowNullCipher: true });
    const first = newFleet();
    const [snapshot] = first.applyList(lister()([bad]), look(T0)).configs;
    const fleet = createFleet(ACCOUNT, {
      known: true,
      config: () => null,
      tunnels: [{ key: bad.key, name: 'a', goneAt: null, configHash: snapshot?.hash ?? null, lanes: {} }],
    });
    const list = lister();
    fleet.applyList(list([], [{ id: bad.id, name: 'a', reason: 'x' }]), look(T0));
    fleet.applyList(list([bad]), look(T0 + 30_000));
    expect(fleet.row(bad.key)?.lanes.config.value).toBe('error');
  });
});

describe('a wall clock that was set', () => {
  it('takes a PSK back to its age when the clock comes back', () => {
    const fleet = newFleet();
    const a = tunnel('a');
    fleet.applyList(lister()([a]), look(T0));
    fleet.applyTime(look(T0 + 400 * DAY));
    expect(fleet.row(a.key)?.lanes.psk.value).toBe('stale');
    fleet.applyTime(look(T0 + MINUTE));
    expect(fleet.row(a.key)?.lanes.psk.value).toBe('fresh');
  });

  it('does not age a PSK while Cloudflare’s clock tells another time', () => {
    const fleet = newFleet();
    const a = tunnel('a');
    const wrong = T0 + 400 * DAY;
    fleet.applyList(lister()([a]), look(wrong, null, { aheadMs: -400 * DAY }));
    expect(fleet.row(a.key)?.lanes.psk.value).toBe('fresh');
    expect(fleet.applyTime(look(wrong + MINUTE, wrong, { aheadMs: -400 * DAY })).changes).toEqual([]);
    const aged = fleet.applyTime(look(wrong + 80 * DAY, wrong, { aheadMs: -400 * DAY }));
    // Recorded by our clock, as everything else.
    expect(aged.changes).toMatchObject([{ lane: 'psk', to: 'aging', at: wrong + 80 * DAY }]);
  });

  it('forgets silent data centres by Cloudflare’s clock, and dates their changes by ours', () => {
    const fleet = newFleet();
    const a = tunnel('a');
    // Our clock is an hour behind.
    const behind = { aheadMs: HOUR };
    fleet.applyList(lister()([a]), look(T0 - HOUR, null, behind));
    const first = fleet.applyHealth([row('a', T0 - 2 * MINUTE, 1)], look(T0 - HOUR, null, behind));
    expect(first.changes).toMatchObject([{ lane: 'health', to: 'healthy', at: T0 - HOUR - 2 * MINUTE }]);
    const silent = fleet.applyHealth([], look(T0 - HOUR + 5 * MINUTE, null, behind));
    expect(silent.changes.map(({ to }) => to)).toEqual(['nodata']);
  });

  it('never dates a change of health into the future', () => {
    const fleet = newFleet();
    const a = tunnel('a');
    fleet.applyList(lister()([a]), look(T0));
    fleet.applyHealth([row('a', T0 - MINUTE, 1)], look(T0));
    fleet.applyHealth([], look(T0 + HOUR));
    expect(fleet.row(a.key)?.lanes.health).toMatchObject({ value: 'nodata', since: T0 + HOUR });
    // Set back by an hour: what comes now is dated now, not by the last change.
    const back = fleet.applyHealth([row('a', T0 + MINUTE, 1)], look(T0 + 3 * MINUTE));
    expect(back.changes).toMatchObject([{ to: 'healthy', at: T0 + 3 * MINUTE }]);
  });

  it('leaves no lane that began in the future when it is set back', () => {
    const fleet = newFleet();
    const list = lister();
    const a = tunnel('a');
    fleet.applyList(list([a]), look(T0));
    fleet.applyList(list([{ ...a, bgpStatus: bgpStatus('down') }]), look(T0 + 365 * DAY));
    const update = fleet.applyTime(look(T0 + MINUTE));
    expect(fleet.row(a.key)?.lanes.bgp).toEqual({ value: 'down', since: T0 + MINUTE, exact: false });
    expect([...update.touched]).toEqual([a.key]);
    expect(fleet.applyTime(look(T0 + 2 * MINUTE)).touched.size).toBe(0);
  });
});
