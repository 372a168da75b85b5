/** Boards for the tests of the tray: four tunnels of one account at 10:20, told apart by what the test changes. */

import type { BoardNow } from '../../src/main/board-mirror.ts';
import type { Incident } from '../../src/shared/alerts.ts';
import type { AccountId, AccountStatus, BoardRow, Lanes } from '../../src/shared/model.ts';
import type { EngineStatus } from '../../src/shared/status.ts';
import { ACCOUNT, badToken, fakeEngine, fakeRow } from '../fakes/engine.ts';
import { alertOf, incidentOf, subjectOf } from '../renderer/harness/alerts.ts';

export const OTHER = 'b4c1f0a2d3e4958671a2b3c4d5e6f708' as AccountId;
export const NOW = Date.parse('2026-11-21T10:20:00Z');
export const SINCE = Date.parse('2026-11-21T10:02:00Z');
const two = (value: number): string => String(value).padStart(2, '0');
/** As the machine's own clock shows it, whatever its zone. */
export const clockTime = (at: number): string => `${two(new Date(at).getHours())}:${two(new Date(at).getMinutes())}`;

/** A row with other lanes. */
export function row(
  index: number,
  lanes: Partial<{ [L in keyof Lanes]: Lanes[L]['value'] }> = {},
  part: Partial<BoardRow> = {},
): BoardRow {
  const plain = fakeRow(part.accountId ?? ACCOUNT, index);
  const changed = Object.entries(lanes).map(([lane, value]) => [lane, { value, since: SINCE, exact: true }]);
  return { ...plain, ...part, lanes: { ...plain.lanes, ...Object.fromEntries(changed) } };
}
export const down = (index: number): BoardRow => row(index, { bgp: 'down', health: 'down' });
export const up = (...indexes: number[]): BoardRow[] => indexes.map((index) => row(index));

/** An account that was read twelve seconds ago. */
export function account(part: Partial<AccountStatus> = {}): AccountStatus {
  const [plain] = fakeEngine().board().status.accounts;
  if (plain === undefined) throw new Error('the fake engine has an account');
  return { ...plain, name: 'Acme', listAgeMs: 12_000, healthAgeMs: 40_000, ...part };
}
export const blindAccount = (part: Partial<AccountStatus> = {}): AccountStatus =>
  account({ phase: 'blind', blind: { since: SINCE, fault: badToken }, listAgeMs: 18 * 60_000, ...part });

/** A board at `NOW`. */
export function board(
  rows: readonly BoardRow[],
  part: Partial<EngineStatus> & { incidents?: readonly Incident[]; sinceReceipt?: number } = {},
): BoardNow {
  const { incidents = [], sinceReceipt = 0, ...status } = part;
  return {
    status: { ...fakeEngine().board().status, accounts: [account()], now: NOW, ...status },
    rows,
    incidents,
    sinceReceipt,
  };
}

/** An incident about one tunnel. */
export function incidentOn(row: BoardRow, number = 1, part: Partial<Incident> = {}): Incident {
  const alert = alertOf('bgp-down', subjectOf(row), SINCE);
  const cause = { kind: 'tunnel', accountId: row.accountId, key: row.key, name: row.name } as const;
  return incidentOf(number, [alert], { cause, ...part });
}
export const ana = { by: 'Ana', at: SINCE, comment: '', until: null } as const;
