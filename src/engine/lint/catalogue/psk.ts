/** Rules about pre-shared keys: whether there is one, how old it is, and which were made together. */
import type { Instant, Millis, Tunnel } from '../../../shared/model.ts';
import { pskMinute } from '../shelves.ts';
import type { World } from '../world.ts';
import { type CatalogueRule, FINE, found, missing, namesOf, type Verdict } from './rule.ts';
import { EXAMPLE_NOW } from './sound.ts';
import { SOURCES } from './sources.ts';

const MINUTE: Millis = 60_000;
const HOUR: Millis = 60 * MINUTE;
const DAY: Millis = 24 * HOUR;
const LAST_GENERATED = 'psk_metadata.last_generated_on';
/** A clock of ours may be wrong by so much before a key seems to come from the future. */
const SKEW: Millis = 5 * MINUTE;
/** So many keys of one minute are no coincidence; two halves of a pair may be. */
const MANY = 5;
/** A rotation of both halves is news for so long. */
const RECENT: Millis = 7 * DAY;

const iso = (at: Instant): string => new Date(at).toISOString().replace('.000Z', 'Z');
const days = (ms: Millis): string => `${Math.floor(ms / DAY)} days`;

/** The verdict on a key that is too old from `from` to `to` on. */
function aged({ pskGeneratedAt }: Tunnel, now: Instant, from: Millis, to: Millis | null): Verdict {
  if (pskGeneratedAt === null) return missing(LAST_GENERATED);
  const age = now - pskGeneratedAt;
  if (age < from) return { again: pskGeneratedAt + from };
  if (to !== null && age >= to) return FINE;
  // The age itself would be another one each day.
  const verdict = found(LAST_GENERATED, iso(pskGeneratedAt), `, more than ${days(from)} ago`);
  return to === null ? verdict : { ...verdict, again: pskGeneratedAt + to };
}

const ago = (ms: Millis): { pskGeneratedAt: Instant } => ({ pskGeneratedAt: EXAMPLE_NOW - ms });

function together(tunnel: Tunnel, world: World): Verdict {
  const at = tunnel.pskGeneratedAt;
  if (at === null) return missing(LAST_GENERATED);
  let others = -1;
  for (const offset of [0, -1, 1]) {
    for (const other of world.shelf(pskMinute(at, offset))) {
      if (Math.abs((other.pskGeneratedAt ?? 0) - at) <= MINUTE) others += 1;
      // Who they are does not matter; with many of them counting on would cost more than it tells.
      if (others === MANY - 1)
        return found(LAST_GENERATED, iso(at), `, as on ${others} or more others within a minute`);
    }
  }
  return FINE;
}

function pairTogether(tunnel: Tunnel, world: World): Verdict {
  const at = tunnel.pskGeneratedAt;
  if (at === null) return missing(LAST_GENERATED);
  if (world.now - at >= RECENT) return FINE;
  const mates = world.mates(tunnel).filter((mate) => {
    if (mate.pskGeneratedAt === null || mate.createdAt === null) return false;
    // Keys that came into being with their tunnels were not rotated.
    return mate.pskGeneratedAt - mate.createdAt >= HOUR && Math.abs(mate.pskGeneratedAt - at) <= HOUR;
  });
  if (tunnel.createdAt === null) return { ...missing('created_on'), again: at + RECENT };
  if (mates.length === 0 || at - tunnel.createdAt < HOUR) return { again: at + RECENT };
  const grouping = world.group(tunnel).words;
  const more = `, within an hour of ${namesOf(mates.map(({ name }) => name))}`;
  return { ...found(LAST_GENERATED, iso(at), more, { grouping }), again: at + RECENT };
}

export const PSK: readonly CatalogueRule[] = [
  {
    id: 'psk-missing',
    family: 'psk',
    severity: 'error',
    title: 'No pre-shared key',
    reads: [LAST_GENERATED],
    basis: 'documented',
    why: 'Without a pre-shared key no tunnel comes up.',
    fix: 'Generate a key, or set your own, and put it on the router.',
    source: SOURCES.endpoints,
    examples: { triggers: { a: { pskGeneratedAt: null } }, quiet: {} },
    judge: ({ pskGeneratedAt }) =>
      pskGeneratedAt === null
        ? { found: { evidence: `${LAST_GENERATED} is not reported`, field: LAST_GENERATED, value: null } }
        : FINE,
  },
  {
    id: 'psk-age-warning',
    family: 'psk',
    severity: 'warning',
    title: 'Pre-shared key is due for rotation',
    reads: [LAST_GENERATED],
    basis: 'heuristic',
    why: 'The key is older than the policy allows; the longer a key is in use, the more people and backups know it.',
    fix: 'Rotate it, one tunnel of the group at a time.',
    source: SOURCES.rfc4107,
    examples: { triggers: { a: ago(200 * DAY) }, quiet: { a: ago(170 * DAY) } },
    judge: (tunnel, { now, policyOf }) => {
      const { dueMs, staleMs } = policyOf(tunnel);
      return aged(tunnel, now, dueMs, staleMs);
    },
  },
  {
    id: 'psk-age-critical',
    family: 'psk',
    severity: 'error',
    title: 'Pre-shared key is stale',
    reads: [LAST_GENERATED],
    basis: 'heuristic',
    why: 'The key is far older than the policy allows.',
    fix: 'Rotate it soon, one tunnel of the group at a time.',
    source: SOURCES.rfc4107,
    examples: { triggers: { a: ago(370 * DAY) }, quiet: { a: ago(170 * DAY) } },
    judge: (tunnel, { now, policyOf }) => aged(tunnel, now, policyOf(tunnel).staleMs, null),
  },
  {
    id: 'psk-never-rotated',
    family: 'psk',
    severity: 'warning',
    title: 'Pre-shared key was never rotated',
    reads: [LAST_GENERATED, 'created_on'],
    basis: 'heuristic',
    why: 'The key is as old as the tunnel: nobody has practised changing it, and those who set it up still know it.',
    fix: 'Rotate it, one tunnel of the group at a time.',
    source: SOURCES.rfc4107,
    examples: {
      triggers: { a: { ...ago(200 * DAY), createdAt: EXAMPLE_NOW - 200 * DAY } },
      quiet: { a: { ...ago(100 * DAY), createdAt: EXAMPLE_NOW - 100 * DAY } },
      beside: ['psk-age-warning'],
    },
    judge: (tunnel, { now, policyOf }) => {
      const { pskGeneratedAt: at, createdAt } = tunnel;
      if (at === null) return missing(LAST_GENERATED);
      if (createdAt === null) return missing('created_on');
      if (Math.abs(at - createdAt) >= HOUR) return FINE;
      const { dueMs } = policyOf(tunnel);
      if (now - at < dueMs) return { again: at + dueMs };
      return found(LAST_GENERATED, iso(at), `, created_on ${iso(createdAt)}`);
    },
  },
  {
    id: 'psk-before-create',
    family: 'psk',
    severity: 'info',
    title: 'Pre-shared key is older than its tunnel',
    reads: [LAST_GENERATED, 'created_on'],
    basis: 'heuristic',
    why: 'A key from before the tunnel hints at an object that was restored or imported with its old key.',
    fix: 'Check where the key comes from; rotate it if nobody knows.',
    source: SOURCES.api,
    examples: { triggers: { a: { createdAt: EXAMPLE_NOW - 20 * DAY } }, quiet: {} },
    judge: ({ pskGeneratedAt: at, createdAt }) => {
      if (at === null) return missing(LAST_GENERATED);
      if (createdAt === null) return missing('created_on');
      return at < createdAt - DAY ? found(LAST_GENERATED, iso(at), `, created_on ${iso(createdAt)}`) : FINE;
    },
  },
  {
    id: 'psk-older-than-config',
    family: 'psk',
    severity: 'info',
    title: 'Configuration changed long after the key',
    reads: [LAST_GENERATED, 'modified_on'],
    basis: 'heuristic',
    why: 'Somebody has worked on the tunnel within the last week and left its old key; that is normal, and good to know.',
    fix: 'Nothing, unless the change was meant to bring a new key.',
    source: SOURCES.api,
    examples: {
      triggers: { a: { ...ago(120 * DAY), modifiedAt: EXAMPLE_NOW - DAY } },
      quiet: { a: { ...ago(20 * DAY), modifiedAt: EXAMPLE_NOW - DAY } },
    },
    judge: ({ pskGeneratedAt: at, modifiedAt }, { now }) => {
      if (at === null) return missing(LAST_GENERATED);
      if (modifiedAt === null) return missing('modified_on');
      if (modifiedAt - at < 90 * DAY || now - modifiedAt >= RECENT) return FINE;
      return { ...found(LAST_GENERATED, iso(at), `, modified_on ${iso(modifiedAt)}`), again: modifiedAt + RECENT };
    },
  },
  {
    id: 'psk-timestamp-future',
    family: 'psk',
    severity: 'warning',
    title: 'Pre-shared key from the future',
    reads: [LAST_GENERATED],
    basis: 'heuristic',
    why: 'A time ahead of this computer’s clock makes every age of keys wrong.',
    fix: 'Check the clock of this computer first.',
    source: SOURCES.api,
    examples: { triggers: { a: ago(-DAY) }, quiet: { a: ago(-MINUTE) } },
    judge: ({ pskGeneratedAt: at }, { now }) => {
      if (at === null) return missing(LAST_GENERATED);
      return at > now + SKEW ? { ...found(LAST_GENERATED, iso(at)), again: at - SKEW } : FINE;
    },
  },
  {
    id: 'psk-fleet-same-time',
    family: 'psk',
    severity: 'info',
    title: 'Keys of many tunnels from the same minute',
    reads: [LAST_GENERATED],
    basis: 'heuristic',
    why: 'Keys that were set together are often one key; whoever knows it then knows all of them.',
    fix: 'Make sure that each tunnel has a key of its own.',
    source: SOURCES.rfc4107,
    examples: {
      triggers: { a: ago(60 * DAY), more: [10, 20, 30, 40].map((seconds) => ago(60 * DAY - seconds * 1000)) },
      quiet: { a: ago(60 * DAY), more: [10, 20, 30].map((hours) => ago(60 * DAY - hours * HOUR)) },
      beside: ['x:no-route-to-tunnel'],
    },
    shelves: ({ pskGeneratedAt: at }) => (at === null ? [] : [0, -1, 1].map((offset) => pskMinute(at, offset))),
    judge: together,
  },
  {
    id: 'psk-pair-rotated-together',
    family: 'psk',
    severity: 'warning',
    title: 'Both halves were rotated together',
    reads: [LAST_GENERATED, 'created_on', 'name'],
    basis: 'heuristic',
    why: 'When all keys of a group change at once, one mistake takes all of its tunnels down at the next authentication.',
    fix: 'Check that both came back after authenticating anew; rotate them hours apart next time.',
    source: SOURCES.rfc7296,
    examples: {
      triggers: { a: ago(2 * DAY), b: ago(2 * DAY - 10 * MINUTE) },
      quiet: { a: ago(2 * DAY), b: ago(2 * DAY - 5 * HOUR) },
    },
    byGroup: true,
    judge: pairTogether,
  },
];
