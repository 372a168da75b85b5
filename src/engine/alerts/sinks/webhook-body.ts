/** The JSON that Alertmanager sends to webhooks, version 4, so that receivers made for it understand us. */
import { createHash } from 'node:crypto';
import type { Alert } from '../../../shared/alerts.ts';
import type { Notice } from '../contract.ts';
import { alertLabels, commonOf, incidentAnnotations, type LabelSet, labelSet, rfc3339 } from './labels.ts';
import { safeLink } from './plain.ts';
import { incidentKey } from './words.ts';

/** What Alertmanager writes for "has not ended": the zero of Go's time. */
const NO_TIME = '0001-01-01T00:00:00Z';

interface WebhookAlert {
  readonly status: 'firing' | 'resolved';
  readonly labels: LabelSet;
  readonly annotations: LabelSet;
  readonly startsAt: string;
  readonly endsAt: string;
  readonly generatorURL: string;
  readonly fingerprint: string;
}

/** `receiver` is the name of the sink. Beyond version 4 there is `tunnelwatch`, with what labels cannot say. */
export interface WebhookBody {
  readonly version: '4';
  readonly groupKey: string;
  readonly truncatedAlerts: number;
  readonly status: 'firing' | 'resolved';
  readonly receiver: string;
  readonly groupLabels: LabelSet;
  readonly commonLabels: LabelSet;
  readonly commonAnnotations: LabelSet;
  readonly externalURL: string;
  readonly alerts: readonly WebhookAlert[];
  readonly tunnelwatch: { readonly kind: Notice['kind']; readonly incident: string; readonly at: string };
}

/** 16 hexadecimal digits that name one occurrence. */
const fingerprint = (id: string): string => createHash('sha256').update(id).digest('hex').slice(0, 16);

function alertOf(alert: Alert, notice: Notice, link: string): WebhookAlert {
  const over = notice.kind === 'resolved' || alert.phase === 'resolved';
  const end = alert.resolvedAt ?? notice.incident.resolvedAt ?? notice.at;
  return {
    status: over ? 'resolved' : 'firing',
    labels: alertLabels(alert, notice),
    annotations: labelSet(
      Object.fromEntries(
        Object.entries(alert.facts).map(([name, value]) => [name, value === null ? null : String(value)]),
      ),
    ),
    startsAt: rfc3339(alert.since),
    endsAt: over ? rfc3339(end) : NO_TIME,
    generatorURL: link,
    fingerprint: fingerprint(alert.id),
  };
}

/** The body for one notice. A notice without alerts (a test) tells of its lead. */
export function webhookBody(notice: Notice, receiver: string): WebhookBody {
  const { incident } = notice;
  const link = safeLink(notice.link) ?? '';
  const shown = notice.alerts.length > 0 ? notice.alerts : [incident.lead];
  const alerts = shown.map((alert) => alertOf(alert, notice, link));
  const open = incident.counts.firing + incident.counts.recovering;
  const key = incidentKey(incident);
  return {
    version: '4',
    groupKey: `{}:{incident="${key}"}`,
    truncatedAlerts: Math.max(0, open - shown.length),
    status: notice.kind === 'resolved' ? 'resolved' : 'firing',
    receiver,
    groupLabels: { incident: key },
    commonLabels: commonOf(alerts.map(({ labels }) => labels)),
    commonAnnotations: incidentAnnotations(notice),
    externalURL: link,
    alerts,
    tunnelwatch: { kind: notice.kind, incident: incident.id, at: rfc3339(notice.at) },
  };
}
