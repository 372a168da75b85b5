/** The desk of keys: the plan of all of them, the calendar, and rotations one by one. */
import type { KeyCalls, KeyOutlook } from '../../shared/keys.ts';
import type { AccountId, TunnelKey } from '../../shared/model.ts';
import type { Desk } from '../bridge/desk-calls.ts';
import type { Group } from '../lint/grouping.ts';
import { batchesOf } from './batches.ts';
import { keysCalendar } from './calendar.ts';
import { groupsAround, knownKeys } from './known-keys.ts';
import { outlookOf, sameTimeKeys } from './outlook.ts';
import type { KeyPolicies } from './policies.ts';
import { createRotations, type RotationParts } from './rotations.ts';

/** What the desk stands on. */
export interface KeysParts extends RotationParts {
  readonly policies: KeyPolicies;
}

/** Makes the desk of one engine. */
export function createKeysDesk(parts: KeysParts): Desk<KeyCalls> {
  const { engine, clock, policies, beside } = parts;

  const outlooks = (): readonly KeyOutlook[] => {
    const now = clock.now();
    return knownKeys(engine, policies).map((facts) => outlookOf(facts, now));
  };

  /** Groups are found for one account at a time, and only for those that have batches. */
  function grouper(): (key: TunnelKey, accountId: AccountId) => Group | null {
    const found = new Map<AccountId, ReadonlyMap<TunnelKey, Group>>();
    return (key, accountId) => {
      const groups = found.get(accountId) ?? groupsAround(engine, accountId, beside);
      found.set(accountId, groups);
      return groups.get(key) ?? null;
    };
  }

  return {
    keys() {
      const keys = outlooks();
      const groupOf = grouper();
      const accounts = new Map(keys.map(({ key, accountId }) => [key, accountId]));
      const groupOfKey = (key: TunnelKey): Group | null => {
        const accountId = accounts.get(key);
        return accountId === undefined ? null : groupOf(key, accountId);
      };
      return {
        policies: policies.all,
        keys,
        sameTime: sameTimeKeys(keys),
        batches: batchesOf(keys, groupOfKey, clock.now()),
      };
    },

    keysCalendar() {
      const names = new Map(engine.board().status.accounts.map(({ id, name }) => [id, name]));
      return { ics: keysCalendar(outlooks(), (id) => names.get(id) ?? id, clock.now()) };
    },

    ...createRotations(parts),
  };
}
