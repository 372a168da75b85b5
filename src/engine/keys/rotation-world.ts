/** What a rotation looks at: the tunnel, those that carry its traffic meanwhile, and how sure we are of both. */
import type { Rotation } from '../../shared/keys.ts';
import type { AccountStatus, BoardRow, ColoHealth, Instant, TunnelDetail } from '../../shared/model.ts';
import type { BatchGroup } from './batches.ts';
import type { RotationSentence } from './rotation-sentence.ts';

/** A tunnel as it is now. */
export interface Watched {
  readonly row: BoardRow;
  readonly colos: readonly ColoHealth[];
}

/** The moment of a look at one rotation. */
export interface RotationWorld {
  readonly now: Instant;
  /** `null`: it is on the list no more. */
  readonly own: Watched | null;
  readonly group: BatchGroup | null;
  /** The other tunnels of its group. */
  readonly partners: readonly Watched[];
  readonly account: AccountStatus | null;
  /** Under way for another tunnel of the group. */
  readonly other: Pick<Rotation, 'name'> | null;
  /** Why nothing can be changed; `null` when it can. */
  readonly locked: RotationSentence | null;
}

/** The part of a tunnel that checks look at. */
export const watched = ({ row, colos }: TunnelDetail): Watched => ({ row, colos });

/** Whether what is known of the account is of now. */
export function isFresh(account: AccountStatus | null): boolean {
  return account?.phase === 'seeing' && isYoung(account.listAgeMs, account.staleAfterMs) && isHealthFresh(account);
}

/** An account without the permission for health results is fresh without them: its lanes say `nodata`. */
function isHealthFresh({ healthBlind, healthAgeMs, healthStaleAfterMs }: AccountStatus): boolean {
  return healthBlind !== null || isYoung(healthAgeMs, healthStaleAfterMs);
}

const isYoung = (ageMs: number | null, mostMs: number): boolean => ageMs !== null && ageMs <= mostMs;
