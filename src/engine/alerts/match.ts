/** What matchers look at, and whether they fit. Pure. */
import type { Alert, AlertRule, AlertSeverity, Matcher, Subject } from '../../shared/alerts.ts';
import type { Labels } from './contract.ts';

const some = (value: string | null): readonly string[] => (value === null ? [] : [value]);

/** The labels of a subject; rule and severity are for alerts to add. */
export function labelsOfSubject(subject: Subject): Labels {
  const tunnel = subject.kind === 'tunnel' ? subject : null;
  const site = subject.kind === 'tunnel' || subject.kind === 'site' ? subject.site : null;
  return {
    rule: [],
    severity: [],
    account: subject.kind === 'app' ? [] : [subject.account, subject.accountId],
    site: some(site),
    tunnel: tunnel === null ? [] : [tunnel.name],
    tag: tunnel?.tags ?? [],
    cloudflareEndpoint: some(tunnel?.cloudflareEndpoint ?? null),
    customerEndpoint: some(tunnel?.customerEndpoint ?? null),
  };
}

/** The labels of an alert, or of what may become one. */
export function labelsOf(alert: Pick<Alert, 'subject'> & { rule?: AlertRule; severity?: AlertSeverity }): Labels {
  return {
    ...labelsOfSubject(alert.subject),
    rule: some(alert.rule ?? null),
    severity: some(alert.severity ?? null),
  };
}

/** Asked of labels. */
export type Fits = (labels: Labels) => boolean;

function compileOne({ name, op, value }: Matcher): Fits {
  const pattern = op === '=~' || op === '!~' ? new RegExp(`^(?:${value})$`, 'u') : null;
  const positive = op === '=' || op === '=~';
  const equal = (candidate: string): boolean => (pattern === null ? candidate === value : pattern.test(candidate));
  return (labels) => {
    const values = labels[name];
    // A label without a value is like the empty text, as in Prometheus.
    const hit = (values.length === 0 ? [''] : values).some(equal);
    return positive ? hit : !hit;
  };
}

/** Tells whether all matchers fit; no matcher fits everything. The patterns have been checked where they came in. */
export function compile(matchers: readonly Matcher[]): Fits {
  const parts = matchers.map(compileOne);
  return (labels) => parts.every((fits) => fits(labels));
}
