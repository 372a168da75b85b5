/** Answers what the history adds up to. Long reports are worked out in slices, so that rounds of polling go on between. */
import type { KeyCalls } from '../../shared/keys.ts';
import type { LintCalls } from '../../shared/lint.ts';
import type { AccountId, BoardRow } from '../../shared/model.ts';
import type { ReportCalls } from '../../shared/reports.ts';
import type { Desk } from '../bridge/desk-calls.ts';
import type { Clock } from '../clock.ts';
import type { PastReader } from '../history/past-contract.ts';
import { availabilityRows } from './availability.ts';
import { heatMapOf } from './heat-map.ts';
import { type IncidentSource, incidentsOf } from './incidents.ts';
import type { Objectives } from './objectives.ts';
import { restlessTunnels } from './restless.ts';
import { shiftOf } from './shift.ts';
import { type Coverage, type ReportTunnel, tunnelsIn } from './subjects.ts';

/** What the desk stands on. `null`: not here, and nothing of it is in a report. */
export interface ReportParts {
  readonly clock: Clock;
  readonly past: PastReader;
  readonly objectives: Objectives;
  readonly accounts: readonly { readonly id: AccountId; readonly name: string }[];
  readonly rows: () => readonly BoardRow[];
  readonly alerts: () => IncidentSource | null;
  readonly keys: () => Pick<Desk<KeyCalls>, 'keys'> | null;
  readonly lint: () => Pick<Desk<LintCalls>, 'findings'> | null;
}

/** The desk of reports. */
export function createReportsDesk(parts: ReportParts): Desk<ReportCalls> {
  const { clock, past, objectives, rows, alerts } = parts;
  const names = new Map(parts.accounts.map(({ id, name }) => [id, name]));
  const accountName = (id: AccountId): string => names.get(id) ?? id;
  const tunnels = (coverage: Coverage): ReportTunnel[] => tunnelsIn(past, rows(), coverage);
  return {
    availabilityReport: (asked) =>
      availabilityRows({ past, objectives, accountName, now: clock.now() }, tunnels(asked), asked),
    heatMap: (asked) => heatMapOf(past, tunnels(asked), asked),
    restlessness: (asked) => restlessTunnels(past, tunnels(asked), asked, clock.now()),
    incidentReport: ({ from, to }) => incidentsOf(alerts(), from, to, clock.now()),
    async shiftReport({ from, to }) {
      const now = clock.now();
      const incidents = await incidentsOf(alerts(), from, to, now);
      const keys = (await parts.keys()?.keys({}))?.keys ?? [];
      const findings = (await parts.lint()?.findings({ accountId: null }))?.findings ?? [];
      return shiftOf({ past, now, incidents, keys, findings }, from, to);
    },
  };
}
