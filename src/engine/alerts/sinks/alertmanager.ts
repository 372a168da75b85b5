/**
 * Prometheus Alertmanager, API v2. An alert there is its set of labels, so nothing stands among the labels that may change
 * while an incident lasts: severity, cause, extent and words are annotations. (To route by severity there, use one sink for
 * each severity with a label of its own, and routes here.) What is not sent again is forgotten: `endsAt` lies three
 * repeats ahead, and what is resolved is said for five minutes more. Peers do not tell each other of alerts: each is told.
 */
import type { Millis } from '../../../shared/model.ts';
import type { Attempt, Notice, Notifier } from '../contract.ts';
import { loginHeaders, type WebLogin } from './credentials.ts';
import type { HeldSecret } from './held-secret.ts';
import { accountLabels, incidentAnnotations, type LabelSet, labelSet, rfc3339 } from './labels.ts';
import { safeLink } from './plain.ts';
import { delivered, notYet } from './sink.ts';
import { hostOf, notAPage, type SecretHeader, send, type Web } from './web.ts';
import { incidentKey } from './words.ts';

/** Grafana learned it: an alert that ends between two repeats flaps. */
const REPEATS_AHEAD = 3;
/** Alertmanager's own `resolve_timeout`. */
const RESOLVED_FOR_MS: Millis = 300_000;

export interface AlertmanagerOptions {
  readonly name: string;
  /** Each peer, with its path prefix. */
  readonly peers: readonly HeldSecret[];
  readonly login: WebLogin;
  /** For instance `X-Scope-OrgID`. */
  readonly headers: readonly SecretHeader[];
  readonly labels: LabelSet;
  readonly repeatMs: Millis;
}

/** One incident as Alertmanager's alert. `now` is wall time. */
export function alertmanagerAlert(notice: Notice, labels: LabelSet, repeatMs: Millis, now: number): object {
  const { incident, kind } = notice;
  const link = safeLink(notice.link);
  const over = kind === 'resolved' || kind === 'test';
  const ended = Math.min(now, incident.resolvedAt ?? now);
  const endsAt = over ? Math.max(ended, incident.since) : now + REPEATS_AHEAD * repeatMs;
  return {
    labels: labelSet({
      ...labels,
      alertname: kind === 'test' ? 'TunnelwatchTest' : 'TunnelwatchIncident',
      service: 'tunnelwatch',
      incident: incidentKey(incident),
      ...accountLabels(notice),
    }),
    annotations: incidentAnnotations(notice),
    startsAt: rfc3339(incident.since),
    endsAt: rfc3339(endsAt),
    ...(link !== null && { generatorURL: link }),
  };
}

/** All answers as one: whoever has it hears it again soon, so one peer is enough for "delivered". */
function together(attempts: readonly Attempt[]): Attempt {
  const [first] = attempts;
  if (attempts.length === 1 && first !== undefined) return first;
  const failed = attempts.filter((attempt) => !attempt.ok);
  const words = failed.map(({ sentence }) => sentence).join(' ');
  if (failed.length === 0) return delivered(`All ${attempts.length} peers took it.`);
  if (failed.length < attempts.length) {
    return delivered(`${attempts.length - failed.length} of ${attempts.length} peers took it. ${words}`);
  }
  const retrying = failed.filter((attempt) => attempt.retry);
  if (retrying.length === 0) return { ok: false, sentence: words, retry: false, retryAfterMs: null };
  const waits = retrying.map(({ retryAfterMs }) => retryAfterMs ?? 0);
  return notYet(words, Math.min(...waits) || null);
}

/** A test is sent as an alert that has ended already: it is accepted, and tells nobody. */
export function alertmanagerNotifier(options: AlertmanagerOptions, web: Web): Notifier {
  const { name, peers, repeatMs } = options;
  return {
    name,
    type: 'alertmanager',
    get target() {
      return peers.map(hostOf).join(', ');
    },
    kinds: ['firing', 'worse', 'reminder', 'escalation', 'update', 'resolved', 'test'],
    repeat: { everyMs: repeatMs, resolvedForMs: RESOLVED_FOR_MS },
    async deliver(notice, _id, signal) {
      const body = JSON.stringify([alertmanagerAlert(notice, options.labels, repeatMs, web.clock.now())]);
      const attempts = peers.map((url) =>
        send(
          web,
          {
            url,
            path: '/api/v2/alerts',
            method: 'POST',
            headers: { 'content-type': 'application/json' },
            secretHeaders: [...loginHeaders(options.login), ...options.headers],
            body,
            check: notAPage,
          },
          signal,
        ),
      );
      return together(await Promise.all(attempts));
    },
  };
}
