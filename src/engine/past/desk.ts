/** Answers what the past was like. */
import type { Incident } from '../../shared/alerts.ts';
import type { AccountId, BoardRow, Instant, TunnelKey } from '../../shared/model.ts';
import type { PastBoard, PastCalls } from '../../shared/past.ts';
import type { AlertDesk } from '../alerts/contract.ts';
import type { Desk } from '../bridge/desk-calls.ts';
import type { Clock } from '../clock.ts';
import type { PastReader } from '../history/past-contract.ts';
import { createConfigs } from './configs.ts';
import { incidentThen } from './incident-then.ts';
import { marksIn } from './marks.ts';
import { rowThen } from './row-then.ts';
import { stretchOf } from './stretch.ts';

/** Where incidents are found. */
export type IncidentPast = Pick<AlertDesk, 'incidentsDuring' | 'recordedAlerts' | 'stepsOf'>;

/** What the desk stands on. */
export interface PastParts {
  readonly clock: Clock;
  readonly past: PastReader;
  /** `null` where nothing is alerted on: then there are no incidents of then. */
  readonly alerts: () => IncidentPast | null;
  /** The rows of the present: they know the sites. */
  readonly rows: () => readonly BoardRow[];
  readonly accounts: readonly { readonly id: AccountId; readonly name: string }[];
}

/** Open at one moment, at most: what a page can show. */
const MOST_INCIDENTS = 500;

function blindAt(past: PastReader, at: Instant): PastBoard['blind'] {
  return past.accounts().flatMap((accountId) => {
    const [gap] = past.gapsIn(accountId, 'list', at, at + 1);
    return gap === undefined ? [] : [{ accountId, since: gap.from }];
  });
}

function incidentsAt(alerts: IncidentPast, at: Instant): Incident[] {
  return alerts
    .incidentsDuring(at, at, MOST_INCIDENTS)
    .flatMap(
      (one) => incidentThen(one, { alerts: alerts.recordedAlerts(one.id), steps: alerts.stepsOf(one.id) }, at) ?? [],
    );
}

/**
 * The desk of the past. Moments to come are answered as now. Health is told with hindsight: its results come minutes late, and
 * the past shows them where they belong.
 */
export function createPastDesk({ clock, past, alerts, rows, accounts }: PastParts): Desk<PastCalls> {
  const configOf = createConfigs(past);
  const names = new Map(accounts.map(({ id, name }) => [id, name]));
  return {
    pastRange: () => ({ earliest: past.earliest(), latest: clock.now() }),
    past({ at: asked }) {
      const at = Math.min(asked, clock.now());
      const live = new Map(rows().map((row): [TunnelKey, BoardRow] => [row.key, row]));
      const desk = alerts();
      return {
        at,
        rows: past.tunnelsAt(at).map((one) => rowThen(one, at, configOf(one.configHash), live.get(one.key))),
        incidents: desk === null ? [] : incidentsAt(desk, at),
        blind: blindAt(past, at),
      };
    },
    pastMarks: (asked) =>
      marksIn(
        {
          past,
          incidentsDuring: (from, to, limit) => alerts()?.incidentsDuring(from, to, limit) ?? [],
          accountName: (id) => names.get(id) ?? id,
        },
        asked,
      ),
    pastStretch: ({ from, to }) => stretchOf(past, from, to, clock.now()),
  };
}
