/**
 * The access token of an open server. Programs send it as `Authorization: Bearer`; a browser hands it over once and
 * gets a cookie that does not hold it. All comparisons take the same time whatever is wrong.
 */
import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import type { Clock } from '../engine/clock.ts';
import type { Millis } from '../shared/model.ts';

/** A shorter token could be guessed. */
export const LEAST_TOKEN_LENGTH = 16;
export const SESSION_COOKIE = 'tunnelwatch';
const SESSION_SECONDS = 30 * 24 * 3600;
/** Wrong tokens that one address may try in a minute. */
const TRIES = 10;
const TRY_WINDOW_MS: Millis = 60_000;
const MOST_ADDRESSES = 1_000;

export interface Access {
  /** Whether a request may pass. Always true without an access token. */
  allowed(headers: IncomingHttpHeaders, address: string): boolean;
  /** The `Set-Cookie` value for the right token. */
  login(token: string, address: string): { readonly cookie: string } | 'wrong' | 'too-many';
}

const digest = (text: string): Buffer => createHash('sha256').update(text).digest();
const same = (a: string, b: string): boolean => timingSafeEqual(digest(a), digest(b));

function cookieOf(headers: IncomingHttpHeaders): string | null {
  for (const part of headers.cookie?.split(';') ?? []) {
    const [name, value] = part.trim().split('=', 2);
    if (name === SESSION_COOKIE && value !== undefined) return value;
  }
  return null;
}

/** Counts wrong tries by address. */
function throttle(clock: Clock) {
  const tries = new Map<string, { count: number; until: Millis }>();
  return {
    blocked(address: string): boolean {
      const seen = tries.get(address);
      return seen !== undefined && seen.count >= TRIES && clock.monotonic() < seen.until;
    },
    wrong(address: string): void {
      const seen = tries.get(address);
      const now = clock.monotonic();
      if (seen !== undefined && now < seen.until) {
        seen.count += 1;
        return;
      }
      if (tries.size >= MOST_ADDRESSES) tries.clear();
      tries.set(address, { count: 1, until: now + TRY_WINDOW_MS });
    },
  };
}

/** `token: null` lets everybody in: a loopback server without a token of its own. */
export function createAccess(token: string | null, clock: Clock): Access {
  if (token === null) {
    return { allowed: () => true, login: () => 'wrong' };
  }
  const session = createHmac('sha256', token).update('tunnelwatch session').digest('base64url');
  const tries = throttle(clock);
  return {
    allowed(headers, address) {
      const cookie = cookieOf(headers);
      if (cookie !== null && same(cookie, session)) return true;
      const bearer = /^Bearer +(\S+)$/i.exec(headers.authorization ?? '')?.[1];
      if (bearer === undefined || tries.blocked(address)) return false;
      if (same(bearer, token)) return true;
      tries.wrong(address);
      return false;
    },
    login(candidate, address) {
      if (tries.blocked(address)) return 'too-many';
      if (!same(candidate, token)) {
        tries.wrong(address);
        return 'wrong';
      }
      return { cookie: `${SESSION_COOKIE}=${session}; HttpOnly; SameSite=Strict; Path=/; Max-Age=${SESSION_SECONDS}` };
    },
  };
}
