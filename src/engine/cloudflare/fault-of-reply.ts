/**
 * What an answer of Cloudflare stands for when it is not what we asked for. Codes: 1012 not onboarded; 1032 no such tunnel;
 * 1025 Magic WAN not permitted; 7000 and 7003 no such route, a malformed account id; 971 throttled; 6003 with 6103, 6111
 * headers that hold no valid credential; 9103, 9106, 9109, 10000 credential or permission, by status and message.
 */
import type { Fault, FaultKind, Instant } from '../../shared/model.ts';
import type { HttpReply } from './contract.ts';
import { type ApiError, parseJson, readEnvelope } from './envelope.ts';
import { type FaultContext, type FaultFacts, fault } from './fault.ts';
import { rateInfoOf, retryAfterOf } from './ratelimit.ts';

const KIND_OF_CODE: ReadonlyMap<number, FaultKind> = new Map<number, FaultKind>([
  [971, 'rate-limited'],
  [1012, 'not-onboarded'],
  [1025, 'missing-permission'],
  [1032, 'not-found'],
  [6003, 'bad-token'],
  [6103, 'bad-token'],
  [6111, 'bad-token'],
  [7000, 'not-found'],
  [7003, 'not-found'],
  [9103, 'bad-token'],
  [9106, 'bad-token'],
]);

/** Words with which Cloudflare says that the token itself is no good, under codes that also mean other things. */
const TOKEN_IS_BAD =
  /invalid (access|api) token|token (is )?(expired|invalid|revoked|disabled)|cannot use the access token/i;

/**
 * The fault of a reply with a status other than 2xx, or with `success: false` in a 200.
 * @param now wall time, for a `Retry-After` that is a date in an answer without `Date`.
 */
export function faultOfReply(reply: HttpReply, context: FaultContext, now: Instant): Fault {
  const { status } = reply;
  if (status >= 300 && status < 400) {
    return fault('redirected', context, { ...factsOf(reply, now), detail: targetOf(reply, context) });
  }
  // Cloudflare's own error pages for 5xx are HTML too; below that, HTML means that somebody else answered.
  const value = parseJson(reply.body.subarray(0, MAX_ERROR_BYTES));
  if (value === undefined && status >= 400 && status < 500 && looksLikeHtml(reply)) {
    return fault(status === 429 ? 'rate-limited' : 'not-json', context, {
      ...factsOf(reply, now),
      detail: `answer ${status} with a web page`,
    });
  }
  const errors = readEnvelope(value)?.errors ?? [];
  return fault(kindOf(status, errors), context, {
    ...factsOf(reply, now),
    code: codeOf(errors),
    detail: cloudflareSays(errors) ?? (status >= 300 ? `answer ${status}` : null),
    parts: partsOf(errors),
  });
}

/** Most complaints about one request; a bulk one can have many. */
const MOST_PARTS = 100;

/** The complaints one by one, where at least one says what it is about. */
function partsOf(errors: readonly ApiError[]): Fault['parts'] {
  if (errors.every(({ pointer }) => pointer === null)) return undefined;
  return errors.slice(0, MOST_PARTS).map(({ pointer, message }) => ({ pointer, message }));
}

/** No envelope with errors in it is longer. */
const MAX_ERROR_BYTES = 1_048_576;

/** Status, ray and the wait that an answer asks for. A 429 without `Retry-After` waits for the reset that it names. */
export function factsOf(reply: HttpReply, now: Instant): FaultFacts {
  const rate = reply.status === 429 ? rateInfoOf(reply.headers) : null;
  const reset = rate !== null && rate.remaining === 0 && rate.resetMs > 0 ? rate.resetMs : null;
  return {
    status: reply.status,
    retryAfterMs: retryAfterOf(reply.headers, now) ?? reset,
    cfRay: rayOf(reply),
  };
}

/** Cloudflare's id of the exchange, if it looks like one. */
export function rayOf(reply: HttpReply): string | null {
  const ray = reply.headers['cf-ray'];
  return ray !== undefined && /^[\w-]{1,64}$/.test(ray) ? ray : null;
}

function kindOf(status: number, errors: readonly ApiError[]): FaultKind {
  if (status === 429) return 'rate-limited';
  if (status === 401) return 'bad-token';
  if (errors.some((error) => TOKEN_IS_BAD.test(error.message))) return 'bad-token';
  if (status >= 500) return 'server-error';
  const known = errors.map(({ code }) => KIND_OF_CODE.get(code ?? Number.NaN)).find((kind) => kind !== undefined);
  if (known !== undefined) return known;
  const refused = errors.some(({ code }) => code === 9109 || code === 10000);
  // A good token that may not do this gets 403 with 10000 or 9109; under 400 the credential was not even read.
  if (status === 403) return 'missing-permission';
  if (refused) return status >= 400 ? 'bad-token' : 'missing-permission';
  if (status === 404) return 'not-found';
  if (status === 408) return 'timeout';
  return 'rejected';
}

/** The code that decides, else the first one there is. */
function codeOf(errors: readonly ApiError[]): number | null {
  const codes = errors.map((error) => error.code).filter((code) => code !== null);
  return codes.find((code) => KIND_OF_CODE.has(code)) ?? codes[0] ?? null;
}

/** Cloudflare's own words, for instance `Cloudflare says: name is taken, code 1001, at /name`. */
function cloudflareSays(errors: readonly ApiError[]): string | null {
  const said = errors.slice(0, 3).map(({ code, message, pointer }) => {
    const parts = [message === '' ? null : message.replace(/[.\s]+$/, ''), code === null ? null : `code ${code}`];
    return [...parts, pointer === null ? null : `at ${pointer}`].filter((part) => part !== null).join(', ');
  });
  return said.length === 0 ? null : `Cloudflare says: ${said.join('; ')}`;
}

/** The host that a redirect points to; the rest of the address may hold anything. */
function targetOf(reply: HttpReply, context: FaultContext): string {
  const location = reply.headers.location;
  const base = `https://${context.host}`;
  const host = location !== undefined && URL.canParse(location, base) ? new URL(location, base).host : 'nowhere';
  return `answer ${reply.status}, to ${host}`;
}

function looksLikeHtml(reply: HttpReply): boolean {
  if (/\bhtml\b/i.test(reply.headers['content-type'] ?? '')) return true;
  return Buffer.from(reply.body.subarray(0, 200)).toString('latin1').trimStart().startsWith('<');
}
