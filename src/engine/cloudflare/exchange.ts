/**
 * One authenticated question to the API: credential, headers, deadline, and what the answer cost. The only place that
 * holds a credential, for as long as the request takes.
 */
import type { Fault, Instant, Millis } from '../../shared/model.ts';
import type { Result } from '../../shared/result.ts';
import type { Clock } from '../clock.ts';
import type { Answer, Credential, CredentialSource, ExchangeMeta, HttpReply, Transport } from './contract.ts';
import { type FaultContext, fault } from './fault.ts';
import { faultOf } from './fault-of-error.ts';
import { factsOf, faultOfReply, rayOf } from './fault-of-reply.ts';
import { rateInfoOf } from './ratelimit.ts';

export interface ExchangeOptions {
  /** From `parseApiBase`. */
  readonly base: URL;
  readonly credentials: CredentialSource;
  readonly transport: Transport;
  readonly clock: Clock;
  readonly userAgent: string;
  readonly deadlineMs: Millis;
  readonly maxBytes: number;
}

export interface Question {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  /** Below the base, with a slash in front, segments escaped. */
  readonly path: string;
  /** Sent as JSON; `null` sends none. */
  readonly body: unknown;
  readonly account: string | null;
  readonly permission: string | null;
  /** Keys in the body, so that no sentence can repeat them. */
  readonly secrets?: readonly string[];
  /** It would change something, if it succeeds. */
  readonly write?: boolean;
  /** Ask for the object form of the health-check target; on every call but those about PSKs. */
  readonly newTarget?: boolean;
  /** The answer decides whether the credential is good: a refusal is a result here, not an alarm. */
  readonly probe?: boolean;
  readonly signal: AbortSignal | undefined;
}

/** An answer with status 2xx, its cost, and the context for the faults that may yet be found in it. */
export interface Opened {
  readonly reply: HttpReply;
  readonly context: FaultContext;
  readonly probe: boolean;
}

export interface Exchange {
  /** Any answer with status 2xx. */
  ask(question: Question): Promise<Answer<Opened>>;
  /** What such an answer holds, by a reader such as `openEnvelope`. */
  open<T>(opened: Opened, meta: ExchangeMeta, read: (opened: Opened, now: Instant) => Result<T, Fault>): Answer<T>;
  /** A request that is wrong before it leaves. */
  unsent(question: Pick<Question, 'account' | 'permission' | 'secrets'>, detail: string): Answer<never>;
  /** The fault of an answer that cannot be used, with its status and ray. */
  reject(opened: Opened, meta: ExchangeMeta, kind: Fault['kind'], detail: string): Answer<never>;
}

const NO_COST: ExchangeMeta = { requests: 0, rate: null, cfRay: null, bytes: 0 };

/** A fault found before anything was sent. */
function unasked(error: Fault): Answer<never> {
  return { ok: false, error, meta: NO_COST };
}

/** The exchange of one credential with one API. Nothing here throws but for a bug; trouble is a fault. */
export function createExchange(options: ExchangeOptions): Exchange {
  const { base, clock, credentials, transport } = options;
  const root = base.origin + (base.pathname === '/' ? '' : base.pathname);

  const contextOf = (question: Question, credential: Credential | null): FaultContext => ({
    host: base.host,
    account: question.account,
    permission: question.permission,
    secrets: [...(question.secrets ?? []), ...secretsOf(credential)],
    write: question.write === true,
    deadlineMs: options.deadlineMs,
    maxBytes: options.maxBytes,
  });

  const refuse = (error: Fault, probe: boolean | undefined): Fault => {
    if (error.kind === 'bad-token' && probe !== true) credentials.refused();
    return error;
  };

  return {
    async ask(question) {
      const found = await credentials.get();
      if (!found.ok) return unasked(found.error);
      const context = contextOf(question, found.value);
      if (!isSendable(found.value)) {
        const detail = 'it holds characters that no token has, perhaps a blank or a line break';
        return unasked(refuse(fault('bad-token', context, { detail }), question.probe));
      }
      const url = new URL(root + question.path);
      // The promise of the whole program: the credential leaves for this one origin only.
      if (url.origin !== base.origin) throw new Error(`a question for ${url.origin} instead of ${base.origin}`);
      // An id such as `..` would make it another question.
      if (!url.href.endsWith(question.path)) {
        return unasked(fault('not-found', context, { detail: 'an id holds characters that no id has' }));
      }
      let reply: HttpReply;
      try {
        reply = await transport.exchange({
          method: question.method,
          url: url.href,
          headers: headersOf(question, found.value, options.userAgent),
          body: question.body === null ? null : JSON.stringify(question.body),
          deadlineMs: options.deadlineMs,
          maxBytes: options.maxBytes,
          signal: question.signal ?? null,
        });
      } catch (error) {
        return { ok: false, error: faultOf(error, context), meta: { ...NO_COST, requests: 1 } };
      }
      const meta = metaOf(reply);
      if (reply.status >= 200 && reply.status < 300)
        return { ok: true, value: { reply, context, probe: question.probe === true }, meta };
      return { ok: false, error: refuse(faultOfReply(reply, context, clock.now()), question.probe), meta };
    },

    open(opened, meta, read) {
      const result = read(opened, clock.now());
      return result.ok ? { ...result, meta } : { ok: false, error: refuse(result.error, opened.probe), meta };
    },

    unsent(question, detail) {
      const context = contextOf({ ...question, method: 'GET', path: '', body: null, signal: undefined }, null);
      return unasked(fault('rejected', context, { detail: `it was not sent: ${detail}` }));
    },

    reject({ reply, context }, meta, kind, detail) {
      return { ok: false, error: fault(kind, context, { ...factsOf(reply, clock.now()), detail }), meta };
    },
  };
}

/** What an exchange cost and said about the budget; also of answers that are faults. */
function metaOf(reply: HttpReply): ExchangeMeta {
  return {
    requests: 1,
    rate: rateInfoOf(reply.headers),
    cfRay: rayOf(reply),
    bytes: reply.body.byteLength,
    ...dateOf(reply),
  };
}

function dateOf({ headers }: HttpReply): Pick<ExchangeMeta, 'date'> {
  const date = Date.parse(headers.date ?? '');
  return Number.isNaN(date) ? {} : { date };
}

function headersOf(question: Question, credential: Credential, userAgent: string): Record<string, string> {
  return {
    accept: 'application/json',
    'user-agent': userAgent,
    ...(question.body === null ? {} : { 'content-type': 'application/json' }),
    ...(question.newTarget === true ? { 'x-magic-new-hc-target': 'true' } : {}),
    ...(credential.kind === 'token'
      ? { authorization: `Bearer ${credential.token}` }
      : { 'x-auth-email': credential.email, 'x-auth-key': credential.key }),
  };
}

function secretsOf(credential: Credential | null): readonly string[] {
  if (credential === null) return [];
  return credential.kind === 'token' ? [credential.token] : [credential.key];
}

/** Visible ASCII: anything else would be refused on the way, or split the header. */
function isSendable(credential: Credential): boolean {
  const parts = credential.kind === 'token' ? [credential.token] : [credential.email, credential.key];
  return parts.every((part) => /^[\x21-\x7e]+$/.test(part));
}

function pickDate(date: Instant | undefined): Pick<ExchangeMeta, 'date'> {
  return date === undefined ? {} : { date };
}

/** What two answers cost together. */
export function both(first: ExchangeMeta, second: ExchangeMeta): ExchangeMeta {
  return {
    requests: first.requests + second.requests,
    rate: second.rate ?? first.rate,
    cfRay: second.cfRay ?? first.cfRay,
    bytes: first.bytes + second.bytes,
    ...pickDate(second.date ?? first.date),
  };
}
