/** Sinks in the settings: where notices go. Secrets are named by their place, never written here. */
import { z } from 'zod';
import { checkTemplate } from '../alerts/sinks/template.ts';
import { flag, SECRET_EXPECTED, secretSource, span, text } from './fields.ts';
import { isReceiverUrl } from './url.ts';

const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
/** The outbox waits 15 s for any attempt. */
const LONGEST_ATTEMPT = 14 * SECOND;

const URL_EXPECTED = 'an http or https address without a user';
const receiverUrl = z
  .string({ error: URL_EXPECTED })
  .max(2048, { error: URL_EXPECTED })
  .refine(isReceiverUrl, { error: URL_EXPECTED });
const OPEN_OR_SECRET = `${URL_EXPECTED}, or, where it is a secret, ${SECRET_EXPECTED}`;
const openOrSecretUrl = z.union([receiverUrl, secretSource], { error: OPEN_OR_SECRET });

const TEXT_OR_SECRET = `a text, or, where it is a secret, ${SECRET_EXPECTED}`;
const NO_NUL = /^[^\0]*$/;
const textOrSecret = z.union([z.string().min(1).max(4096).regex(NO_NUL), secretSource], { error: TEXT_OR_SECRET });

/** A token of RFC 9110; what the transport sets itself is left to it. */
const HEADER = 'the name of a header (not host, content-length, connection or transfer-encoding)';
const headerName = z
  .string()
  .regex(/^(?!(?:host|content-length|connection|transfer-encoding)$)[!#$%&'*+.^_`|~0-9a-z-]{1,100}$/i, {
    error: HEADER,
  });
const headerValue = z.union(
  [
    z
      .string()
      .max(4096)
      .regex(/^[\x20-\x7e]+$/),
    secretSource,
  ],
  { error: `one line of plain text, or, where it is a secret, ${SECRET_EXPECTED}` },
);
const headers = z.record(headerName, headerValue, { error: 'a mapping from names of headers to values' }).prefault({});

const name = text('a name of 1 to 100 characters', 100);
const username = text('a user name', 200).optional();
const password = secretSource.optional();

const TEMPLATE = 'a mustache template';
const webhook = z
  .strictObject({
    type: z.literal('webhook'),
    name,
    url: openOrSecretUrl,
    method: z.enum(['POST', 'PUT'], { error: 'POST or PUT' }).prefault('POST'),
    headers,
    contentType: text('a media type such as application/json', 200)
      .regex(/^[\w.+-]+\/[\w.+-]+(?:; ?[\w-]+=[\w-]+)?$/, { error: 'a media type such as application/json' })
      .prefault('application/json'),
    template: z.string({ error: TEMPLATE }).min(1, { error: TEMPLATE }).max(20_000, { error: TEMPLATE }).optional(),
    /** Signs the body. */
    hmac: z
      .strictObject(
        { secret: secretSource, header: headerName.prefault('X-Tunnelwatch-Signature') },
        { error: '{ secret, header }' },
      )
      .optional(),
    /** Also when only the extent changed. Default: with our own shape, whose receivers know updates; not with a template. */
    updates: flag.optional(),
  })
  .superRefine(({ template, contentType }, context) => {
    const message = template === undefined ? null : checkTemplate(template, contentType);
    if (message !== null) context.addIssue({ code: 'custom', path: ['template'], message });
  });

const slack = z.strictObject({ type: z.literal('slack'), name, url: secretSource });
const teams = z.strictObject({ type: z.literal('teams'), name, url: secretSource });

const pagerduty = z.strictObject({
  type: z.literal('pagerduty'),
  name,
  /** The integration key of a service. */
  key: secretSource,
  region: z.enum(['us', 'eu'], { error: 'us or eu' }).prefault('us'),
  /** Another receiver that speaks Events API v2, instead of PagerDuty's own of the region. */
  url: receiverUrl.optional(),
});

const LABEL = 'the name of a label: letters, digits and underscores';
const alertmanager = z
  .strictObject({
    type: z.literal('alertmanager'),
    name,
    /** Each peer of a cluster, with the path prefix when there is one. */
    urls: z
      .array(receiverUrl, { error: 'a list of addresses' })
      .min(1, { error: 'at least one address' })
      .max(20, { error: 'at most 20 addresses' }),
    username,
    password,
    token: secretSource.optional(),
    headers,
    /** Added to the labels of each alert, for routing. */
    labels: z
      .record(z.string().regex(/^(?!__)[a-zA-Z_][a-zA-Z0-9_]*$/, { error: LABEL }), text('a text', 500), {
        error: 'a mapping from names of labels to texts',
      })
      .prefault({}),
    repeat: span(10 * SECOND, HOUR).prefault('1m'),
  })
  .superRefine(oneWayIn);

const ntfy = z
  .strictObject({
    type: z.literal('ntfy'),
    name,
    server: receiverUrl.prefault('https://ntfy.sh'),
    topic: z.union([z.string().regex(/^[-_A-Za-z0-9]{1,64}$/), secretSource], {
      error: `a topic of 1 to 64 letters, digits, - and _, or, where it is a secret, ${SECRET_EXPECTED}`,
    }),
    token: secretSource.optional(),
    username,
    password,
  })
  .superRefine(oneWayIn);

const ADDRESS = 'an e-mail address, or a name with one: Tunnelwatch <alerts@example.com>';
const address = text(ADDRESS, 320).regex(/^(?:[^<>@\r\n,;"]{1,100} )?<?[^\s<>@,;"]+@[^\s<>@,;"]+>?$/, {
  error: ADDRESS,
});
const email = z
  .strictObject({
    type: z.literal('email'),
    name,
    host: text('the name of a mail server', 253),
    port: z
      .int({ error: 'a port from 1 to 65535' })
      .min(1, { error: 'a port from 1 to 65535' })
      .max(65_535, { error: 'a port from 1 to 65535' })
      .optional(),
    /** `starttls` insists on it (port 587), `implicit` begins with TLS (465), `none` is for a relay on this machine (25). */
    tls: z.enum(['starttls', 'implicit', 'none'], { error: 'starttls, implicit or none' }).prefault('starttls'),
    username,
    password,
    from: address,
    to: z
      .array(address, { error: 'a list of e-mail addresses' })
      .min(1, { error: 'at least one address' })
      .max(50, { error: 'at most 50 addresses' }),
  })
  .superRefine(userAndPassword);

const VARIABLE = 'the name of an environment variable';
const command = z.strictObject({
  type: z.literal('command'),
  name,
  /** The program and its arguments; no shell reads them. */
  command: z
    .array(z.string({ error: 'a text' }).max(4096, { error: 'a text' }).regex(NO_NUL, { error: 'a text' }), {
      error: 'a list: the program, its arguments',
    })
    .min(1, { error: 'a list: the program, its arguments' })
    .max(100, { error: 'at most 100 arguments' }),
  env: z
    .record(z.string().regex(/^[A-Za-z_][A-Za-z0-9_]*$/, { error: VARIABLE }), textOrSecret, {
      error: 'a mapping from names of environment variables to values',
    })
    .prefault({}),
  timeout: span(SECOND, LONGEST_ATTEMPT).prefault('10s'),
  updates: flag.prefault(false),
});

const heartbeat = z.strictObject({
  type: z.literal('heartbeat'),
  name,
  url: openOrSecretUrl,
  method: z.enum(['GET', 'POST'], { error: 'GET or POST' }).prefault('GET'),
  every: span(10 * SECOND, 24 * HOUR).prefault('1m'),
});

const native = z.strictObject({ type: z.literal('native'), name });

interface WayIn {
  readonly username?: string | undefined;
  readonly password?: unknown;
  readonly token?: unknown;
}

function userAndPassword({ username: user, password: pass }: WayIn, context: z.RefinementCtx): void {
  if ((user === undefined) !== (pass === undefined))
    context.addIssue({ code: 'custom', path: [], message: 'username and password together' });
}

function oneWayIn(way: WayIn, context: z.RefinementCtx): void {
  userAndPassword(way, context);
  if (way.token !== undefined && way.username !== undefined)
    context.addIssue({ code: 'custom', path: [], message: 'either token or username and password' });
}

const TYPES = [webhook, slack, teams, pagerduty, alertmanager, ntfy, email, command, heartbeat, native] as const;
const TYPE_NAMES = 'webhook, slack, teams, pagerduty, alertmanager, ntfy, email, command, heartbeat, native';

/** One sink. */
export const sink = z.discriminatedUnion('type', TYPES, { error: `one of the types ${TYPE_NAMES}` });

/** Types that take no notices: a route to them would tell nobody. */
export const takesNotices = ({ type }: { readonly type: string }): boolean => type !== 'heartbeat';
