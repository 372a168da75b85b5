/** A reports desk over a history that a test writes. */

import { tagsIn } from '../../../src/engine/alerts/tags.ts';
import type { History } from '../../../src/engine/history/contract.ts';
import { createReportsDesk, type ReportParts } from '../../../src/engine/reports/desk.ts';
import { DEFAULT_OBJECTIVES, type ObjectivePlan, objectives } from '../../../src/engine/reports/objectives.ts';
import type { VirtualClock } from '../../../src/engine/virtual-clock.ts';
import type { BoardRow, TunnelKey } from '../../../src/shared/model.ts';
import { accountOf, tunnelOf } from '../../../src/shared/model.ts';
import { ACME, OTHER } from '../history/harness.ts';

const unobserved = { value: 'unobserved', since: 0, exact: false } as const;

/** A row as the board of the present has it; only what reports read matters. */
export function row(key: TunnelKey, site: string | null, description: string | null = null): BoardRow {
  return {
    key,
    accountId: accountOf(key),
    id: tunnelOf(key),
    name: tunnelOf(key),
    description,
    site: site === null ? null : { name: site, source: 'cloudflare' },
    cloudflareEndpoint: '162.159.64.1',
    customerEndpoint: null,
    lanes: { bgp: unobserved, health: unobserved, psk: unobserved, config: unobserved },
    severity: 'ok',
    recovering: false,
    bgpStatus: null,
    healthShare: null,
    pskGeneratedAt: null,
    idle: null,
    unreadable: null,
  };
}

export const ACCOUNTS = [
  { id: ACME, name: 'Acme' },
  { id: OTHER, name: 'Other' },
] as const;

/** The desk; without anything else there are no incidents, keys and findings. */
export function reportsOver(
  place: { readonly history: History; readonly clock: VirtualClock },
  rows: readonly BoardRow[],
  more: Partial<ReportParts> & { readonly plan?: ObjectivePlan } = {},
) {
  const names = new Map<string, string>(ACCOUNTS.map(({ id, name }) => [id, name]));
  return createReportsDesk({
    clock: place.clock,
    past: place.history.past,
    objectives: objectives(
      more.plan ?? DEFAULT_OBJECTIVES,
      (id) => names.get(id) ?? id,
      ({ description }) => tagsIn(description),
    ),
    accounts: ACCOUNTS,
    rows: () => rows,
    alerts: () => null,
    keys: () => null,
    lint: () => null,
    ...more,
  });
}
