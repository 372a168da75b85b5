/**
 * Receivers on the web. One request and one sentence about its outcome: no redirects (the address or a header may be a
 * secret), an answer of limited length, a deadline, and no secret in any sentence whoever wrote it.
 */
import type { Millis } from '../../../shared/model.ts';
import { err, ok, type Result } from '../../../shared/result.ts';
import type { Clock } from '../../clock.ts';
import type { HttpReply, Transport } from '../../cloudflare/contract.ts';
import { foreignText } from '../../cloudflare/fault.ts';
import { faultOf } from '../../cloudflare/fault-of-error.ts';
import { retryAfterOf } from '../../cloudflare/ratelimit.ts';
import type { Attempt } from '../contract.ts';
import { couldBeSecret, type HeldSecret } from './held-secret.ts';
import { delivered, notYet, refused, sentenceOf } from './sink.ts';

/** The way out. */
export interface Web {
  readonly transport: Transport;
  readonly clock: Clock;
  readonly userAgent: string;
  /** For one exchange. */
  readonly deadlineMs: Millis;
}

export interface WebRequest {
  readonly url: HeldSecret;
  /** Put behind the address, for instance `/api/v2/alerts`. */
  readonly path?: string;
  readonly method: 'GET' | 'POST' | 'PUT';
  readonly headers: Readonly<Record<string, string>>;
  /** Headers whose values may be secrets; looked up for each request. */
  readonly secretHeaders?: readonly SecretHeader[];
  readonly body: string | null;
  /** What else no sentence may hold, for instance a key in the body. */
  readonly secrets?: readonly string[];
  /** Is this 2xx answer that of the receiver? `null` for yes, else what is odd, as the end of a sentence. */
  readonly check?: (reply: HttpReply) => string | null;
}

export interface SecretHeader {
  readonly name: string;
  readonly value: HeldSecret;
  /** `Bearer …`, a signature of the body: how the header is made of the secret. */
  readonly make?: (secret: string) => string;
}

/** Beyond this an answer is not that of a receiver. */
const MAX_ANSWER_BYTES = 1_048_576;

/** An address that we send to; `null` for all others, among them a token that lies where an address should. */
function webUrl(written: string): URL | null {
  const url = URL.canParse(written) ? new URL(written) : null;
  const good = url !== null && /^https?:$/.test(url.protocol) && url.username === '' && url.password === '';
  return good ? url : null;
}

/** The address's host and port, or its place while it is not known. */
export function hostOf(url: HeldSecret): string {
  return webUrl(url.known() ?? '')?.host ?? url.place;
}

/** Everything in an address that a sentence must not hold; of one that stands in the settings only what could be a secret. */
function partsOf(url: URL, secret: boolean): string[] {
  const parts = [...url.pathname.split('/'), ...url.searchParams.values()].filter(couldBeSecret);
  const tail = url.pathname + url.search;
  return secret || parts.length > 0 ? [url.href, ...(tail.length > 1 ? [tail] : []), ...parts] : [];
}

async function addressOf(request: WebRequest): Promise<Result<URL, string>> {
  const read = await request.url.read();
  if (!read.ok) return err(`There is no address to send to: ${read.error}`);
  const written = read.value;
  const whole = request.path === undefined ? written : written.replace(/\/+$/, '') + request.path;
  const url = webUrl(whole);
  if (url === null) {
    request.url.forget();
    return err(`${request.url.place} holds no http or https address without a user.`);
  }
  return ok(url);
}

interface Ready {
  readonly url: URL;
  readonly headers: Readonly<Record<string, string>>;
  readonly secrets: readonly string[];
}

async function prepare(web: Web, request: WebRequest): Promise<Result<Ready, string>> {
  const url = await addressOf(request);
  if (!url.ok) return url;
  const secrets = [...(request.secrets ?? []), ...partsOf(url.value, request.url.secret)];
  const headers: Record<string, string> = { 'user-agent': web.userAgent, ...request.headers };
  for (const { name, value, make } of request.secretHeaders ?? []) {
    const read = await value.read();
    if (!read.ok) return err(`The header ${name} has no value: ${read.error}`);
    headers[name] = make?.(read.value) ?? read.value;
    if (!/^[\x20-\x7e]+$/.test(headers[name])) {
      value.forget();
      return err(`${value.place} holds characters that no header can carry.`);
    }
    if (value.secret || couldBeSecret(read.value)) secrets.push(read.value, headers[name]);
  }
  return ok({ url: url.value, headers, secrets });
}

/** A refusal may mean that a secret has changed: the next notice reads it afresh. */
function forgetSecrets(request: WebRequest): void {
  request.url.forget();
  for (const { value } of request.secretHeaders ?? []) value.forget();
}

/** 408, 425 and 429 ask for patience; 409 is what some receivers call a twin that is under way. */
const PATIENCE = new Set([408, 409, 425, 429]);
const FOR_GOOD = new Set([301, 308]);

function answerOf(reply: HttpReply, secrets: readonly string[]): string {
  const said = foreignText(new TextDecoder().decode(reply.body.subarray(0, 8192)), secrets);
  return said === '' || looksLikePage(reply) ? '' : `: ${said.slice(0, 200)}`;
}

function looksLikePage(reply: HttpReply): boolean {
  const start = new TextDecoder().decode(reply.body.subarray(0, 100)).trimStart().toLowerCase();
  return start.startsWith('<!doctype') || start.startsWith('<html');
}

/** For receivers that are programs: a web page in their place is a login page or a proxy, and nobody was told. */
export function notAPage(reply: HttpReply): string | null {
  return looksLikePage(reply) ? 'a web page came back; a login page or a proxy may stand in between' : null;
}

function outcome(request: WebRequest, reply: HttpReply, { url, secrets }: Ready, now: number): Attempt {
  const { status } = reply;
  const who = url.host;
  if (status >= 200 && status < 300) {
    const odd = request.check?.(reply) ?? null;
    return odd === null
      ? delivered(`${who} took it (${status}).`)
      : notYet(`${who} did not confirm it (${status}): ${odd}.`);
  }
  if (status >= 300 && status < 400) {
    const sentence = `${who} sent us elsewhere (${status}); redirects are not followed. Correct the address.`;
    return FOR_GOOD.has(status) ? refused(sentence) : notYet(sentence);
  }
  const said = answerOf(reply, secrets);
  if (status === 429) return notYet(`${who} asks us to slow down (429)${said}.`, retryAfterOf(reply.headers, now));
  if (status >= 500 || PATIENCE.has(status)) {
    return notYet(`${who} could not take it (${status})${said}.`, retryAfterOf(reply.headers, now));
  }
  forgetSecrets(request);
  return refused(`${who} refused it (${status})${said}.`);
}

/** One request. What goes wrong on the way is tried again: a network comes back. */
export async function send(web: Web, request: WebRequest, signal: AbortSignal): Promise<Attempt> {
  const ready = await prepare(web, request);
  if (!ready.ok) return notYet(sentenceOf(ready.error));
  const { url, headers, secrets } = ready.value;
  const { deadlineMs } = web;
  let reply: HttpReply;
  try {
    reply = await web.transport.exchange({
      method: request.method,
      url: url.href,
      headers,
      body: request.body,
      deadlineMs,
      maxBytes: MAX_ANSWER_BYTES,
      signal,
    });
  } catch (error) {
    const context = {
      ...{ host: url.host, account: null, permission: null, secrets, write: false },
      ...{ deadlineMs, maxBytes: MAX_ANSWER_BYTES },
    };
    const { kind, sentence } = faultOf(error, context);
    return notYet(
      kind === 'not-http' ? `What answered for ${url.host} does not speak HTTP. Check the address.` : sentence,
    );
  }
  return outcome(request, reply, ready.value, web.clock.now());
}
