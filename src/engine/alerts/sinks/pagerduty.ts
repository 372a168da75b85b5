/**
 * PagerDuty, Events API v2. One `dedup_key` (at most 255 characters) for each incident, so that what follows a trigger
 * joins it and the resolve ends it; the routing key must be the same for all of them. `summary` has at most 1,024
 * characters. 202 means accepted; 429 and 5xx are tried again, other refusals are not.
 */
import type { Attempt, Notice, Notifier } from '../contract.ts';
import type { HeldSecret } from './held-secret.ts';
import { objectOf } from './json-answer.ts';
import { accountLabels, extentWords, labelSet, rfc3339 } from './labels.ts';
import { cut, safeLink } from './plain.ts';
import { notYet, sentenceOf } from './sink.ts';
import { hostOf, send, type Web } from './web.ts';
import { deliveryKey, details, headline, incidentKey } from './words.ts';

/** The receivers of PagerDuty's two service regions. */
export const PAGERDUTY_URLS = {
  us: 'https://events.pagerduty.com/v2/enqueue',
  eu: 'https://events.eu.pagerduty.com/v2/enqueue',
} as const;

const SUMMARY = 1024;
const DEDUP_KEY = 255;

type Action = 'trigger' | 'resolve';

/** The event for a notice, without the key that says whose it is. */
export function pagerDutyEvent(notice: Notice, action: Action, id: string): object {
  const { incident, kind } = notice;
  // A test has no incident: it must not join, and not resolve, a real one.
  const subject = kind === 'test' ? deliveryKey(notice, id) : `tunnelwatch-${incidentKey(incident)}`;
  const { sentence, lines, next } = details(notice);
  const account = accountLabels(notice);
  const { cause } = incident;
  const link = safeLink(notice.link);
  const about = 'name' in cause ? cause.name : 'site' in cause ? cause.site : 'address' in cause ? cause.address : null;
  return {
    event_action: action,
    dedup_key: subject.slice(0, DEDUP_KEY),
    client: 'Tunnelwatch',
    ...(link !== null && { client_url: link, links: [{ href: link, text: 'Open in Tunnelwatch' }] }),
    payload: {
      summary: cut(headline(notice), SUMMARY),
      source: account.account ?? account.account_id ?? 'tunnelwatch',
      // The three words of ours are three of PagerDuty's four.
      severity: incident.severity,
      timestamp: rfc3339(incident.since),
      ...labelSet({ component: about, group: account.account ?? null, class: incident.rules.join(',') }),
      custom_details: {
        kind,
        ...labelSet({ cause: cause.kind, extent: extentWords(cause), incident: incident.id }),
        sentence: cut(sentence, 4000),
        alerts: lines.map((line) => cut(line, 500)),
        check_next: next.map((line) => cut(line, 500)),
      },
    },
  };
}

export interface PagerDutyOptions {
  readonly name: string;
  readonly url: HeldSecret;
  readonly key: HeldSecret;
}

/** A test opens an incident of the lowest urgency and resolves it at once. */
export function pagerDutyNotifier({ name, url, key }: PagerDutyOptions, web: Web): Notifier {
  async function post(notice: Notice, action: Action, id: string, signal: AbortSignal): Promise<Attempt> {
    const read = await key.read();
    if (!read.ok) return notYet(sentenceOf(`There is no routing key: ${read.error}`));
    const attempt = await send(
      web,
      {
        url,
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ routing_key: read.value, ...pagerDutyEvent(notice, action, id) }),
        secrets: [read.value],
        check: (reply) => (objectOf(reply)?.status === 'success' ? null : 'this is not how PagerDuty accepts an event'),
      },
      signal,
    );
    if (!attempt.ok && !attempt.retry) key.forget();
    return attempt;
  }
  return {
    name,
    type: 'pagerduty',
    get target() {
      return hostOf(url);
    },
    // An update joins the incident's log and pages nobody.
    kinds: ['firing', 'worse', 'reminder', 'escalation', 'update', 'resolved', 'test'],
    async deliver(notice, id, signal) {
      const first = await post(notice, notice.kind === 'resolved' ? 'resolve' : 'trigger', id, signal);
      return first.ok && notice.kind === 'test' ? post(notice, 'resolve', id, signal) : first;
    },
  };
}
