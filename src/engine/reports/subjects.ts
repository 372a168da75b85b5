/** The tunnels that a report is about, and where they stand. */
import { type AccountId, accountOf, type BoardRow, type Instant, type TunnelKey } from '../../shared/model.ts';
import { breath } from '../breath.ts';
import type { PastReader } from '../history/past-contract.ts';
import { siteOf } from '../state/site.ts';

/** Tunnels between two breaths: some 10 ms of work. */
const SLICE = 25;

/** A tunnel in a report. */
export interface ReportTunnel {
  readonly key: TunnelKey;
  readonly accountId: AccountId;
  readonly name: string;
  /** As the board has it now; `null` for one that is no more. */
  readonly row: BoardRow | null;
  /** The newest site that is known. A tunnel without one is a site of its own, under its name. */
  readonly site: string;
}

/** What a report covers. `accountId: null`: all accounts. */
export interface Coverage {
  readonly from: Instant;
  readonly to: Instant;
  readonly accountId: AccountId | null;
}

/** Tunnels that existed at some moment of the range, as far as it is known. */
export function tunnelsIn(past: PastReader, rows: readonly BoardRow[], coverage: Coverage): ReportTunnel[] {
  const live = new Map(rows.map((row) => [row.key, row]));
  return past.tunnels().flatMap(({ key, name, knownFrom, goneAt }) => {
    const accountId = accountOf(key);
    if (coverage.accountId !== null && accountId !== coverage.accountId) return [];
    if (knownFrom >= coverage.to || (goneAt !== null && goneAt <= coverage.from)) return [];
    const row = live.get(key) ?? null;
    const site = (row === null ? siteOf(name, null) : row.site)?.name ?? name;
    return [{ key, accountId, name, row, site }];
  });
}

/** Does `work` for each, with breaths between, so that a long report keeps nobody waiting. */
export async function eachOf<T, R>(list: readonly T[], work: (one: T) => R): Promise<R[]> {
  const done: R[] = [];
  for (const [index, one] of list.entries()) {
    if (index % SLICE === 0) await breath();
    done.push(work(one));
  }
  return done;
}
