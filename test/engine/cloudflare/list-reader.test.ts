import { isDeepStrictEqual } from 'node:util';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ListSnapshot } from '../../../src/engine/cloudflare/contract.ts';
import { parseJson, readEnvelope } from '../../../src/engine/cloudflare/envelope.ts';
import { createListReader, type ListReader } from '../../../src/engine/cloudflare/list-reader.ts';
import { readTunnel } from '../../../src/engine/cloudflare/tunnel.ts';
import type { Tunnel } from '../../../src/shared/model.ts';
import { bareTunnel, fleet, fullTunnel, type RawTunnel } from '../../fixtures/cloudflare/tunnels.ts';
import { cpuNow } from '../../harness/cpu-time.ts';
import { ACCOUNT, good } from './loopback.ts';

const bytes = (value: unknown): Buffer => Buffer.from(JSON.stringify(value));
const bodyOf = (tunnels: readonly unknown[]): Buffer => bytes(good({ ipsec_tunnels: tunnels }));

/** One answer through the reader, as the client does it. */
function feed(reader: ListReader, body: Buffer): ListSnapshot | string {
  const read = reader.read(body);
  if (read !== null) return read.ok ? read.value : read.error;
  const envelope = readEnvelope(parseJson(body));
  if (envelope === null) return 'no envelope';
  const parsed = reader.readParsed(envelope);
  return parsed.ok ? parsed.value : parsed.error;
}
function snapshot(reader: ListReader, tunnels: readonly unknown[]): ListSnapshot {
  const read = feed(reader, bodyOf(tunnels));
  if (typeof read === 'string') throw new Error(read);
  return read;
}
const ids = (tunnels: readonly Tunnel[]): string[] => tunnels.map((tunnel) => tunnel.id);

describe('the list reader', () => {
  it('calls everything changed at first, nothing when the same bytes come again', () => {
    const reader = createListReader(ACCOUNT);
    const first = snapshot(reader, [fullTunnel, bareTunnel]);
    expect(first).toMatchObject({ unchanged: false, removed: [], unreadable: [] });
    expect(ids(first.changed)).toEqual([fullTunnel.id, bareTunnel.id]);
    const second = snapshot(reader, [fullTunnel, bareTunnel]);
    expect(second).toMatchObject({ unchanged: true, changed: [], removed: [] });
    expect(second.tunnels).toBe(first.tunnels);
  });

  it('names what changed and what is gone, and keeps the very objects of the rest', () => {
    const reader = createListReader(ACCOUNT);
    const [a, b, c] = fleet(3) as [RawTunnel, RawTunnel, RawTunnel];
    const before = snapshot(reader, [a, b, c]);
    const after = snapshot(reader, [{ ...b, name: 'new' }, a]);
    expect(ids(after.changed)).toEqual([b.id]);
    expect(after.removed).toEqual([c.id]);
    const [id] = [...before.tunnels.keys()];
    expect(id !== undefined && after.tunnels.get(id) === before.tunnels.get(id)).toBe(true);
    expect(before.tunnels.size).toBe(3);
  });

  it('calls nothing changed when only digits beyond the millisecond or unknown keys moved', () => {
    const reader = createListReader(ACCOUNT);
    snapshot(reader, [fullTunnel]);
    const next = { ...fullTunnel, psk_metadata: { last_generated_on: '2026-09-01T14:28:47.054318Z' }, novelty: 1 };
    expect(snapshot(reader, [next])).toMatchObject({ unchanged: false, changed: [], removed: [] });
  });

  it('loses one tunnel that cannot be read, not its neighbours', () => {
    const reader = createListReader(ACCOUNT);
    snapshot(reader, [fullTunnel, bareTunnel]);
    const broken = { ...fullTunnel, interface_address: 7 };
    const read = snapshot(reader, [broken, bareTunnel]);
    expect([...read.tunnels.keys()]).toEqual([bareTunnel.id]);
    expect(read.removed).toEqual([]);
    expect(read.unreadable).toEqual([
      {
        id: fullTunnel.id,
        name: fullTunnel.name,
        reason: 'The field interface_address should be text, but is another number.',
      },
    ]);
    const again = snapshot(reader, [fullTunnel, bareTunnel]);
    expect(ids(again.changed)).toEqual([fullTunnel.id]);
    expect(again.unreadable).toEqual([]);
  });

  it('says that a tunnel is gone though it was unreadable last', () => {
    const reader = createListReader(ACCOUNT);
    snapshot(reader, [fullTunnel, bareTunnel]);
    snapshot(reader, [{ ...fullTunnel, name: 1 }, bareTunnel]);
    expect(snapshot(reader, [bareTunnel]).removed).toEqual([fullTunnel.id]);
  });

  it('calls nothing gone while an element has no id, since that may be the missing one', () => {
    const reader = createListReader(ACCOUNT);
    snapshot(reader, [fullTunnel, bareTunnel]);
    const read = snapshot(reader, [{ ...fullTunnel, id: null }, bareTunnel]);
    expect(read.removed).toEqual([]);
    expect(read.unreadable).toMatchObject([{ id: null, name: fullTunnel.name }]);
    expect(snapshot(reader, [null, bareTunnel]).removed).toEqual([]);
    expect(snapshot(reader, [bareTunnel]).removed).toEqual([fullTunnel.id]);
  });

  it('keeps the first of two with one id, and says so when they differ', () => {
    const reader = createListReader(ACCOUNT);
    const read = snapshot(reader, [bareTunnel, { ...bareTunnel, name: 'other' }, bareTunnel]);
    expect([...read.tunnels.values()].map((tunnel) => tunnel.name)).toEqual([bareTunnel.name]);
    expect(read.unreadable).toMatchObject([{ id: null, name: 'other' }]);
    expect(read.unreadable[0]?.reason).toContain(bareTunnel.id);
  });

  it('takes an empty list for what it is', () => {
    const reader = createListReader(ACCOUNT);
    snapshot(reader, [bareTunnel]);
    expect(snapshot(reader, [])).toMatchObject({ changed: [], removed: [bareTunnel.id], unreadable: [] });
  });

  it.each([
    [good(null), 'result should be an object, but is null.'],
    [good({}), 'result.ipsec_tunnels should be a list, but is missing.'],
    [good({ ipsec_tunnels: null }), 'result.ipsec_tunnels should be a list, but is null.'],
    [good([]), 'result should be an object, but is a list.'],
    [good({ ipsec_tunnels: { a: 1 } }), 'result.ipsec_tunnels should be a list, but is an object.'],
    [{ ...good({ ipsec_tunnels: [bareTunnel] }), result_info: { total_count: 2 } }, 'it holds 1 of 2 tunnels'],
  ])('refuses a list that is none, and compares the next with the last good one: %#', (value, reason) => {
    const reader = createListReader(ACCOUNT);
    const first = snapshot(reader, [fullTunnel, bareTunnel]);
    expect(feed(reader, bytes(value))).toBe(reason);
    const next = snapshot(reader, [fullTunnel, bareTunnel]);
    expect(next).toMatchObject({ unchanged: true, changed: [], removed: [] });
    expect(next.tunnels).toBe(first.tunnels);
  });

  it('never throws, whatever the list holds', () => {
    fc.assert(
      fc.property(fc.array(fc.jsonValue({ maxDepth: 3 })), (items) => {
        const reader = createListReader(ACCOUNT);
        expect(snapshot(reader, items).tunnels.size).toBe(0);
      }),
    );
  });
});

interface Naive {
  readonly tunnels: Map<string, Tunnel>;
  readonly known: Set<string>;
}

/** The same promises, kept without any cleverness. */
function naive(before: Naive, items: readonly RawTunnel[]) {
  const tunnels = new Map<string, Tunnel>();
  const ids = new Set<string>();
  for (const raw of items) {
    if (ids.has(raw.id)) continue;
    ids.add(raw.id);
    const read = readTunnel(ACCOUNT, structuredClone(raw));
    if (read.ok) tunnels.set(raw.id, read.value);
  }
  const changed = [...tunnels.values()].filter((tunnel) => !isDeepStrictEqual(before.tunnels.get(tunnel.id), tunnel));
  const removed = [...before.known].filter((id) => !ids.has(id));
  return { next: { tunnels, known: ids }, changed, removed };
}

describe('the list reader and a naive one', () => {
  const raw = fc
    .record({ id: fc.constantFrom('a', 'b', 'c', 'd'), kind: fc.nat(4), name: fc.constantFrom('n', 'm') })
    .map(({ id, kind, name }): RawTunnel => {
      const base = kind % 2 === 0 ? fullTunnel : bareTunnel;
      return { ...base, id, name, ...(kind === 4 ? { bgp: { customer_asn: 'broken' } } : {}) };
    });

  it('say the same about any sequence of lists', () => {
    fc.assert(
      fc.property(fc.array(fc.array(raw, { maxLength: 6 }), { maxLength: 8 }), (lists) => {
        const reader = createListReader(ACCOUNT);
        let state: Naive = { tunnels: new Map(), known: new Set() };
        for (const list of lists) {
          const expected = naive(state, list);
          const read = snapshot(reader, list);
          expect(new Map(read.tunnels)).toEqual(expected.next.tunnels);
          expect(read.changed).toEqual(expected.changed);
          expect(new Set(read.removed)).toEqual(new Set(expected.removed));
          state = expected.next;
        }
      }),
    );
  });
});

describe('the work of the list reader', () => {
  const COUNT = 10_000;
  const best = (runs: number, task: () => void): number => {
    let least = Number.POSITIVE_INFINITY;
    for (let run = 0; run < runs; run++) {
      const start = cpuNow();
      task();
      least = Math.min(least, cpuNow() - start);
    }
    return least;
  };

  it('with 1 % of 10,000 tunnels changed is little more than parsing, and next to nothing for the same bytes', () => {
    const base = fleet(COUNT);
    const changed = base.map((raw, at) => (at % 100 === 0 ? { ...raw, description: 'moved' } : raw));
    const bodies = [bodyOf(base), bodyOf(changed)] as const;
    const reader = createListReader(ACCOUNT);
    feed(reader, bodies[0]);
    let turn = 0;
    const parse = best(7, () => parseJson(bodies[0]));
    const read = best(7, () => {
      turn += 1;
      const snapshot = feed(reader, bodies[turn % 2] ?? bodies[0]);
      expect(typeof snapshot === 'object' && snapshot.changed.length).toBe(COUNT / 100);
    });
    const same = best(7, () => expect(feed(reader, Buffer.from(bodies[turn % 2] ?? bodies[0]))).toMatchObject({}));
    console.info(
      `10,000 tunnels: parse ${parse.toFixed(1)} ms, read ${read.toFixed(1)} ms, same ${same.toFixed(1)} ms`,
    );
    // Twice the parsing and 50 ms leave room for a slow machine; measured alone it is far less.
    expect(read).toBeLessThan(parse * 2 + 50);
    expect(same).toBeLessThan(parse / 2);
  });
});
