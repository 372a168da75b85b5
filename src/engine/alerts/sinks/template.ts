/**
 * Templates of webhooks, in mustache. Values are escaped for the content type: inside a text of JSON, for a form, for
 * HTML. A template is tried on samples when the settings are read, so that it cannot fail for the first time in an outage.
 */
import Mustache from 'mustache';
import type { Notice } from '../contract.ts';
import { extentWords, rfc3339 } from './labels.ts';
import { escapeHtml, escapeJson, oneLine, safeLink } from './plain.ts';
import { SAMPLES } from './samples.ts';
import { type WebhookBody, webhookBody } from './webhook-body.ts';
import { details, headline, incidentKey, kindWords } from './words.ts';

type Escape = (value: unknown) => string;

const asText = (value: unknown): string => (value === null || value === undefined ? '' : String(value));
const isJson = (contentType: string): boolean => /[/+]json\b/i.test(contentType);

function escapeFor(contentType: string): Escape {
  if (isJson(contentType)) return (value) => escapeJson(asText(value));
  if (/urlencoded/i.test(contentType)) return (value) => encodeURIComponent(asText(value).toWellFormed());
  if (/html|xml/i.test(contentType)) return (value) => escapeHtml(asText(value));
  return asText;
}

interface Entry {
  readonly text: string;
  /** Where a list ends, JSON wants no comma. */
  readonly last: boolean;
}

/** What a template may name. Lists know their last entry: `{{#lines}}"{{text}}"{{^last}},{{/last}}{{/lines}}`. */
export interface TemplateView {
  readonly kind: string;
  /** `Critical`, `Resolved`, …, and with the title behind it. */
  readonly words: string;
  readonly headline: string;
  readonly title: string;
  readonly sentence: string;
  readonly lines: readonly Entry[];
  readonly next: readonly Entry[];
  readonly status: 'firing' | 'resolved';
  readonly severity: string;
  readonly critical: boolean;
  readonly resolved: boolean;
  readonly test: boolean;
  readonly incident: string;
  readonly key: string;
  readonly cause: string;
  readonly extent: string;
  readonly tunnels: number;
  readonly accounts: string;
  readonly since: string;
  readonly at: string;
  readonly link: string;
  readonly receiver: string;
  readonly alerts: readonly (WebhookBody['alerts'][number] & { readonly last: boolean })[];
}

function entries(lines: readonly string[]): readonly Entry[] {
  return lines.map((text, index) => ({ text, last: index === lines.length - 1 }));
}

function viewOf(notice: Notice, receiver: string): TemplateView {
  const { incident, kind } = notice;
  const { alerts, status } = webhookBody(notice, receiver);
  const { sentence, lines, next } = details(notice);
  return {
    kind,
    words: kindWords(notice),
    headline: headline(notice),
    title: oneLine(notice.text.title),
    sentence,
    lines: entries(lines),
    next: entries(next),
    status,
    severity: incident.severity,
    critical: incident.severity === 'critical',
    resolved: kind === 'resolved',
    test: kind === 'test',
    incident: incident.id,
    key: incidentKey(incident),
    cause: incident.cause.kind,
    extent: extentWords(incident.cause),
    tunnels: incident.tunnels,
    accounts: incident.accountIds.map((id) => oneLine(notice.accounts[id] ?? id)).join(', '),
    since: rfc3339(incident.since),
    at: rfc3339(notice.at),
    link: safeLink(notice.link) ?? '',
    receiver,
    alerts: alerts.map((alert, index) => ({ ...alert, last: index === alerts.length - 1 })),
  };
}

/** The body for one notice. The template has passed `checkTemplate`. */
export function renderTemplate(template: string, contentType: string, notice: Notice, receiver: string): string {
  return Mustache.render(template, viewOf(notice, receiver), undefined, { escape: escapeFor(contentType) });
}

/** Kinds of tags in a parsed template, with those in sections. */
function tagsIn(tokens: readonly unknown[]): string[] {
  return tokens.flatMap((token) => {
    if (!Array.isArray(token)) return [];
    const inner: unknown = token[4];
    return [String(token[0]), ...(Array.isArray(inner) ? tagsIn(inner) : [])];
  });
}

/** What is wrong with a template, as the end of the sentence "expected …"; `null` when it is good. */
export function checkTemplate(template: string, contentType: string): string | null {
  let tags: string[];
  try {
    tags = tagsIn(Mustache.parse(template));
  } catch {
    return 'a mustache template whose tags and sections are closed';
  }
  if (tags.includes('>')) return 'a mustache template without partials ({{> name}})';
  if (!isJson(contentType)) return null;
  if (tags.includes('&')) {
    return 'a template without {{{name}}} and {{&name}}: such values would not be escaped, and a quote in a name would break the JSON';
  }
  for (const sample of SAMPLES) {
    try {
      JSON.parse(renderTemplate(template, contentType, sample, 'sample'));
    } catch {
      return `a template that gives valid JSON, also for a notice of kind ${sample.kind} with ${sample.alerts.length} alerts (lists: mind the comma after the last entry, see {{^last}})`;
    }
  }
  return null;
}
