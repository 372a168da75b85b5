/**
 * Which keys to rotate on which day. Two rules have no exception: no day holds two tunnels of one group, so that a mistake
 * leaves the other half standing, and days are working days. All else is a suggestion. Pure.
 */
import type { KeyBatch, KeyOutlook } from '../../shared/keys.ts';
import type { AccountId, Instant, Millis, TunnelKey } from '../../shared/model.ts';

const DAY: Millis = 86_400_000;
/** Keys that come due later are left for a later plan. */
const HORIZON_MS = 90 * DAY;
/** Rotations want room before the day on which they are due: for a session that is put off, for a window that is missed. */
const LEAD_MS = 7 * DAY;
/** So far before its best day a key may be moved, to share a session with others. */
const EARLIER_DAYS = 5;
/** What one person rotates and verifies in a session; of many that are due the sessions grow, over four weeks at most. */
const USUAL_SIZE = 8;
const OVERDUE_WORKING_DAYS = 20;

/** What belongs together, as far as batches care. */
export interface BatchGroup {
  readonly id: string;
  /** How it was found, for people. */
  readonly words: string;
  readonly members: readonly TunnelKey[];
  /** Names of tunnels of other kinds in it. */
  readonly neighbours: readonly string[];
}

interface Day {
  readonly keys: KeyOutlook[];
  readonly groups: Set<string>;
}

/** Working days from tomorrow on, Monday to Friday; noon UTC, which is the same date almost everywhere. */
export function workingDays(now: Instant): (index: number) => Instant {
  const days: Instant[] = [];
  const midnight = now - (((now % DAY) + DAY) % DAY);
  let next = midnight + DAY + DAY / 2;
  return (index) => {
    while (days.length <= index) {
      const weekday = new Date(next).getUTCDay();
      if (weekday !== 0 && weekday !== 6) days.push(next);
      next += DAY;
    }
    return days[index] ?? next;
  };
}

/** The batches of all accounts, in the order in which they should be done. */
export function batchesOf(
  keys: readonly KeyOutlook[],
  groupOf: (key: TunnelKey) => BatchGroup | null,
  now: Instant,
): readonly KeyBatch[] {
  const names = new Map(keys.map(({ key, name }) => [key, name]));
  const soon = keys.filter(({ dueAt }) => dueAt !== null && dueAt <= now + HORIZON_MS);
  const batches: Omit<KeyBatch, 'number'>[] = [];
  for (const [accountId, own] of Map.groupBy(soon, (one) => one.accountId)) {
    batches.push(...accountBatches(accountId, own, groupOf, names, now));
  }
  return batches
    .sort((a, b) => a.day - b.day || (a.accountId < b.accountId ? -1 : 1))
    .map((batch, index) => ({ number: index + 1, ...batch }));
}

function accountBatches(
  accountId: AccountId,
  keys: KeyOutlook[],
  groupOf: (key: TunnelKey) => BatchGroup | null,
  names: ReadonlyMap<TunnelKey, string>,
  now: Instant,
): Omit<KeyBatch, 'number'>[] {
  const dayAt = workingDays(now);
  const late = keys.filter(({ dueAt }) => (dueAt ?? 0) <= dayAt(0) + LEAD_MS).length;
  const room = Math.max(USUAL_SIZE, Math.ceil(late / OVERDUE_WORKING_DAYS));
  const days = new Map<number, Day>();
  keys.sort((a, b) => (a.dueAt ?? 0) - (b.dueAt ?? 0) || (a.name < b.name ? -1 : 1));
  for (const one of keys) {
    const group = groupOf(one.key)?.id ?? one.key;
    const fits = (index: number): boolean => {
      const day = days.get(index);
      return day === undefined || (day.keys.length < room && !day.groups.has(group));
    };
    const index = bestDay(lastDayBefore((one.dueAt ?? 0) - LEAD_MS, dayAt), fits, (at) => days.has(at));
    const day = days.get(index) ?? { keys: [], groups: new Set() };
    day.keys.push(one);
    day.groups.add(group);
    days.set(index, day);
  }
  return [...days].map(([index, day]) => ({
    accountId,
    day: dayAt(index),
    keys: day.keys.map(({ key }) => key),
    partners: day.keys.map(({ key }) => partnersOf(key, groupOf(key), names)),
  }));
}

/** The last working day before `until`; the first of all for what is late already. */
function lastDayBefore(until: Instant, dayAt: (index: number) => Instant): number {
  let index = 0;
  while (dayAt(index + 1) <= until) index += 1;
  return index;
}

/** A day with a session already, shortly before the best one; else the best one, an earlier one, or else a later one. */
function bestDay(best: number, fits: (index: number) => boolean, begun: (index: number) => boolean): number {
  const earliest = Math.max(0, best - EARLIER_DAYS);
  for (let index = best; index >= earliest; index -= 1) if (begun(index) && fits(index)) return index;
  for (let index = best; index >= 0; index -= 1) if (fits(index)) return index;
  let index = best + 1;
  while (!fits(index)) index += 1;
  return index;
}

function partnersOf(
  key: TunnelKey,
  group: BatchGroup | null,
  names: ReadonlyMap<TunnelKey, string>,
): KeyBatch['partners'][number] {
  const others = (group?.members ?? []).filter((member) => member !== key);
  const by = [...others.flatMap((member) => names.get(member) ?? []), ...(group?.neighbours ?? [])];
  return { key, by, grouping: group?.words ?? '' };
}
