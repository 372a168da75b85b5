/**
 * The one schema of the config file of the headless host and of the desktop's settings. Every `error` text completes the
 * sentence "expected …"; `problems.ts` adds where it is and what was found there.
 */
import { z } from 'zod';
import { ALERT_LANGUAGES } from '../../shared/alert-words/languages.ts';
import { ACCOUNT_NUMBER_PATTERN } from '../../shared/ike.ts';
import type { AccountId, Millis } from '../../shared/model.ts';
import { alerts } from './alerts-schema.ts';
import { duration, secretSource, span, text } from './fields.ts';
import { slo } from './slo-schema.ts';
import { isLoopbackHost, isProxyUrl, readApiBase } from './url.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

export { SECRET_EXPECTED, type SecretSource } from './fields.ts';

export const DEFAULT_API_BASE = 'https://api.cloudflare.com/client/v4';

const apiBaseExpected = 'an https address without user, query or fragment (plain http only to loopback)';
const apiBase = z
  .string({ error: apiBaseExpected })
  .refine((written) => readApiBase(written) !== null, { error: apiBaseExpected })
  .transform((written) => readApiBase(written) ?? DEFAULT_API_BASE)
  .prefault(DEFAULT_API_BASE);

const ID_EXPECTED = 'the 32 hexadecimal digits of the account id';
const NUMBER_EXPECTED = "Cloudflare's numeric account id as a text, such as '123456789': not the 32 hexadecimal digits";
const EMAIL_EXPECTED = 'the e-mail address that the API key belongs to';
const AUTH_EXPECTED = 'exactly one of token and key';

const account = z
  .strictObject(
    {
      name: text('a name of 1 to 100 characters', 100),
      id: z
        .string({ error: ID_EXPECTED })
        .regex(/^[0-9a-fA-F]{32}$/, { error: ID_EXPECTED })
        .transform((id) => id.toLowerCase() as AccountId),
      /** Cloudflare's numeric account id, for IKE identities; learned where tunnels tell it. */
      number: z.string({ error: NUMBER_EXPECTED }).regex(ACCOUNT_NUMBER_PATTERN, { error: NUMBER_EXPECTED }).optional(),
      token: secretSource.optional(),
      /** Only for changes, which are off without it; monitoring never uses it. */
      writeToken: secretSource.optional(),
      key: z
        .strictObject(
          { email: z.email({ error: EMAIL_EXPECTED }), key: secretSource },
          { error: '{ email: ADDRESS, key: … }' },
        )
        .optional(),
      apiBase,
      interval: duration(10_000, HOUR, '30s'),
      healthInterval: duration(10_000, HOUR, '60s'),
    },
    { error: 'an account: { name, id, token }' },
  )
  .refine((one) => (one.token === undefined) !== (one.key === undefined), { error: AUTH_EXPECTED });

const accounts = z
  .array(account, { error: 'a list of accounts' })
  .max(100, { error: 'at most 100 accounts' })
  .superRefine((list, context) => {
    const seen = new Map<string, string>();
    for (const [index, { id, name }] of list.entries()) {
      const earlier = seen.get(id);
      seen.set(id, name);
      if (earlier === undefined) continue;
      context.addIssue({
        code: 'custom',
        path: [index, 'id'],
        message: `an id of its own: the account ${JSON.stringify(earlier)} has this one already`,
      });
    }
  })
  .prefault([]);

const ordered = (ages: { readonly aging: Millis; readonly due: Millis; readonly stale: Millis }): boolean =>
  ages.aging < ages.due && ages.due < ages.stale;
const KEY_TAG = 'a tag without blanks, of 1 to 50 characters, written without the #';
const age = span(DAY, 3650 * DAY);
const taggedPolicy = z
  .strictObject(
    { tag: text(KEY_TAG, 50).regex(/^[^\s#]+$/, { error: KEY_TAG }), aging: age, due: age, stale: age },
    { error: 'a policy: { tag, aging, due, stale }' },
  )
  .refine(ordered, { error: 'aging < due < stale' });

function eachTagOnce(list: readonly { readonly tag: string }[], context: z.RefinementCtx): void {
  const seen = new Set<string>();
  for (const [index, { tag }] of list.entries()) {
    const small = tag.toLowerCase();
    if (seen.has(small)) context.addIssue({ code: 'custom', path: [index, 'tag'], message: 'a tag of its own' });
    seen.add(small);
  }
}

const psk = z
  .strictObject(
    {
      aging: duration(DAY, 3650 * DAY, '90d'),
      due: duration(DAY, 3650 * DAY, '180d'),
      stale: duration(DAY, 3650 * DAY, '365d'),
      /** A tunnel with several of the tags has the strictest policy. */
      tags: z
        .array(taggedPolicy, { error: 'a list of policies' })
        .max(100, { error: 'at most 100 policies' })
        .superRefine(eachTagOnce)
        .prefault([]),
    },
    { error: 'the ages { aging, due, stale } and tags' },
  )
  .refine(ordered, { error: 'aging < due < stale' })
  .prefault({});

const retention = z
  .strictObject(
    { changes: duration(DAY, 3650 * DAY, '90d'), rollups: duration(DAY, 3650 * DAY, '365d') },
    { error: 'the times { changes, rollups }' },
  )
  .prefault({});

const PROXY_EXPECTED = 'the address of a proxy, such as http://proxy.example:3128';
const network = z
  .strictObject(
    {
      proxy: z.string({ error: PROXY_EXPECTED }).refine(isProxyUrl, { error: PROXY_EXPECTED }).optional(),
      noProxy: text('hosts that are reached without the proxy, separated by commas', 2000).optional(),
      caFile: text('the path of a PEM file with further certificate authorities', 4096).optional(),
    },
    { error: 'the settings { proxy, noProxy, caFile }' },
  )
  .prefault({});

const OPEN_EXPECTED = 'a loopback address, or server.token beside it: who is not on this machine needs an access token';
const PORT_EXPECTED = 'a port from 0 (any free one) to 65535';
const server = z
  .strictObject(
    {
      host: text('the address to listen on', 253).prefault('127.0.0.1'),
      port: z
        .int({ error: PORT_EXPECTED })
        .min(0, { error: PORT_EXPECTED })
        .max(65_535, { error: PORT_EXPECTED })
        .prefault(8484),
      token: secretSource.optional(),
      wallToken: secretSource.optional(),
      names: z
        .array(text('a host name', 253), { error: 'a list of host names' })
        .max(20, { error: 'at most 20 host names' })
        .prefault([]),
    },
    { error: 'the settings { host, port, token, wallToken, names }' },
  )
  .refine(({ host, token }) => token !== undefined || isLoopbackHost(host), { path: ['host'], error: OPEN_EXPECTED })
  .refine(({ token, wallToken }) => wallToken === undefined || token !== undefined, {
    path: ['wallToken'],
    error: 'server.token beside it: without one everybody may do everything',
  })
  .prefault({});

const LEVELS = ['error', 'warn', 'info', 'debug'] as const;

/** The settings as written (`z.input`) and as read (`z.output`: durations in milliseconds, every default filled in). */
export const settingsSchema = z.strictObject(
  {
    $schema: z.string({ error: 'the address of a JSON Schema' }).optional(),
    accounts,
    psk,
    retention,
    alerts,
    slo,
    /** Of notices, and of menu and tray on a desktop. Left out: that of the desktop's system, elsewhere English. */
    language: z.enum(ALERT_LANGUAGES, { error: `one of ${ALERT_LANGUAGES.join(', ')}` }).optional(),
    network,
    data: z
      .strictObject({ dir: text('the path of a folder', 4096).optional() }, { error: 'the setting { dir }' })
      .prefault({}),
    server,
    log: z
      .strictObject(
        { level: z.enum(LEVELS, { error: `one of ${LEVELS.join(', ')}` }).prefault('info') },
        { error: 'the setting { level }' },
      )
      .prefault({}),
  },
  { error: 'a mapping of settings, beginning with accounts' },
);

export type SettingsInput = z.input<typeof settingsSchema>;
export type Settings = z.output<typeof settingsSchema>;
export type AlertSettings = Settings['alerts'];
export type SinkSettings = AlertSettings['sinks'][number];
export type AccountSettings = Settings['accounts'][number];

/** JSON Schema (draft 2020-12) of the config file, for editors. Durations are described as they are written. */
export function jsonSchema(): object {
  return { title: 'Tunnelwatch configuration', ...z.toJSONSchema(settingsSchema, { io: 'input' }) };
}
