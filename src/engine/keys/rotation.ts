/**
 * A rotation step by step. Pure: a rotation as it is kept and a look at the world go in, the rotation as it is now comes out.
 * Cloudflare takes a new key at once, but IKEv2 proves keys only when it authenticates anew; until the SA was cleared every
 * look shows a tunnel that works, whatever the router has. So nothing counts as proof before that.
 */
import type { Rotation, RotationCheck } from '../../shared/keys.ts';
import type { BoardRow, Instant, TunnelKey } from '../../shared/model.ts';
import type { RotationNext } from '../../shared/rotation-said.ts';
import type { KeptRotation } from '../ledger/contract.ts';
import { preconditions, stands } from './rotation-checks.ts';
import { BACK_WITHIN_MS, proofs, proved, timestampMoved } from './rotation-proofs.ts';
import { check } from './rotation-sentence.ts';
import type { RotationWorld } from './rotation-world.ts';

/** A rotation that begins. */
export function begun(id: string, row: BoardRow, by: string, now: Instant): KeptRotation {
  return {
    id,
    key: row.key,
    name: row.name,
    by,
    startedAt: now,
    step: 'check',
    generatedBefore: row.pskGeneratedAt,
    setAt: null,
    reauthenticatedAt: null,
    expectedBy: null,
    endedAt: null,
    outcome: null,
  };
}

/** A key was set: whatever was proved or given up before counts no more. */
export function keySet(kept: KeptRotation, now: Instant): KeptRotation {
  return {
    ...kept,
    step: 'router',
    setAt: now,
    reauthenticatedAt: null,
    expectedBy: null,
    endedAt: null,
    outcome: null,
  };
}

/** The person did a step by hand. A step out of order changes nothing; a second re-authentication begins the waiting anew. */
export function stepDone(kept: KeptRotation, step: 'router' | 'reauthenticate', now: Instant): KeptRotation {
  if (step === 'router') return kept.step === 'router' ? { ...kept, step: 'reauthenticate' } : kept;
  if (kept.step !== 'reauthenticate' && kept.step !== 'verify') return kept;
  return { ...kept, step: 'verify', reauthenticatedAt: now, expectedBy: now + BACK_WITHIN_MS };
}

/** Ended without a proof; what was done stays done. */
export function abandoned(kept: KeptRotation, now: Instant): KeptRotation {
  return kept.endedAt === null ? { ...kept, endedAt: now, outcome: 'abandoned' } : kept;
}

/** The rotation at a look: its checks, and the step that they allow. */
export function looked(kept: KeptRotation, world: RotationWorld): Rotation {
  if (kept.endedAt !== null) return { ...kept, checks: [], ...told(ended(kept)) };
  const checks = checksOf(kept, world);
  const next = movedOn(kept, checks, world);
  return { ...next, checks, ...told(next.endedAt === null ? nextOf(next, checks) : ended(next)) };
}

/** As it is kept. */
export function toKept({ checks: _checks, next: _next, nextSaid: _nextSaid, ...kept }: Rotation): KeptRotation {
  return kept;
}

function checksOf(kept: KeptRotation, world: RotationWorld): readonly RotationCheck[] {
  switch (kept.step) {
    case 'check':
    case 'key':
      return [...lostKey(kept, world), ...preconditions(world, false)];
    case 'router':
    case 'reauthenticate':
      return [timestampMoved(kept, world)];
    case 'verify':
    case 'finished':
      return proofs(kept, world, kept.reauthenticatedAt ?? world.now);
  }
}

/** The key at Cloudflare is another than at the beginning, and this rotation did not get to see it. */
function lostKey(kept: KeptRotation, world: RotationWorld): readonly RotationCheck[] {
  if (timestampMoved(kept, world).state !== 'good') return [];
  const sentence =
    'Cloudflare has a newer key than when this rotation began, and it was not received here: set a key now, before IKE authenticates anew.';
  return [check('key-known', 'waiting', sentence, 'key-unknown')];
}

function movedOn(kept: KeptRotation, checks: readonly RotationCheck[], world: RotationWorld): KeptRotation {
  const { step, reauthenticatedAt } = kept;
  if (step === 'check' || step === 'key') return { ...kept, step: checks.some(stands) ? 'check' : 'key' };
  if (step === 'verify' && reauthenticatedAt !== null && proved(checks, world, reauthenticatedAt)) {
    return { ...kept, step: 'finished', endedAt: world.now, outcome: 'rotated' };
  }
  return kept;
}

function ended({ outcome, setAt }: KeptRotation): RotationNext {
  if (outcome === 'rotated') return 'rotated';
  return setAt === null ? 'given-up-before' : 'given-up-after';
}

function nextOf({ step }: KeptRotation, checks: readonly RotationCheck[]): RotationNext {
  switch (step) {
    case 'check':
      return 'put-right';
    case 'key':
      return checks.some(({ id }) => id === 'key-known') ? 'set-unknown' : 'set';
    case 'router':
      return 'enter';
    case 'reauthenticate':
      return 'clear-sa';
    default:
      return checks.some(({ state }) => state === 'bad') ? 'compare' : 'wait';
  }
}

const NEXT: Readonly<Record<RotationNext, string>> = {
  rotated: 'The new key works. Move the traffic back, and leave the other half for another day.',
  'given-up-before': 'Given up before a key was set: nothing changed.',
  'given-up-after': 'Given up after a key was set: the router needs that key before IKE authenticates anew.',
  'put-right': 'Put right what stands in the way, or accept it by name.',
  'set-unknown': 'Set a key now: the one at Cloudflare is not known to anybody.',
  set: 'Move the traffic away, then make a new key or set your own.',
  enter: 'Enter the new key on the router, then say so here.',
  'clear-sa':
    'Clear the IKE SA on the router. Until then a wrong key stays hidden: IKEv2 proves keys only when it authenticates anew.',
  compare: 'Compare the key on the router with the new one, clear the IKE SA and say so here again; or set a new key.',
  wait: 'Wait until BGP and health are back.',
};
const told = (next: RotationNext): Pick<Rotation, 'next' | 'nextSaid'> => ({ next: NEXT[next], nextSaid: next });

/** Those of one group: two rotations of it never run at once. */
export function underWayAmong(
  kept: readonly KeptRotation[],
  members: readonly TunnelKey[],
  except: TunnelKey,
): KeptRotation | null {
  return kept.find((one) => one.endedAt === null && one.key !== except && members.includes(one.key)) ?? null;
}
