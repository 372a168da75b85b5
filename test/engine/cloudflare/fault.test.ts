import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { HttpReply } from '../../../src/engine/cloudflare/contract.ts';
import { type FaultContext, fault, PERMISSIONS } from '../../../src/engine/cloudflare/fault.ts';
import { faultOf } from '../../../src/engine/cloudflare/fault-of-error.ts';
import { faultOfReply } from '../../../src/engine/cloudflare/fault-of-reply.ts';
import { FAULT_KINDS } from '../../../src/shared/model.ts';
import { ACCOUNT, bad, TOKEN } from './loopback.ts';

const CONTEXT: FaultContext = {
  host: 'api.cloudflare.com',
  account: ACCOUNT,
  permission: PERMISSIONS.read,
  secrets: [TOKEN],
  write: false,
  deadlineMs: 20_000,
  maxBytes: 64 * 1_048_576,
};
const NOW = Date.UTC(2026, 10, 20, 10);

function reply(status: number, body: unknown, headers: Record<string, string> = {}): HttpReply {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  return { status, headers: { 'content-type': 'application/json', ...headers }, body: Buffer.from(text) };
}
const of = (status: number, body: unknown, headers: Record<string, string> = {}) =>
  faultOfReply(reply(status, body, headers), CONTEXT, NOW);

describe('a sentence', () => {
  it.each(FAULT_KINDS)('for %s is plain, ends with a full stop and differs from the others', (kind) => {
    const { sentence } = fault(kind, CONTEXT);
    expect(sentence).toMatch(/^[A-Z].*\.$/);
    expect(sentence).not.toMatch(/undefined|null|\(\)|\.\./);
    expect(FAULT_KINDS.filter((other) => fault(other, CONTEXT).sentence === sentence)).toEqual([kind]);
  });

  it('names the permission that is missing, and only then', () => {
    const missing = fault('missing-permission', { ...CONTEXT, permission: PERMISSIONS.analytics });
    expect(missing.permission).toBe('Account Analytics Read');
    expect(missing.sentence).toContain('Account Analytics Read');
    expect(fault('timeout', CONTEXT).permission).toBeNull();
  });

  it('of a change that got no answer says that it may have been made', () => {
    const write = { ...CONTEXT, write: true };
    expect(fault('timeout', write).sentence).toContain('not known whether the change was made');
    expect(fault('rejected', write).sentence).not.toContain('not known');
    expect(fault('timeout', CONTEXT).sentence).not.toContain('not known');
  });

  it('never holds a secret, in whatever form somebody quoted it', () => {
    const secret = fc.string({ minLength: 3, unit: 'grapheme' }).filter((text) => text.trim().length > 2);
    const form = fc.constantFrom(
      (text: string) => text,
      (text: string) => JSON.stringify({ psk: text }),
      (text: string) => encodeURIComponent(text.toWellFormed()),
    );
    fc.assert(
      fc.property(secret, form, fc.string(), (text, quote, around) => {
        const said = bad(1004, `${around}${quote(text)}${around}`);
        const found = faultOfReply(reply(400, said), { ...CONTEXT, secrets: [TOKEN, text] }, NOW);
        const clean = fault('rejected', { ...CONTEXT, secrets: [] }, { code: 1004, detail: 'x' }).sentence;
        // Unless our own words happen to hold it.
        if (!clean.includes(text) && !'Cloudflare says: , code 1004'.includes(text) && !around.includes(text)) {
          expect(found.sentence).not.toContain(quote(text));
        }
      }),
    );
  });

  it('is one line of reasonable length, whatever Cloudflare wrote', () => {
    const { sentence } = of(400, bad(1004, `a\u0000b\nc\u202e\u001b[31m${'long '.repeat(500)}`));
    // biome-ignore lint/suspicious/noControlCharactersInRegex: that there are none is the point
    expect(sentence).not.toMatch(/[\u0000-\u001f\u202e]/);
    expect(sentence.length).toBeLessThan(420);
  });
});

describe('an answer', () => {
  it.each([
    [401, bad(10000, 'Authentication error'), 'bad-token', 10000],
    [401, 'no', 'bad-token', null],
    [400, { ...bad(6003, 'Invalid request headers') }, 'bad-token', 6003],
    [
      400,
      {
        success: false,
        errors: [{ code: 6003, message: 'x', error_chain: [{ code: 6111, message: 'Invalid format' }] }],
      },
      'bad-token',
      6003,
    ],
    [400, bad(9109, 'Invalid access token'), 'bad-token', 9109],
    [403, bad(9109, 'Invalid access token'), 'bad-token', 9109],
    [403, bad(9109, 'Cannot use the access token from location: 192.0.2.1'), 'bad-token', 9109],
    [403, bad(9103, 'Unknown X-Auth-Key or X-Auth-Email'), 'bad-token', 9103],
    [403, bad(9109, 'Unauthorized to access requested resource'), 'missing-permission', 9109],
    [403, bad(10000, 'Authentication error'), 'missing-permission', 10000],
    [403, 'Forbidden', 'missing-permission', null],
    [403, bad(1012, 'account is not onboarded'), 'not-onboarded', 1012],
    [400, bad(1012, 'account is not onboarded'), 'not-onboarded', 1012],
    [404, bad(1032, 'tunnel not found'), 'not-found', 1032],
    [404, 'nothing', 'not-found', null],
    [400, bad(7003, 'No route for the URI'), 'not-found', 7003],
    [429, bad(971, 'throttled'), 'rate-limited', 971],
    [400, bad(971, 'throttled'), 'rate-limited', 971],
    [429, '<html>', 'rate-limited', null],
    [500, bad(1000, 'oops'), 'server-error', 1000],
    [502, '<html>bad gateway</html>', 'server-error', null],
    [504, '', 'server-error', null],
    [400, bad(1005, 'name is taken'), 'rejected', 1005],
    [200, bad(1012, 'account is not onboarded'), 'not-onboarded', 1012],
    [200, bad(10000, 'Authentication error'), 'missing-permission', 10000],
    [200, { success: false }, 'rejected', null],
    [301, '', 'redirected', null],
    [403, '<!doctype html><title>Sign in</title>', 'not-json', null],
    [408, '', 'timeout', null],
  ] as const)('%d %j is %s', (status, body, kind, code) => {
    expect(of(status, body)).toMatchObject({ kind, status, code });
  });

  it('keeps what Cloudflare said, where, and its ray', () => {
    const body = { success: false, errors: [{ code: 1005, message: 'Name taken.', source: { pointer: '/name' } }] };
    const found = of(400, body, { 'cf-ray': '8f2b1c-FRA' });
    expect(found.sentence).toContain('Cloudflare says: Name taken, code 1005, at /name');
    expect(found.cfRay).toBe('8f2b1c-FRA');
    expect(of(400, body, { 'cf-ray': '<script>' }).cfRay).toBeNull();
  });

  it('with 429 tells how long to wait: Retry-After, else the reset of an empty budget', () => {
    expect(of(429, '', { 'retry-after': '17' }).retryAfterMs).toBe(17_000);
    expect(of(429, '', { ratelimit: '"default";r=0;t=42' }).retryAfterMs).toBe(42_000);
    expect(of(429, '', { ratelimit: '"default";r=9;t=42' }).retryAfterMs).toBeNull();
    expect(of(503, '', { 'retry-after': '5' }).retryAfterMs).toBe(5000);
  });

  it('that redirects names the host and nothing else of the address', () => {
    const { sentence } = of(302, '', { location: 'https://login.example.net/in?state=abc' });
    expect(sentence).toContain('login.example.net');
    expect(sentence).not.toContain('state');
  });

  it('is always some fault, whatever it holds', () => {
    fc.assert(
      fc.property(fc.integer({ min: 300, max: 599 }), fc.jsonValue(), (status, body) => {
        expect(FAULT_KINDS).toContain(of(status, body).kind);
      }),
    );
    fc.assert(
      fc.property(fc.jsonValue(), (errors) => {
        expect(FAULT_KINDS).toContain(of(200, { success: false, errors }).kind);
      }),
    );
  });
});

describe('an error', () => {
  const coded = (code: string, more: object = {}): Error =>
    Object.assign(new Error('secret inside'), { code, ...more });

  it.each([
    ['ECONNREFUSED', 'offline'],
    ['ENETUNREACH', 'offline'],
    ['UND_ERR_SOCKET', 'offline'],
    ['ENOTFOUND', 'dns'],
    ['EAI_AGAIN', 'dns'],
    ['EAI_NODATA', 'dns'],
    ['ETIMEDOUT', 'timeout'],
    ['UND_ERR_CONNECT_TIMEOUT', 'timeout'],
    ['UND_ERR_HEADERS_TIMEOUT', 'timeout'],
    ['CERT_HAS_EXPIRED', 'tls'],
    ['ERR_TLS_CERT_ALTNAME_INVALID', 'tls'],
    ['UNABLE_TO_VERIFY_LEAF_SIGNATURE', 'tls'],
    ['ERR_SSL_WRONG_VERSION_NUMBER', 'tls'],
    ['UND_ERR_HEADERS_OVERFLOW', 'too-large'],
    ['UND_ERR_RES_CONTENT_LENGTH_MISMATCH', 'truncated'],
    ['Z_DATA_ERROR', 'truncated'],
    ['UND_ERR_ABORTED', 'aborted'],
    ['ENOSUCHTHING', 'offline'],
  ] as const)('%s is %s', (code, kind) => {
    const found = faultOf(coded(code), CONTEXT);
    expect(found.kind).toBe(kind);
    expect(found.sentence).not.toContain('secret inside');
  });

  it('is looked for among causes and among the addresses that were tried', () => {
    expect(faultOf(new Error('x', { cause: coded('ENOTFOUND') }), CONTEXT).kind).toBe('dns');
    const both = new AggregateError([coded('ECONNREFUSED', { address: '::1', port: 443 }), coded('ECONNREFUSED')]);
    expect(faultOf(both, CONTEXT)).toMatchObject({ kind: 'offline' });
    expect(faultOf(both, CONTEXT).sentence).toContain('::1 port 443');
  });

  it('may be anything at all', () => {
    fc.assert(fc.property(fc.anything(), (thrown) => FAULT_KINDS.includes(faultOf(thrown, CONTEXT).kind)));
    const circle = new Error('a');
    circle.cause = circle;
    expect(faultOf(circle, CONTEXT).kind).toBe('offline');
  });
});
