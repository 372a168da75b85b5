/** Puts a notice together: the incident, what shows of it, and the words. */
import { noticeText } from '../../shared/alert-words/index.ts';
import { type AlertLanguage, PHRASES } from '../../shared/alert-words/languages.ts';
import type { Alert, Incident, NoticeKind } from '../../shared/alerts.ts';
import type { AccountId, Instant } from '../../shared/model.ts';
import type { Notice, NoticeText } from './contract.ts';
import { sayIn } from './say.ts';

/** Receivers need no more to act; the app has them all. */
const MOST_ALERTS = 50;

export interface NoticeFacts {
  /** `null` makes a notice about nothing, to try a sink. */
  readonly incident: Incident | null;
  /** Worst first. */
  readonly alerts: readonly Alert[];
  readonly kind: NoticeKind;
  readonly at: Instant;
  readonly zone: string;
  readonly language?: AlertLanguage | undefined;
  /** Address of the app. */
  readonly link: string | null;
  /** Names of accounts by id. */
  readonly names: Readonly<Record<string, string>>;
}

/** The notice, ready for any sink. */
export function makeNotice({ incident, alerts, kind, at, zone, language = 'en', link, names }: NoticeFacts): Notice {
  if (incident === null) {
    const sample = sampleIncident(at);
    const { title, sentence } = PHRASES[language].notices.test;
    const text: NoticeText = { title, sentence, lines: [], next: [] };
    return { kind, at, incident: sample, alerts: [], text, language, accounts: names, link };
  }
  const say = sayIn(zone, at, (id: AccountId) => names[id] ?? id, language);
  return {
    kind,
    at,
    incident,
    alerts: alerts.slice(0, MOST_ALERTS),
    text: noticeText(incident, alerts, kind, say),
    language,
    accounts: names,
    link: link === null ? null : `${link.replace(/[/#]+$/, '')}/#/alerts/${incident.id}`,
  };
}

/** Stands in a test for what is wrong: nothing. Its number is never used for a real one. */
function sampleIncident(at: Instant): Incident {
  const lead: Alert = {
    id: 'test',
    rule: 'store-failing',
    severity: 'info',
    phase: 'firing',
    subject: { kind: 'app' },
    since: at,
    exact: true,
    firedAt: at,
    resolvedAt: null,
    returns: 0,
    unseen: false,
    facts: {},
  };
  return {
    id: 'i-0',
    cause: { kind: 'app' },
    severity: 'info',
    phase: 'firing',
    since: at,
    exact: true,
    openedAt: at,
    changedAt: at,
    resolvedAt: null,
    rules: [],
    accountIds: [],
    counts: { pending: 0, firing: 1, recovering: 0, resolved: 0 },
    tunnels: 0,
    lead,
    priorChange: null,
    returns: 0,
    acknowledgement: null,
    silencedBy: [],
    fresh: false,
    delivery: 'none',
  };
}
