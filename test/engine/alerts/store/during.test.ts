import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { describe, expect, it } from 'vitest';
import type { AlertStore } from '../../../../src/engine/alerts/contract.ts';
import { virtualClock } from '../../../../src/engine/virtual-clock.ts';
import { HOUR, incident, open, START, tempFolder } from './bed.ts';

const NOTHING = { alerts: [], steps: [], memories: [], silences: [], planned: [], withdrawn: [] };

/** Three that ended an hour after they began, each hour one, and one that goes on. */
function filled(path: string | null): AlertStore {
  const store = open(path, virtualClock(START + 9 * HOUR));
  const ended = [1, 2, 3].map((n) =>
    incident(n, { openedAt: START + n * HOUR, resolvedAt: START + (n + 1) * HOUR, phase: 'resolved' }),
  );
  store.record({ ...NOTHING, incidents: [...ended, incident(4, { openedAt: START })] }, {});
  return store;
}
const ids = (store: AlertStore, from: number, to: number, limit = 10): readonly string[] =>
  store.during(START + from * HOUR, START + to * HOUR, limit).map(({ id }) => id);

describe('incidents of a range', () => {
  it('are those that were open at some moment of it, newest first', () => {
    const store = filled(join(tempFolder(), 'alerts.db'));
    expect(ids(store, -1, -0.5)).toEqual([]);
    expect(ids(store, 0.5, 0.5)).toEqual(['i-4']);
    expect(ids(store, 1.5, 1.5)).toEqual(['i-1', 'i-4']);
    expect(ids(store, 2.5, 3.5)).toEqual(['i-3', 'i-2', 'i-4']);
    expect(ids(store, 0, 9)).toEqual(['i-3', 'i-2', 'i-1', 'i-4']);
    expect(ids(store, 0, 9, 2)).toEqual(['i-3', 'i-2']);
  });

  it('are found in a file of the version before', () => {
    const path = join(tempFolder(), 'alerts.db');
    filled(path).close();
    const db = new DatabaseSync(path);
    db.exec('DROP INDEX incidents_by_time; CREATE INDEX incidents_by_opened ON incidents (opened_at)');
    db.exec('PRAGMA user_version = 1');
    db.close();
    const store = open(path, virtualClock(START + 9 * HOUR));
    expect(store.status().mode).toBe('disk');
    expect(ids(store, 1.5, 1.5)).toEqual(['i-1', 'i-4']);
    expect(store.incidents(null, 10)).toHaveLength(4);
  });
});
