import { describe, expect, it } from 'vitest';
import { soundTunnel } from '../../../src/engine/lint/catalogue/sound.ts';
import { createFleet } from '../../../src/engine/state/fleet.ts';
import type { TunnelId } from '../../../src/shared/model.ts';
import { ACCOUNT, bgpStatus, DAY, T0, tunnel } from '../../fixtures/tunnels.ts';
import { lister, look, MINUTE, newFleet, row } from './playing.ts';

describe('a fleet', () => {
  it('imports a first list without news, and tells of a tunnel that appears later', () => {
    const fleet = newFleet();
    const list = lister();
    const a = tunnel('a');
    expect(fleet.applyList(list([a]), look(T0)).events).toEqual([]);
    // It was up before we came: since when, nobody knows.
    expect(fleet.row(a.key)?.lanes.bgp).toEqual({ value: 'up', since: T0, exact: false });
    const update = fleet.applyList(list([a, tunnel('b')]), look(T0 + 30_000));
    expect(update.events).toMatchObject([{ kind: 'tunnel-appeared', detail: { name: 'b' } }]);
  });

  it('costs nothing when nothing changed', () => {
    const fleet = newFleet();
    const list = lister();
    const a = tunnel('a');
    fleet.applyList(list([a]), look(T0));
    const update = fleet.applyList(list([a]), look(T0 + 30_000));
    expect(update).toMatchObject({ changes: [], events: [], configs: [], identities: [] });
    expect(update.touched.size).toBe(0);
  });

  it('believes that a tunnel is gone only when a second list lacks it too', () => {
    const fleet = newFleet();
    const list = lister();
    const [a, b] = [tunnel('a'), tunnel('b')];
    fleet.applyList(list([a, b]), look(T0));
    const once = fleet.applyList(list([]), look(T0 + 30_000));
    expect(once.events).toEqual([]);
    expect(fleet.size).toBe(2);
    const twice = fleet.applyList(list([b]), look(T0 + 60_000));
    expect(twice.events.map((e) => [e.kind, e.detail.name])).toEqual([['tunnel-disappeared', 'a']]);
    expect([...twice.removed]).toEqual([a.key]);
    expect(fleet.rows().map((r) => r.name)).toEqual(['b']);
  });

  it('tells a rename from a loss: the history goes on under the new name', () => {
    const fleet = newFleet();
    const list = lister();
    const a = tunnel('old');
    fleet.applyList(list([a]), look(T0));
    fleet.applyHealth([row('old', T0 - MINUTE, 1)], look(T0));
    const update = fleet.applyList(list([{ ...a, name: 'new' }]), look(T0 + 30_000));
    expect(update.events.map((e) => e.kind)).toEqual(['tunnel-renamed', 'config-changed']);
    expect(fleet.row(a.key)).toMatchObject({ name: 'new', lanes: { health: { value: 'healthy' } } });
    // Rows under the new name join, rows under the old one no longer do.
    fleet.applyHealth([row('new', T0 + MINUTE, 0), row('old', T0 + 2 * MINUTE, 1)], look(T0 + 3 * MINUTE));
    expect(fleet.row(a.key)?.lanes.health.value).toBe('down');
  });

  it('tells a recreated tunnel from its forerunner and gives it none of its health', () => {
    const fleet = newFleet();
    const list = lister();
    const old = tunnel('a', { id: 'one' as TunnelId });
    fleet.applyList(list([old]), look(T0));
    fleet.applyHealth([row('a', T0 - MINUTE, 0)], look(T0));
    const born = T0 + 10 * MINUTE;
    const young = tunnel('a', { id: 'two' as TunnelId, createdAt: born });
    const update = fleet.applyList(list([young]), look(born + 10_000));
    expect(update.events.map((e) => e.kind)).toEqual(['tunnel-recreated']);
    expect(update.events[0]?.detail).toEqual({ name: 'a', oldId: 'one', newId: 'two' });
    expect([...update.removed]).toEqual([old.key]);
    fleet.applyHealth([row('a', born - 2 * MINUTE, 0)], look(born + MINUTE));
    expect(fleet.row(young.key)?.lanes.health.value).toBe('nodata');
    fleet.applyHealth([row('a', born + MINUTE, 1)], look(born + 2 * MINUTE));
    expect(fleet.row(young.key)?.lanes.health.value).toBe('healthy');
  });

  it('moves the silent half of a pair to the site that its other half reports', () => {
    const fleet = newFleet();
    const [a, b] = [tunnel('ams1-a'), tunnel('ams1-b')];
    fleet.applyList(lister()([a, b]), look(T0));
    expect(fleet.row(b.key)?.site).toEqual({ name: 'ams1', source: 'name' });
    const update = fleet.applyHealth([{ ...row('ams1-a', T0 - MINUTE, 1), siteName: 'Amsterdam' }], look(T0));
    expect(update.touched).toContain(b.key);
    expect(fleet.row(b.key)?.site).toEqual({ name: 'Amsterdam', source: 'name' });
    expect(fleet.row(a.key)?.site).toEqual({ name: 'Amsterdam', source: 'cloudflare' });
  });

  it('joins health to neither of two tunnels with one name', () => {
    const fleet = newFleet();
    const [a, b] = [tunnel('x', { id: '1' as TunnelId }), tunnel('x', { id: '2' as TunnelId })];
    fleet.applyList(lister()([a, b]), look(T0));
    fleet.applyHealth([row('x', T0 - MINUTE, 1)], look(T0));
    expect(fleet.row(a.key)?.lanes.health.value).toBe('nodata');
    expect(fleet.row(b.key)?.lanes.health.value).toBe('nodata');
  });

  it('keeps the states of a tunnel that became unreadable, and says so', () => {
    const fleet = newFleet();
    const list = lister();
    const a = tunnel('a');
    fleet.applyList(list([a]), look(T0));
    const reason = 'interface_address: expected text, found a number';
    const update = fleet.applyList(list([], [{ id: a.id, name: 'a', reason }]), look(T0 + 30_000));
    expect(update.events.map((e) => e.kind)).toEqual(['tunnel-unreadable']);
    fleet.applyList(list([], [{ id: a.id, name: 'a', reason }]), look(T0 + 60_000));
    expect(fleet.row(a.key)).toMatchObject({ unreadable: reason, lanes: { bgp: { value: 'up' } } });
    const back = fleet.applyList(list([a]), look(T0 + 90_000));
    expect(back.events.map((e) => e.kind)).toEqual(['tunnel-readable']);
    expect(fleet.row(a.key)?.unreadable).toBeNull();
  });

  it('dates a BGP change by Cloudflare only between two looks', () => {
    const fleet = newFleet();
    const list = lister();
    const a = tunnel('a');
    fleet.applyList(list([a]), look(T0));
    const said = T0 + 12_000;
    const down = { ...a, bgpStatus: bgpStatus('down', { updatedAt: said }) };
    const update = fleet.applyList(list([down]), look(T0 + 30_000, T0));
    expect(update.changes).toEqual([{ at: said, key: a.key, lane: 'bgp', from: 'up', to: 'down' }]);
    const up = { ...a, bgpStatus: bgpStatus('up', { updatedAt: T0 - DAY }) };
    expect(fleet.applyList(list([up]), look(T0 + 60_000, T0 + 30_000)).changes[0]?.at).toBe(T0 + 60_000);
  });

  it('keeps each minute of a dip that lay between two reads', () => {
    const fleet = newFleet();
    const a = tunnel('a');
    fleet.applyList(lister()([a]), look(T0));
    const states = [1, 1, 0, 0, 1];
    const rows = states.map((state, i) => row('a', T0 + i * MINUTE, state));
    const update = fleet.applyHealth(rows.toReversed(), look(T0 + 6 * MINUTE));
    expect(update.changes.map((c) => [c.at - T0, c.to])).toEqual([
      [0, 'healthy'],
      [2 * MINUTE, 'down'],
      [4 * MINUTE, 'healthy'],
    ]);
  });

  it('says recovering after down, for half an hour at most', () => {
    const fleet = newFleet();
    const a = tunnel('a');
    fleet.applyList(lister()([a]), look(T0));
    fleet.applyHealth([row('a', T0, 0), row('a', T0 + MINUTE, 0.5)], look(T0 + 2 * MINUTE));
    expect(fleet.row(a.key)).toMatchObject({ recovering: true, lanes: { health: { value: 'degraded' } } });
    fleet.applyTime(look(T0 + 32 * MINUTE));
    expect(fleet.row(a.key)?.recovering).toBe(false);
  });

  it('turns to no data when rows stop coming', () => {
    const fleet = newFleet();
    // Nothing is wrong with the settings of these two.
    const [a, b] = [soundTunnel(0), soundTunnel(1)];
    fleet.applyList(lister()([a, b]), look(T0));
    fleet.applyHealth([row(a.name, T0, 1)], look(T0 + MINUTE));
    expect(fleet.row(a.key)?.lanes.health.value).toBe('healthy');
    const update = fleet.applyHealth([], look(T0 + 7 * MINUTE));
    expect(update.changes.map((c) => c.to)).toEqual(['nodata']);
    expect(fleet.row(a.key)?.severity).toBe('unknown');
  });

  it('lets a PSK come of age on the day, at the exact moment', () => {
    const fleet = newFleet();
    const a = tunnel('a', { pskGeneratedAt: T0 - 89 * DAY });
    fleet.applyList(lister()([a]), look(T0));
    expect(fleet.applyTime(look(T0 + DAY - 1)).changes).toEqual([]);
    const update = fleet.applyTime(look(T0 + DAY + 4_000));
    expect(update.changes).toEqual([{ at: T0 + DAY, key: a.key, lane: 'psk', from: 'fresh', to: 'aging' }]);
  });

  it('takes a PSK time that only changed its precision for the same key', () => {
    const fleet = newFleet();
    const list = lister();
    const a = tunnel('a', { pskGeneratedAt: T0 - DAY });
    fleet.applyList(list([a]), look(T0));
    const rounded = { ...a, pskGeneratedAt: T0 - DAY + 1 };
    expect(fleet.applyList(list([rounded]), look(T0 + 30_000)).events).toEqual([]);
    const rotated = { ...a, pskGeneratedAt: T0 + 40_000 };
    expect(fleet.applyList(list([rotated]), look(T0 + 60_000)).events.map((e) => e.kind)).toEqual(['psk-changed']);
  });

  it('goes on where the history ended: no news of what was known, lanes keep their beginning', () => {
    const a = tunnel('a', { bgpStatus: bgpStatus('down') });
    const since = T0 - 5 * 3_600_000;
    const fleet = createFleet(ACCOUNT, {
      known: true,
      config: () => null,
      tunnels: [
        {
          key: a.key,
          name: 'a',
          goneAt: null,
          configHash: null,
          lanes: { bgp: { value: 'down', since, exact: true }, psk: { value: 'fresh', since, exact: false } },
        },
        { key: tunnel('b').key, name: 'b', goneAt: null, configHash: null, lanes: {} },
      ],
    });
    const list = lister();
    const update = fleet.applyList(list([a]), look(T0));
    expect(update.changes.map((c) => c.lane)).not.toContain('bgp');
    expect(fleet.row(a.key)?.lanes.bgp).toEqual({ value: 'down', since, exact: true });
    // A key's age tells its own beginning, whenever we first looked.
    expect(fleet.row(a.key)?.lanes.psk).toEqual({ value: 'fresh', since: T0 - 10 * DAY, exact: true });
    expect(update.events).toEqual([]);
    const second = fleet.applyList(list([a]), look(T0 + 30_000));
    expect(second.events).toMatchObject([{ kind: 'tunnel-disappeared', detail: { name: 'b' } }]);
  });
});
