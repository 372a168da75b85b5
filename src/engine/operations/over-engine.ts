/** The operations desk of a running engine: what it knows, and the moments at which everything is locked. */
import { type AccountId, accountOf } from '../../shared/model.ts';
import type { Clock } from '../clock.ts';
import type { Engine } from '../contract.ts';
import type { Around, KnownTunnel } from './contract.ts';
import { createOperationsDesk, type OperationsDesk, type OperationsParts } from './desk.ts';

type Watching = Pick<Engine, 'board' | 'tunnel' | 'lint' | 'pollNow' | 'subscribe'>;

/** Reads the board when it is asked; the engine may still be starting when this is made. */
function aroundEngine(engine: Watching, clock: Clock, isOver: () => boolean): Around {
  const known = (accountId: AccountId): readonly KnownTunnel[] =>
    engine.board().rows.flatMap((row): KnownTunnel[] => {
      if (accountOf(row.key) !== accountId) return [];
      const detail = engine.tunnel(row.key);
      return detail === null ? [] : [{ tunnel: detail.tunnel, row }];
    });
  return {
    known,
    whatIf(accountId, changed, removed) {
      // A watched account is judged with all that stands beside its list.
      return engine.lint.whatIf(accountId, { now: clock.now(), changed, removed }) ?? { causes: [], solves: [] };
    },
    written(accountId) {
      if (!isOver()) engine.pollNow(accountId);
    },
  };
}

/** Everything is locked again when the machine slept (`clock-jump`) and when the engine stops. */
export function operationsOver(engine: Watching, parts: Omit<OperationsParts, 'around'>): OperationsDesk {
  let over = false;
  const desk = createOperationsDesk({ ...parts, around: aroundEngine(engine, parts.clock, () => over) });
  engine.subscribe((message) => {
    if (message.type !== 'delta') return;
    const kinds = new Set(message.events.map(({ kind }) => kind));
    over ||= kinds.has('stopped');
    if (over) desk.lockAll('Tunnelwatch stopped.');
    else if (kinds.has('clock-jump')) desk.lockAll('The clock jumped or the machine slept.');
  });
  return desk;
}
