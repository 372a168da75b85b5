/** What a fault makes of an answer. */
import type { Instant } from '../../shared/model.ts';
import { failure } from '../api/envelope.ts';
import type { SimReply } from '../contract.ts';
import type { FaultRule } from './fault.ts';

const HUGE_BYTES = 100_000_000;
const ENDLESS_BYTES = 4_000_000_000;
const text = new TextEncoder();

/** What a healthy API would have answered, to this request or to one with another body. */
export type Proper = (body?: string) => SimReply;

/** The answer under a rule. */
export function shaped(
  rule: FaultRule,
  proper: Proper,
  { now, body }: { now: Instant; body: string | null },
): SimReply {
  switch (rule.kind) {
    case 'hang':
      return { ...empty(200), act: { kind: 'hang', after: 'nothing' } };
    case 'reset':
      return { ...empty(200), act: { kind: 'reset' } };
    case 'not-http':
      return { ...empty(200), act: { kind: 'not-http' } };
    case 'applied-hang':
      proper();
      return { ...empty(200), act: { kind: 'hang', after: 'nothing' } };
    case 'applied-reset':
      proper();
      return { ...empty(200), act: { kind: 'reset' } };
    case 'applied-status':
      proper();
      return html(rule.status ?? 503, 'The origin is not available');
    case 'partial-keys':
      return partialKeys(proper, body);
    case 'hang-body':
      return { ...proper(), act: { kind: 'hang', after: 'half' } };
    case 'slow':
      return { ...proper(), act: { kind: 'slow', delayMs: rule.delayMs ?? 2_000 } };
    case 'drip':
      return { ...proper(), act: { kind: 'drip', delayMs: rule.delayMs ?? 500 } };
    case 'truncated':
      return { ...proper(), act: { kind: 'truncated', framing: 'length' } };
    case 'truncated-chunked':
      return { ...proper(), act: { kind: 'truncated', framing: 'chunked' } };
    case 'endless':
      return { ...proper(), act: { kind: 'endless', limit: ENDLESS_BYTES } };
    case 'huge':
      return { ...proper(), act: { kind: 'endless', limit: rule.bytes ?? HUGE_BYTES } };
    default:
      return reworded(rule, proper, now);
  }
}

/** Faults that travel whole and say something else. */
function reworded(rule: FaultRule, proper: Proper, now: Instant): SimReply {
  switch (rule.kind) {
    case 'html':
      return html(200, 'Sign in to the guest network');
    case 'broken-json':
      return { ...proper(), body: text.encode('{"result":{"ipsec_tunnels":[{"id":"c4a7,}],') };
    case 'empty-body':
      return { ...proper(), body: new Uint8Array() };
    case 'wrong-shape':
      return json(
        200,
        '{"result":{"ipsec_tunnels":"none"},"success":true,"errors":[],"messages":[],"data":{"viewer":[]}}',
      );
    case 'empty-list':
      return json(200, '{"result":{"ipsec_tunnels":[]},"success":true,"errors":[],"messages":[]}');
    case 'unknown-words':
      return withUnknownWords(proper());
    case 'success-false':
      return failure(200, [{ code: 1001, message: 'internal error, try again' }]);
    case 'rate-limited':
      return {
        ...failure(429, [{ code: 971, message: 'Please wait and consider throttling your request speed' }]),
        ...retry(rule, now),
      };
    case 'redirect':
      return { ...empty(302), headers: { location: rule.location ?? 'https://login.example.net/portal' } };
    case 'bad-token':
      return failure(403, [{ code: 9109, message: 'Invalid access token' }]);
    case 'forbidden':
      return failure(403, [{ code: 10000, message: 'Authentication error' }]);
    case 'not-onboarded':
      return failure(403, [{ code: 1012, message: 'account is not onboarded to Magic Transit or Magic WAN' }]);
    default:
      return html(rule.status ?? 503, 'The origin is not available');
  }
}

/** The first half of the keys is set, the others are named with a reason. */
function partialKeys(proper: Proper, body: string | null): SimReply {
  const { psks } = JSON.parse(body ?? '{}') as { psks?: readonly { readonly id: string }[] };
  if (psks === undefined) return proper();
  const half = Math.ceil(psks.length / 2);
  const reply = proper(JSON.stringify({ psks: psks.slice(0, half) }));
  const answer = JSON.parse(new TextDecoder().decode(reply.body));
  for (const { id } of psks.slice(half)) answer.result.unapplied_psks[id] = 'the edge did not confirm in time';
  return { ...reply, body: text.encode(JSON.stringify(answer)) };
}

function retry(rule: FaultRule, now: Instant): { headers: Record<string, string> } {
  const headers: Record<string, string> = { 'content-type': 'application/json', date: new Date(now).toUTCString() };
  const wanted = rule.retryAfter ?? 300;
  if (typeof wanted === 'number') headers['retry-after'] = String(wanted);
  else if (typeof wanted === 'object') headers['retry-after'] = new Date(now + wanted.date * 1000).toUTCString();
  else if (wanted === 'absurd') headers['retry-after'] = '99999999999';
  else if (wanted === 'nonsense') headers['retry-after'] = 'soon';
  return { headers };
}

/** A future version of the API: states that nobody knows yet. */
function withUnknownWords(reply: SimReply): SimReply {
  const body = new TextDecoder().decode(reply.body);
  return {
    ...reply,
    body: text.encode(body.replaceAll('"BGP_UP"', '"BGP_GRACEFUL"').replaceAll('"mid"', '"adaptive"')),
  };
}

function empty(status: number): SimReply {
  return { status, headers: {}, body: new Uint8Array(), act: { kind: 'whole' } };
}

function json(status: number, body: string): SimReply {
  return { ...empty(status), headers: { 'content-type': 'application/json' }, body: text.encode(body) };
}

function html(status: number, title: string): SimReply {
  const body = `<!DOCTYPE html><html><head><title>${title}</title></head><body><h1>${title}</h1></body></html>`;
  return { ...empty(status), headers: { 'content-type': 'text/html; charset=UTF-8' }, body: text.encode(body) };
}
