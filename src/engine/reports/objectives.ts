/** Objectives of availability: which one holds for whom. Pure. */
import type { AccountId, BoardRow } from '../../shared/model.ts';
import type { DegradedAs } from '../../shared/reports.ts';

/** Tells objectives, as shares: 0.999 for 99.9 %. */
export interface Objectives {
  ofTunnel(row: BoardRow): number;
  /** Also for a site, and for a tunnel that is no more: of these no tags are known. */
  ofAccount(accountId: AccountId): number;
  /** How degraded counts against the budget, whatever the reader chose for the share. */
  readonly degraded: DegradedAs;
}

/** As the settings say it; `objective` in per cent. */
export interface ObjectivePlan {
  readonly objective: number;
  readonly degraded: DegradedAs;
  readonly overrides: readonly {
    readonly account?: string | undefined;
    readonly tag?: string | undefined;
    readonly objective: number;
  }[];
}

/** What holds where nobody set anything: 99.9 %, Cloudflare's highest named level; degraded counts as failed, as with Cloudflare. */
export const DEFAULT_OBJECTIVES: ObjectivePlan = { objective: 99.9, degraded: 'down', overrides: [] };

/** Not 0.9990000000000001. */
const asShare = (percent: number): number => Math.round(percent * 1_000) / 100_000;

/** The first override that fits wins; one with a tag fits tunnels alone. */
export function objectives(
  plan: ObjectivePlan,
  nameOf: (id: AccountId) => string,
  tagsOf: (row: BoardRow) => readonly string[],
): Objectives {
  const find = (accountId: AccountId, tags: readonly string[]): number => {
    const name = nameOf(accountId);
    const found = plan.overrides.find(
      ({ account, tag }) =>
        (account === undefined || account === name) && (tag === undefined || tags.includes(tag.toLowerCase())),
    );
    return asShare((found ?? plan).objective);
  };
  return {
    ofTunnel: (row) => find(row.accountId, tagsOf(row)),
    ofAccount: (accountId) => find(accountId, []),
    degraded: plan.degraded,
  };
}
