/**
 * Rotations over the running engine: kept in the ledger, so that they are left and resumed, over a restart too. The key goes
 * through the operations desk like every change, and is in no other place than its reply.
 */

import type { KeyCalls, Rotation, RotationCheck, RotationKeyOutcome } from '../../shared/keys.ts';
import { accountOf, type Millis, type TunnelKey } from '../../shared/model.ts';
import type { Operation, OperationCalls } from '../../shared/operations.ts';
import { pskStrength } from '../../shared/psk-strength.ts';
import { type Desk, Refused } from '../bridge/desk-calls.ts';
import type { Clock } from '../clock.ts';
import type { KeptRotation, Ledger } from '../ledger/contract.ts';
import { type Beside, groupsAround, type KeysEngine } from './known-keys.ts';
import { abandoned, begun, keySet, looked, stepDone, toKept, underWayAmong } from './rotation.ts';
import { NEVER_DESPITE, preconditions, stands } from './rotation-checks.ts';
import { type RotationSentence, sentenceOf } from './rotation-sentence.ts';
import { type RotationWorld, watched } from './rotation-world.ts';

const DAY: Millis = 86_400_000;
/** So long a rotation that ended is still listed. */
const LISTED_MS: Millis = 30 * DAY;

/** The part of operations that a rotation needs. */
export type KeyOperations = Pick<Desk<OperationCalls>, 'writing' | 'plan' | 'confirm' | 'discard'>;

export interface RotationParts {
  readonly engine: KeysEngine;
  readonly clock: Clock;
  readonly ledger: Pick<Ledger, 'rotations' | 'saveRotation'>;
  /** `null` where nothing can be changed. */
  readonly operations: KeyOperations | null;
  readonly beside: Beside;
  /** A name that no other rotation has. */
  readonly newId: () => string;
}

type Calls = Pick<
  KeyCalls,
  'rotations' | 'startRotation' | 'rotation' | 'rotationKey' | 'rotationDone' | 'abandonRotation'
>;

const NOTHING_CHANGES = sentenceOf('Nothing can be changed from here.', 'nothing-changes');

const UNUSABLE = sentenceOf(
  'This key cannot be used: it is empty, too long, or holds a line end or another invisible character.',
  'key-unusable',
);

/** The calls about rotations. */
export function createRotations({ engine, clock, ledger, operations, beside, newId }: RotationParts): Desk<Calls> {
  /** Keys are on their way for these: a second click must not make a second key. */
  const setting = new Set<string>();

  const underWay = (): readonly KeptRotation[] => ledger.rotations(clock.now()).filter((one) => one.endedAt === null);
  const find = (id: string): KeptRotation | null =>
    ledger.rotations(clock.now() - LISTED_MS).find((one) => one.id === id) ?? null;

  async function lockedWhy(key: TunnelKey): Promise<RotationSentence | null> {
    const all = (await operations?.writing({})) ?? [];
    const account = all.find(({ accountId }) => accountId === accountOf(key));
    if (account === undefined) return NOTHING_CHANGES;
    if (account.unlockedUntil !== null && account.unlockedUntil > clock.now()) return null;
    const facts = { account: account.account };
    return account.token === 'none'
      ? sentenceOf(`${facts.account} has no write token; give one in the settings.`, 'no-write-token', facts)
      : sentenceOf(`${facts.account} is locked: unlock it for a while to set a key.`, 'locked', facts);
  }

  async function worldOf(key: TunnelKey): Promise<RotationWorld> {
    const locked = await lockedWhy(key);
    const group = groupsAround(engine, accountOf(key), beside).get(key) ?? null;
    const others = (group?.members ?? []).filter((member) => member !== key);
    // Close watch reads them each few seconds while somebody looks at the rotation.
    for (const one of [key, ...others]) engine.watch(one);
    const own = engine.tunnel(key);
    return {
      now: clock.now(),
      own: own === null ? null : watched(own),
      group,
      partners: others.flatMap((other) => engine.tunnel(other) ?? []).map(watched),
      account: engine.board().status.accounts.find(({ id }) => id === accountOf(key)) ?? null,
      other: underWayAmong(underWay(), others, key),
      locked,
    };
  }

  /** Looks, keeps what moved on by itself, and tells. */
  async function look(id: string): Promise<Rotation | null> {
    const first = find(id);
    if (first === null) return null;
    const world = await worldOf(first.key);
    // Somebody may have moved it on while the accounts were asked about.
    const kept = find(id) ?? first;
    const rotation = looked(kept, world);
    if (rotation.step !== kept.step || rotation.endedAt !== kept.endedAt) ledger.saveRotation(toKept(rotation));
    return rotation;
  }

  async function looking(id: string): Promise<Rotation> {
    const rotation = await look(id);
    if (rotation === null) throw new Refused('There is no such rotation any more.');
    return rotation;
  }

  /** Saves what `change` makes of a rotation under way, then looks. */
  async function moved(id: string, change: (kept: KeptRotation) => KeptRotation): Promise<Rotation | null> {
    const kept = find(id);
    if (kept === null) return null;
    if (kept.endedAt === null) {
      const next = change(kept);
      if (next !== kept) ledger.saveRotation(next);
    }
    return look(id);
  }

  /** Why no key can be set now: the check that says it, or `null`. */
  async function obstacle(kept: KeptRotation, despite: readonly string[]): Promise<RotationCheck | null> {
    const checks = preconditions(await worldOf(kept.key), kept.setAt !== null);
    const left = checks.filter((one) => stands(one) && (NEVER_DESPITE.includes(one.id) || !despite.includes(one.id)));
    return left[0] ?? null;
  }

  async function setKey(kept: KeptRotation, operation: Operation, by: string): Promise<RotationKeyOutcome> {
    if (operations === null) return { set: false, ...NOTHING_CHANGES, problems: [] };
    const made = await operations.plan({ operation });
    if (!made.planned) return { set: false, sentence: made.sentence, said: made.said, problems: made.problems };
    const { id: plan, confirmBy } = made.plan;
    const outcome = await operations.confirm({ plan, typed: confirmBy, by });
    const newKey = outcome.newKeys.find(({ key }) => key === kept.key);
    // A key that nobody got to see is none: the rotation stays where it is, and says so at the next look.
    if (newKey === undefined) {
      const { sentence, said, problems } = outcome;
      return { set: false, sentence, said, problems };
    }
    // Whatever became of it meanwhile, even given up: there is a new key now, and the router needs it.
    ledger.saveRotation(keySet(find(kept.id) ?? kept, clock.now()));
    return { set: true, rotation: await looking(kept.id), newKey };
  }

  return {
    async rotations() {
      const kept = ledger.rotations(clock.now() - LISTED_MS);
      const all = await Promise.all(kept.map(({ id }) => look(id)));
      return all.filter((one) => one !== null).toSorted((a, b) => b.startedAt - a.startedAt);
    },

    async startRotation({ key, by }) {
      const known = underWay().find((one) => one.key === key);
      if (known !== undefined) return looking(known.id);
      const row = engine.tunnel(key)?.row;
      if (row === undefined) throw new Refused('This tunnel is not on the list.');
      const kept = begun(newId(), row, by, clock.now());
      ledger.saveRotation(kept);
      return looking(kept.id);
    },

    rotation: ({ id }) => look(id),

    async rotationKey({ id, own, despite, by }) {
      const kept = find(id);
      if (kept === null) throw new Refused('There is no such rotation any more.');
      if (kept.endedAt !== null) throw new Refused('This rotation is over; begin another one.');
      if (setting.has(id)) throw new Refused('A key is being set for this rotation already.');
      if (own !== null && pskStrength(own).level === 'unusable') {
        return { set: false, ...UNUSABLE, problems: [{ key: kept.key, field: 'psk', ...UNUSABLE }] };
      }
      setting.add(id);
      try {
        const stood = await obstacle(kept, despite);
        if (stood !== null) {
          const { sentence, said } = stood;
          return { set: false, sentence, said, problems: [] };
        }
        return await setKey(kept, operationFor(kept.key, own), by);
      } finally {
        setting.delete(id);
      }
    },

    rotationDone: ({ id, step }) => moved(id, (kept) => stepDone(kept, step, clock.now())),

    abandonRotation: ({ id }) => moved(id, (kept) => abandoned(kept, clock.now())),
  };
}

function operationFor(key: TunnelKey, own: string | null): Operation {
  return own === null
    ? { kind: 'psk-generate', key }
    : { kind: 'psk-set', accountId: accountOf(key), keys: [{ key, psk: own }] };
}
