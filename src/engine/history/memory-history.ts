/** A history that lives in memory alone: practice mode, tests, and hosts that were told to keep nothing. */

import { boundedMemory } from './bounded-memory.ts';
import { createClockTrust } from './clock-trust.ts';
import type { History } from './contract.ts';
import type { HistoryOptions } from './open-history.ts';
import { createPastReader } from './past-reads.ts';
import { createReader, readRemembered } from './reads.ts';
import { numberEvents, numbersOf } from './writer.ts';

/** Changes and events that a history without a file holds at most: about 100 MB. */
const LIMIT = 1_000_000;

/** A history in memory with the same retention as one on disk. */
export function createMemoryHistory({ clock, retention }: Omit<HistoryOptions, 'path'>): History {
  const memory = boundedMemory(LIMIT, clock.now());
  const mayPrune = createClockTrust(clock, null);
  const stores = [memory.store];
  const sources = (): typeof stores => (closed ? [] : stores);
  let next = 1;
  let closed = false;
  return {
    ...createReader(sources, () => clock.now()),
    past: createPastReader(
      (work) => work(sources()),
      () => clock.now(),
    ),
    status() {
      const dropped = memory.dropped();
      const problem =
        dropped === 0 ? null : `History is kept in memory only, and its ${dropped} oldest records no longer fit.`;
      return { mode: 'memory', problem, path: null };
    },
    record(batch) {
      const base = next;
      next += numbersOf(batch);
      if (!closed) memory.write(batch, base, clock.now());
      return numberEvents(batch, base);
    },
    remembered: (accountId) => readRemembered(sources(), accountId),
    maintain: (now) => !closed && memory.store.sweep.slice(now, retention, mayPrune(now)),
    close() {
      if (!closed) memory.store.close();
      closed = true;
    },
  };
}
