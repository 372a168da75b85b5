/** What a person reads on the board at a moment, by the renderer's own words. */
import type { Engine } from '../../../src/engine/contract.ts';
import { duration } from '../../../src/renderer/format/duration.ts';
import { shortTime } from '../../../src/renderer/format/time.ts';
import { freshness, healthKind, standing } from '../../../src/renderer/state/standing.ts';
import { troubles } from '../../../src/renderer/views/shell/trouble.ts';
import * as words from '../../../src/renderer/words/index.ts';
import * as phrases from '../../../src/shared/alert-words/en/index.ts';
import { incidentTitle, type Say } from '../../../src/shared/alert-words/index.ts';
import type { Incident } from '../../../src/shared/alerts.ts';
import type { BoardMessage } from '../../../src/shared/bridge.ts';

/** The row of a tunnel: `Down. BGP down since 08:01 (3 min). Health down since 08:00 (4 min)`; `null` when there is none. */
function rowWords({ status, rows }: BoardMessage, name: string): string | null {
  const row = rows.find((one) => one.name === name);
  const account = status.accounts.find(({ id }) => id === row?.accountId);
  if (row === undefined || account === undefined) return null;
  const fresh = freshness(account, 0, false);
  const { lanes } = row;
  const { now } = status;
  const listOld = !fresh.list || row.unreadable !== null;
  const healthOld = (!fresh.health || row.unreadable !== null) && healthKind(lanes.health.value) !== null;
  const listAge = row.unreadable === null ? account.listAgeMs : null;
  return [
    words.board.standing(standing(row, fresh)),
    listOld ? words.lane.was('bgp', lanes.bgp, listAge, now) : words.lane.bgp(lanes.bgp, now),
    healthOld
      ? words.lane.was('health', lanes.health, account.healthAgeMs, now)
      : words.lane.health(lanes.health, row.healthShare, row.recovering, now),
  ].join('. ');
}

/** `critical firing: title`, and what people did about it. */
function incidentWords(incident: Incident, say: Say): string {
  const { severity, phase, acknowledgement, silencedBy, lead, delivery, fresh } = incident;
  return [
    `${severity} ${phase}: ${incidentTitle(incident, say)}`,
    acknowledgement === null ? null : `acknowledged by ${acknowledgement.by}`,
    silencedBy.length === 0 ? null : 'silenced',
    lead.unseen ? 'not seen at the moment' : null,
    delivery === 'failed' ? 'not delivered' : null,
    fresh || acknowledgement !== null ? null : 'seen',
  ]
    .filter((part) => part !== null)
    .join('; ');
}

export interface BoardWords {
  tunnel(name: string): string | null;
  readonly alerts: readonly string[];
  readonly banners: readonly string[];
}

/** The board of this moment in words. */
export function boardWords(engine: Engine): BoardWords {
  const board = engine.board();
  const { now, accounts } = board.status;
  const say: Say = {
    words: phrases,
    now,
    duration,
    time: (at) => shortTime(at, now),
    account: (id) => accounts.find((one) => one.id === id)?.name ?? id,
  };
  const views = accounts.map((status) => ({
    status,
    fresh: freshness(status, 0, false),
    listAgeMs: status.listAgeMs,
    healthAgeMs: status.healthAgeMs,
  }));
  return {
    tunnel: (name) => rowWords(board, name),
    alerts: board.alerts.incidents.filter(({ phase }) => phase !== 'resolved').map((one) => incidentWords(one, say)),
    banners: troubles(views, now).map(({ text }) => text),
  };
}
