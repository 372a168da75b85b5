/**
 * The words for what can go wrong between us and Cloudflare: one plain sentence for each kind, all in one table. How an
 * error or an answer becomes a kind is in `fault-of-error.ts` and `fault-of-reply.ts`.
 */
import type { Fault, FaultKind, Millis } from '../../shared/model.ts';

/** What was asked, as far as a sentence needs it. */
export interface FaultContext {
  /** Where we asked, for instance `api.cloudflare.com`. */
  readonly host: string;
  readonly account: string | null;
  /** The exact name of the token permission that the question needs. */
  readonly permission: string | null;
  /** What must not appear in any sentence, whoever wrote it: the credential, and the keys in our request. */
  readonly secrets: readonly string[];
  /** The request would change something, so that "no answer" leaves open whether it did. */
  readonly write: boolean;
  readonly deadlineMs: Millis;
  readonly maxBytes: number;
}

/** Permissions by the names they have in Cloudflare's dashboard; either of two will do where two are named. */
export const PERMISSIONS = {
  read: 'Magic WAN Read or Magic Transit Read',
  write: 'Magic WAN Write or Magic Transit Write',
  analytics: 'Account Analytics Read',
} as const;

type Words = Pick<FaultContext, 'host' | 'account' | 'permission' | 'deadlineMs' | 'maxBytes'> & {
  /** What we know beyond the kind: `Cloudflare says: …`, or the cause by name. Ends without a full stop. */
  readonly detail: string | null;
};

const about = (words: Words): string => (words.detail === null ? '' : ` (${words.detail})`);
const where = (words: Words): string => (words.account === null ? words.host : `account ${words.account}`);

/** One sentence, or two, for each kind: what is wrong, where, and what to do about it. */
const SENTENCES: Readonly<Record<FaultKind, (words: Words) => string>> = {
  'bad-token': (w) =>
    `The API at ${w.host} refused the API token${about(w)}. Create a new token, or correct the one in the settings.`,
  'missing-permission': (w) =>
    w.permission === null
      ? `The API token may not do this in ${where(w)}${about(w)}. Check the permissions and the accounts of the token.`
      : `The API token lacks the permission ${w.permission} for ${where(w)}${about(w)}. Add it to the token in Cloudflare's dashboard.`,
  'not-onboarded': (w) =>
    `Cloudflare says that ${where(w)} is not onboarded to Magic WAN or Magic Transit${about(w)}. Check the account id, or ask your Cloudflare account team.`,
  'not-found': (w) => `Cloudflare knows nothing under this address in ${where(w)}${about(w)}. Check the account id.`,
  'rate-limited': (w) =>
    `Cloudflare asks us to slow down: too many requests with this token or from this address${about(w)}. We wait; look for other programs that use the same token.`,
  offline: (w) =>
    `Cannot connect to ${w.host}${about(w)}. Check the network, the firewall and the proxy of this machine.`,
  dns: (w) => `The name of ${w.host} cannot be resolved${about(w)}. Check the DNS and the network of this machine.`,
  tls: (w) =>
    `No trusted TLS connection to ${w.host}${about(w)}. If your network inspects TLS, give its CA certificate in the settings.`,
  timeout: (w) =>
    `No complete answer from ${w.host} within ${seconds(w.deadlineMs)}${about(w)}. Check the network; we ask again by ourselves.`,
  truncated: (w) =>
    `The answer of ${w.host} broke off or arrived damaged${about(w)}. We ask again by ourselves; if it stays, check proxy and network.`,
  'not-json': (w) =>
    `What answered for ${w.host} did not send JSON${about(w)}. A login page or a proxy may stand in between.`,
  'not-http': (w) => `What answered for ${w.host} does not speak HTTP${about(w)}. Check the API address and the proxy.`,
  'too-large': (w) =>
    `The answer of ${w.host} is larger than ${megabytes(w.maxBytes)}${about(w)}. It was not read to the end.`,
  'wrong-shape': (w) =>
    `The answer of ${w.host} is not as documented${about(w)}. Nothing was taken from it; if it stays, look for a newer version of this program.`,
  'server-error': (w) => `Cloudflare has a fault of its own${about(w)}. We ask again by ourselves.`,
  redirected: (w) =>
    `The API at ${w.host} sent us elsewhere${about(w)}. We do not follow, because the API token must not leave for another host; check the API address.`,
  rejected: (w) => `Cloudflare did not accept the request${about(w)}.`,
  'no-credential': (w) => `There is no API token for ${where(w)}${about(w)}.`,
  aborted: (w) => `The request to ${w.host} was called off${about(w)}.`,
  internal: (w) =>
    `Tunnelwatch failed over an answer that it should have understood${about(w)}. This is a bug: its log says more, please report it.`,
};

/** What is known beyond the kind. */
export interface FaultFacts {
  readonly detail?: string | null;
  readonly status?: number | null;
  readonly code?: number | null;
  readonly retryAfterMs?: Millis | null;
  readonly cfRay?: string | null;
  readonly parts?: Fault['parts'] | undefined;
}

/** After these kinds a request that changes something may have arrived all the same. */
const IN_DOUBT: ReadonlySet<FaultKind> = new Set<FaultKind>([
  'offline',
  'timeout',
  'truncated',
  'not-json',
  'not-http',
  'too-large',
  'server-error',
  'wrong-shape',
  'aborted',
]);

const IN_DOUBT_WORDS = ' It is not known whether the change was made: read the tunnel before you try again.';

/** A fault with its sentence. Secrets of the context are struck out of the detail, whoever put them there. */
export function fault(kind: FaultKind, context: FaultContext, facts: FaultFacts = {}): Fault {
  const detail = facts.detail == null ? null : foreignText(facts.detail, context.secrets);
  const doubt = context.write && IN_DOUBT.has(kind);
  const { host, account, permission, deadlineMs, maxBytes } = context;
  return {
    kind,
    sentence: `${SENTENCES[kind]({ ...context, detail })}${doubt ? IN_DOUBT_WORDS : ''}`,
    about: { host, account, permission, detail, deadlineMs, maxBytes, doubt },
    status: facts.status ?? null,
    code: facts.code ?? null,
    retryAfterMs: facts.retryAfterMs ?? null,
    permission: kind === 'missing-permission' ? context.permission : null,
    cfRay: facts.cfRay ?? null,
    ...(facts.parts !== undefined && {
      parts: facts.parts.map((part) => ({ ...part, message: foreignText(part.message, context.secrets) })),
    }),
  };
}

/** Text that somebody else wrote, fit for a screen or a log: no secrets, one line, no control characters, not too long. */
export function foreignText(text: string, secrets: readonly string[]): string {
  return printable(redact(text, secrets));
}

/** Strikes each secret out of a text, as it is and in the forms that JSON and URLs give it. */
function redact(text: string, secrets: readonly string[]): string {
  let clean = text;
  for (const secret of [...secrets].sort((a, b) => b.length - a.length)) {
    if (secret === '') continue;
    for (const form of new Set([secret, JSON.stringify(secret).slice(1, -1), escapeUri(secret)])) {
      clean = clean.replaceAll(form, '•••');
    }
  }
  return clean;
}

const MAX_DETAIL = 300;

/** One line without control characters, cut to a readable length. Foreign text goes to screens and logs. */
function printable(text: string): string {
  const line = text
    .slice(0, 4 * MAX_DETAIL)
    .replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\s]+/gu, ' ')
    .trim()
    .replace(/[.!]+$/, '');
  return line.length <= MAX_DETAIL ? line : `${line.slice(0, MAX_DETAIL)}…`;
}

/** `encodeURIComponent`, but a half surrogate pair stays as it is instead of throwing. */
function escapeUri(text: string): string {
  return encodeURIComponent(text.toWellFormed());
}

function seconds(ms: Millis): string {
  return `${Math.round(ms / 100) / 10} s`;
}

function megabytes(bytes: number): string {
  return bytes >= 1_048_576 ? `${Math.round(bytes / 104_857.6) / 10} MiB` : `${bytes} bytes`;
}

/** A bug of ours, met while an answer was worked through. */
export const INTERNAL_FAULT: Fault = fault('internal', {
  host: '',
  account: null,
  permission: null,
  secrets: [],
  write: false,
  deadlineMs: 0,
  maxBytes: 0,
});
