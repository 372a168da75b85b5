/**
 * What a renderer may ask, checked: exact keys, bounded sizes. The types of `Calls` say the same to the compiler; a call
 * without a schema here does not compile.
 */
import { z } from 'zod';
import { MATCHER_NAMES } from '../../shared/alerts.ts';
import type { CallName, Calls } from '../../shared/bridge.ts';
import { LANES } from '../../shared/model.ts';
import { LONGEST_PAUSE_MS } from '../../shared/settings.ts';
import { DESK_SCHEMAS } from './desk-schemas.ts';
import { accountId, by, comment, instant, keep, key, limit, token } from './schema-parts.ts';

/** Most tunnels in one `lanes` call. */
export const MOST_KEYS = 200;
const incidentId = z.string().regex(/^i-\d{1,12}$/);
const ids = z.array(incidentId).min(1).max(500);
const sinkName = z.string().min(1).max(60);

/** A regular expression that somebody writes here runs on names: it has to be one, and short. */
const isPattern = (text: string): boolean => {
  try {
    new RegExp(text, 'u');
    return true;
  } catch {
    return false;
  }
};
const matcher = z
  .strictObject({
    name: z.enum(MATCHER_NAMES),
    op: z.enum(['=', '!=', '=~', '!~']),
    value: z.string().max(200),
  })
  .refine(({ op, value }) => !op.endsWith('~') || isPattern(value), {
    path: ['value'],
    error: 'no regular expression',
  });
const matchers = z.array(matcher).min(1).max(20);

/** Plain data of any shape; what it means is checked where the settings are read. */
const json = z.json();
const address = z.string().max(2_048);
const preferences = z
  .strictObject({
    startAtLogin: z.boolean(),
    closeToTray: z.boolean(),
    notifications: z.boolean(),
    sound: z.boolean(),
    volume: z.number().min(0).max(1),
    trayFilter: z.string().max(200),
    updates: z.enum(['automatic', 'check', 'off']),
  })
  .partial();

export const CALL_SCHEMAS: { readonly [N in CallName]: z.ZodType<Calls[N]['args']> } = {
  tunnel: z.strictObject({ key }),
  lanes: z
    .strictObject({
      keys: z.array(key).min(1).max(MOST_KEYS),
      lanes: z.array(z.enum(LANES)).min(1).max(LANES.length),
      from: instant,
      to: instant,
    })
    .refine(({ from, to }) => from <= to, { path: ['to'], error: 'must not be before from' }),
  events: z.strictObject({
    key: key.nullable(),
    accountId: accountId.nullable(),
    before: z.int().min(0).nullable(),
    limit,
  }),
  changes: z.strictObject({ key, from: instant, limit }),
  availability: z.strictObject({ key }),
  watch: z.strictObject({ key }),
  pollNow: z.strictObject({ accountId: accountId.nullable() }),
  startPractice: z.strictObject({}),
  incident: z.strictObject({ id: incidentId }),
  incidents: z.strictObject({ before: instant.nullable(), limit }),
  incidentsOf: z.strictObject({ key }),
  acknowledge: z.strictObject({ ids, by, comment, until: instant.nullable() }),
  unacknowledge: z.strictObject({ ids, by }),
  silence: z
    .strictObject({ matchers, startsAt: instant, endsAt: instant, by, comment })
    .refine(({ startsAt, endsAt }) => startsAt < endsAt, { path: ['endsAt'], error: 'must be after startsAt' }),
  expireSilence: z.strictObject({ id: z.string().min(1).max(60), by }),
  previewSilence: z.strictObject({ matchers }),
  markSeen: z.strictObject({ ids }),
  deliveries: z.strictObject({ sink: sinkName.nullable(), before: z.int().min(0).nullable(), limit }),
  testSink: z.strictObject({ sink: sinkName }),
  rules: z.strictObject({}),
  settings: z.strictObject({}),
  saveSettings: z.strictObject({ document: z.record(z.string().max(100), json) }),
  saveSettingsText: z.strictObject({ text: z.string().max(1_000_000) }),
  settingsText: z.strictObject({}),
  checkAccount: z.strictObject({ id: z.string().max(64), token: token.nullable(), apiBase: address.nullable() }),
  addAccount: z.strictObject({
    name: z.string().max(200),
    id: z.string().max(64),
    token,
    keep,
    apiBase: address.nullable(),
  }),
  setToken: z.strictObject({ accountId, token, keep }),
  removeAccount: z.strictObject({ accountId }),
  diagnostics: z.strictObject({}),
  desktop: z.strictObject({}),
  setDesktop: z.strictObject({ preferences }),
  pause: z.strictObject({ forMs: z.number().min(1_000).max(LONGEST_PAUSE_MS).nullable() }),
  resume: z.strictObject({}),
  ...DESK_SCHEMAS,
};

/** True for the names of `Calls` alone; what objects inherit is no call. */
export function isCallName(name: string): name is CallName {
  return Object.hasOwn(CALL_SCHEMAS, name);
}
