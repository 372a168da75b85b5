import { describe, expect, it } from 'vitest';
import { boundedMemory } from '../../../src/engine/history/bounded-memory.ts';
import { createReader } from '../../../src/engine/history/reads.ts';
import { change, EMPTY, event, HOUR, MINUTE, START, T1 } from './harness.ts';

const LIMIT = 100;

describe('memory with a bound', () => {
  it('drops the oldest, counts them, and shows their time as unobserved', () => {
    const memory = boundedMemory(LIMIT, START);
    const now = START + 10 * HOUR;
    memory.write({ ...EMPTY, changes: [change(START, 'fresh', { lane: 'psk' })] }, 1, now);
    for (let n = 1; n < 300; n += 1) {
      const changes = [change(START + n * MINUTE, n % 2 === 0 ? 'healthy' : 'down')];
      memory.write({ ...EMPTY, changes, events: [event(START + n * MINUTE, 'bgp-detail', { key: T1 })] }, 2 * n, now);
    }
    const reader = createReader(
      () => [memory.store],
      () => now,
    );
    const changes = reader.changes(T1, 0, 1_000);
    const events = reader.events({ key: null, accountId: null, before: null, limit: 1_000 });
    expect(changes.length + events.length).toBeLessThanOrEqual(LIMIT + 2);
    expect(changes.length + events.length + memory.dropped()).toBe(599);
    // The newest are there without a hole.
    expect(events.map(({ at }) => (at - START) / MINUTE)).toEqual(Array.from(events, (_, index) => 299 - index));
    const health = reader.lanes({ keys: [T1], lanes: ['health'], from: START, to: now })[0]?.intervals ?? [];
    expect(health[0]?.value).toBe('unobserved');
    expect(
      reader.lanes({ keys: [T1], lanes: ['psk'], from: now - MINUTE, to: now })[0]?.intervals.at(-1),
    ).toMatchObject({
      value: 'fresh',
      to: null,
    });
  });
});
