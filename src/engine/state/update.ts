/**
 * What one answer changed, gathered while it is worked through: the history writes it, the board announces it.
 */
import type { NewEvent, StateChange, TunnelKey } from '../../shared/model.ts';
import type { ConfigSnapshot, TunnelIdentity } from '../history/contract.ts';

export interface Update {
  readonly changes: StateChange[];
  readonly events: NewEvent[];
  readonly configs: ConfigSnapshot[];
  readonly identities: TunnelIdentity[];
  /** Tunnels whose row looks different now. */
  readonly touched: Set<TunnelKey>;
  readonly removed: Set<TunnelKey>;
}

export function emptyUpdate(): Update {
  return { changes: [], events: [], configs: [], identities: [], touched: new Set(), removed: new Set() };
}

export function isEmpty(update: Update): boolean {
  const { changes, events, configs, identities, touched, removed } = update;
  return [changes, events, configs, identities].every((list) => list.length === 0) && touched.size + removed.size === 0;
}
