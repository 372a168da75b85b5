/** The JSON bodies of alerts.db, checked when they are read: a row that does not fit costs that row alone. */
import { z } from 'zod';
import { ALERT_LANGUAGES } from '../../../shared/alert-words/languages.ts';
import {
  ALERT_RULES,
  ALERT_SEVERITIES,
  type Alert,
  type Cause,
  type Extent,
  type Incident,
  type IncidentStep,
  MATCHER_NAMES,
  NOTICE_KINDS,
  type Silence,
  type Subject,
} from '../../../shared/alerts.ts';
import type { AccountId, EventDetail, TunnelKey } from '../../../shared/model.ts';
import type { Notice, PlanMemory } from '../contract.ts';

const text = z.string();
const texts = z.array(text);
const instant = z.number();
const maybe = instant.nullable();
const count = z.number();
const accountId = text.transform((id) => id as AccountId);
const key = text.transform((id) => id as TunnelKey);
const rule = z.enum(ALERT_RULES);
const severity = z.enum(ALERT_SEVERITIES);
const facts: z.ZodType<EventDetail> = z.record(text, z.union([text, z.number(), z.boolean(), z.null()]));

const subject: z.ZodType<Subject> = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('tunnel'),
    accountId,
    account: text,
    key,
    name: text,
    site: text.nullable(),
    cloudflareEndpoint: text,
    customerEndpoint: text.nullable(),
    tags: texts,
  }),
  z.object({ kind: z.literal('site'), accountId, account: text, site: text }),
  z.object({ kind: z.literal('account'), accountId, account: text }),
  z.object({ kind: z.literal('app') }),
]);

export const alertBody: z.ZodType<Alert> = z.object({
  id: text,
  rule,
  severity,
  phase: z.enum(['pending', 'firing', 'recovering', 'resolved']),
  subject,
  since: instant,
  exact: z.boolean(),
  firedAt: maybe,
  resolvedAt: maybe,
  returns: count,
  unseen: z.boolean(),
  facts,
});

const extent: z.ZodType<Extent> = z.object({ failing: count, of: count });

const cause: z.ZodType<Cause> = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('tunnel'), accountId, key, name: text }),
  z.object({ kind: z.literal('site'), accountId, site: text, extent }),
  z.object({ kind: z.literal('cloudflare-endpoint'), accountId, address: text, extent, others: extent }),
  z.object({ kind: z.literal('customer-endpoint'), accountId, address: text, extent, others: extent }),
  z.object({ kind: z.literal('account'), accountId, extent }),
  z.object({ kind: z.literal('rule'), accountId, rule, extent }),
  z.object({ kind: z.literal('blind'), accountIds: z.array(accountId) }),
  z.object({ kind: z.literal('app') }),
]);

export const incidentBody: z.ZodType<Incident> = z.object({
  id: text,
  cause,
  severity,
  phase: z.enum(['firing', 'recovering', 'resolved']),
  since: instant,
  exact: z.boolean(),
  openedAt: instant,
  changedAt: instant,
  resolvedAt: maybe,
  rules: z.array(rule),
  accountIds: z.array(accountId),
  counts: z.object({ pending: count, firing: count, recovering: count, resolved: count }),
  tunnels: count,
  lead: alertBody,
  priorChange: z.object({ at: instant, key, name: text, change: facts }).nullable(),
  returns: count,
  acknowledgement: z.object({ by: text, at: instant, comment: text, until: maybe }).nullable(),
  silencedBy: texts,
  fresh: z.boolean(),
  delivery: z.enum(['none', 'waiting', 'delivered', 'failed']),
});

export const stepBody: z.ZodType<IncidentStep> = z.object({
  at: instant,
  what: z.enum([
    'opened',
    'worse',
    'milder',
    'grew',
    'cause',
    'recovering',
    'returned',
    'resolved',
    'acknowledged',
    'unacknowledged',
    'silenced',
    'unsilenced',
    'escalated',
    'reminded',
  ]),
  by: text.nullable(),
  note: text,
});

export const memoryBody: z.ZodType<PlanMemory> = z.object({
  incidentId: text,
  sinks: z.array(
    z.object({
      name: text,
      since: instant,
      severity,
      cause: text,
      toldAt: instant,
      pagedAt: instant,
      heldUntil: maybe,
    }),
  ),
  unattendedSince: instant,
  escalated: texts,
  acknowledged: z.object({ at: instant, until: maybe, severity, over: z.boolean() }).nullable(),
  hushed: z.boolean(),
});

export const silenceBody: z.ZodType<Silence> = z.object({
  id: text,
  matchers: z.array(z.object({ name: z.enum(MATCHER_NAMES), op: z.enum(['=', '!=', '=~', '!~']), value: text })),
  startsAt: instant,
  endsAt: instant,
  by: text,
  comment: text,
  createdAt: instant,
});

export const noticeBody: z.ZodType<Notice> = z.object({
  kind: z.enum(NOTICE_KINDS),
  at: instant,
  incident: incidentBody,
  alerts: z.array(alertBody),
  text: z.object({ title: text, sentence: text, lines: texts, next: texts }),
  language: z.enum(ALERT_LANGUAGES).optional(),
  accounts: z.record(text, text),
  link: text.nullable(),
});

/** The states in which a delivery can be found. */
export const deliveryState = z.enum(['waiting', 'delivered', 'failed', 'held', 'superseded']);
export const noticeKind = z.enum(NOTICE_KINDS);
