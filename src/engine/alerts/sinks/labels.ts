/** Labels and annotations as Prometheus and its relatives know them. Values are plain text; absent ones are left out. */
import type { Alert, Cause } from '../../../shared/alerts.ts';
import type { Notice } from '../contract.ts';
import { cut, oneLine } from './plain.ts';
import { details, headline, incidentKey } from './words.ts';

export type LabelSet = Readonly<Record<string, string>>;

/** Longer values help nobody and are refused by some receivers. */
const LONGEST = 1024;

/** Only those with a value, each of one line. */
export function labelSet(values: Readonly<Record<string, string | null>>): LabelSet {
  const entries = Object.entries(values).map(([name, value]) => [name, cut(oneLine(value ?? ''), LONGEST)] as const);
  return Object.fromEntries(entries.filter(([, value]) => value !== ''));
}

/** Labels of one alert. `alertname` is its rule. */
export function alertLabels({ rule, severity, subject }: Alert, notice: Notice): LabelSet {
  const tunnel = subject.kind === 'tunnel' ? subject : null;
  return labelSet({
    alertname: rule,
    severity,
    incident: incidentKey(notice.incident),
    account: subject.kind === 'app' ? null : subject.account,
    account_id: subject.kind === 'app' ? null : subject.accountId,
    site: subject.kind === 'tunnel' || subject.kind === 'site' ? subject.site : null,
    tunnel: tunnel?.name ?? null,
    tunnel_key: tunnel?.key ?? null,
    cloudflare_endpoint: tunnel?.cloudflareEndpoint ?? null,
    customer_endpoint: tunnel?.customerEndpoint ?? null,
    tags: tunnel?.tags.join(',') ?? null,
  });
}

/** What all of them have in common. */
export function commonOf(sets: readonly LabelSet[]): LabelSet {
  const [first = {}, ...others] = sets;
  return Object.fromEntries(
    Object.entries(first).filter(([name, value]) => others.every((labels) => labels[name] === value)),
  );
}

/** The account that an incident is about, when it is one and stays one. */
export function accountLabels({ incident, accounts }: Notice): LabelSet {
  // More accounts may join an incident about ourselves; a label that changes would make another alert of it.
  if (incident.cause.kind === 'blind' || incident.cause.kind === 'app') return {};
  const { accountId } = incident.cause;
  return labelSet({ account: accounts[accountId] ?? null, account_id: accountId });
}

/** `12 of 12`; empty where a cause has no extent. */
export function extentWords(cause: Cause): string {
  return 'extent' in cause ? `${cause.extent.failing} of ${cause.extent.of}` : '';
}

/** What may change while an incident lasts. */
export function incidentAnnotations(notice: Notice): LabelSet {
  const { incident, link } = notice;
  const { sentence, lines, next } = details(notice);
  return {
    ...labelSet({
      summary: headline(notice),
      severity: incident.severity,
      cause: incident.cause.kind,
      extent: extentWords(incident.cause),
      rules: incident.rules.join(','),
      tunnels: String(incident.tunnels),
      acknowledged_by: incident.acknowledgement?.by ?? null,
      link,
    }),
    // The one value with lines of its own.
    description: [sentence, ...lines].filter((line) => line !== '').join('\n'),
    ...(next.length > 0 && { next: next.map((step, index) => `${index + 1}. ${step}`).join('\n') }),
  };
}

/** RFC 3339 in UTC. */
export function rfc3339(at: number): string {
  return new Date(at).toISOString();
}
