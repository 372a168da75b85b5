/** A history on a real file in a folder of its own, a clock that moves when told, and words for batches. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import type { History, RecordBatch, Retention } from '../../../src/engine/history/contract.ts';
import { DEFAULT_RETENTION, openHistory } from '../../../src/engine/history/open-history.ts';
import { type VirtualClock, virtualClock } from '../../../src/engine/virtual-clock.ts';
import type {
  AccountId,
  EventKind,
  Instant,
  Interval,
  Lane,
  LaneValue,
  NewEvent,
  StateChange,
  TunnelId,
  TunnelKey,
} from '../../../src/shared/model.ts';
import { tunnelKey } from '../../../src/shared/model.ts';

export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;
/** Tuesday 3 November 2026, 10:00 UTC. */
export const START: Instant = Date.UTC(2026, 10, 3, 10);

export const ACME = 'a'.repeat(32) as AccountId;
export const OTHER = 'b'.repeat(32) as AccountId;
export const key = (id: string, account: AccountId = ACME): TunnelKey => tunnelKey(account, id as TunnelId);
export const T1 = key('t1');

export const EMPTY: RecordBatch = { changes: [], events: [], gaps: [], configs: [], identities: [], looked: [] };

export function change(at: Instant, to: LaneValue, more: Partial<StateChange> = {}): StateChange {
  return { at, key: T1, lane: 'health', from: null, to, ...more };
}

export function event(at: Instant, kind: EventKind, more: Partial<NewEvent> = {}): NewEvent {
  return { at, kind, accountId: ACME, key: null, detail: {}, ...more };
}

/** A folder that goes with the test. */
export function tempFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'tunnelwatch-history-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** Opens a history or throws its sentence. It is closed with the test. */
export function open(path: string | null, clock: VirtualClock, retention: Retention = DEFAULT_RETENTION): History {
  const opened = openHistory({ path, clock, retention });
  if (!opened.ok) throw new Error(opened.error.sentence);
  onTestFinished(() => opened.value.close());
  return opened.value;
}

export interface Bed {
  readonly clock: VirtualClock;
  readonly path: string;
  readonly history: History;
  /** Closes the history and opens it again, as a restart does. */
  reopen(): History;
}

export function bed(retention: Retention = DEFAULT_RETENTION): Bed {
  const clock = virtualClock(START);
  const path = join(tempFolder(), 'history.db');
  let history = open(path, clock, retention);
  return {
    clock,
    path,
    get history() {
      return history;
    },
    reopen() {
      history.close();
      history = open(path, clock, retention);
      return history;
    },
  };
}

/** Moves both clocks on. */
export const pass = (clock: VirtualClock, ms: number): Promise<void> => clock.advance(ms, async () => {});

/** Does all maintenance that is due. */
export function maintainAll(history: History, now: Instant): void {
  let slices = 0;
  while (history.maintain(now)) {
    slices += 1;
    if (slices > 10_000) throw new Error('maintenance does not come to an end');
  }
}

/** The intervals of one lane. */
export function lane(
  history: History,
  from: Instant,
  to: Instant,
  which: Lane = 'health',
  of = T1,
): readonly Interval[] {
  return history.lanes({ keys: [of], lanes: [which], from, to })[0]?.intervals ?? [];
}
