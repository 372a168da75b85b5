/**
 * The access tokens of an open server: one for everything, one for walls, which may look and nothing else. Programs send
 * the first as `Authorization: Bearer`; a browser hands either over once and gets a cookie that does not hold it. All
 * comparisons take the same time whatever is wrong.
 */
import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import type { Clock } from '../engine/clock.ts';
import type { Millis } from '../shared/model.ts';

/** A shorter token could be guessed. */
export const LEAST_TOKEN_LENGTH = 16;
export const SESSION_COOKIE = 'tunnelwatch';
const SESSION_SECONDS = 30 * 24 * 3600;
export const WALL_COOKIE = 'tunnelwatch-wall';
/** The longest that browsers keep a cookie; each new connection of a wall renews it, so that only another token ends it. */
const WALL_SECONDS = 400 * 24 * 3600;
/** Wrong tokens that one address may try in a minute. */
const TRIES = 10;
const TRY_WINDOW_MS: Millis = 60_000;
const MOST_ADDRESSES = 1_000;

/** What a request may do: everything, or look as a wall does. */
export type Role = 'everything' | 'wall';

/** The tokens that a server was given; without `full` everybody may do everything. */
export interface AccessTokens {
  readonly full: string | null;
  readonly wall: string | null;
}

export interface Access {
  /** What a request may do; `null`: nothing. */
  role(headers: IncomingHttpHeaders, address: string): Role | null;
  /** The `Set-Cookie` value for a right token, and what it is good for. */
  login(token: string, address: string): { readonly cookie: string; readonly role: Role } | 'wrong' | 'too-many';
  /** The `Set-Cookie` value that lets a wall go on for as long as its token counts; `null` where no wall token is set. */
  readonly wallCookie: string | null;
}

const digest = (text: string): Buffer => createHash('sha256').update(text).digest();
const same = (a: string, b: string): boolean => timingSafeEqual(digest(a), digest(b));

function cookieOf(headers: IncomingHttpHeaders, wanted: string): string | null {
  for (const part of headers.cookie?.split(';') ?? []) {
    const [name, value] = part.trim().split('=', 2);
    if (name === wanted && value !== undefined) return value;
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

interface Session {
  readonly role: Role;
  readonly token: string;
  readonly name: string;
  /** What the cookie holds: it proves the token without telling it. */
  readonly value: string;
  readonly cookie: string;
}

function sessionOf(role: Role, token: string): Session {
  const [name, salt, seconds] =
    role === 'wall'
      ? [WALL_COOKIE, 'tunnelwatch wall', WALL_SECONDS]
      : [SESSION_COOKIE, 'tunnelwatch session', SESSION_SECONDS];
  const value = createHmac('sha256', token).update(salt).digest('base64url');
  return {
    role,
    token,
    name,
    value,
    cookie: `${name}=${value}; HttpOnly; SameSite=Strict; Path=/; Max-Age=${seconds}`,
  };
}

/** Without a full token everybody is let in: a loopback server without a token of its own. */
export function createAccess({ full, wall }: AccessTokens, clock: Clock): Access {
  if (full === null) return { role: () => 'everything', login: () => 'wrong', wallCookie: null };
  const sessions = [sessionOf('everything', full), ...(wall === null ? [] : [sessionOf('wall', wall)])];
  const tries = throttle(clock);
  return {
    role(headers, address) {
      const known = sessions.find(({ name, value }) => {
        const cookie = cookieOf(headers, name);
        return cookie !== null && same(cookie, value);
      });
      if (known?.role === 'everything') return known.role;
      const bearer = /^Bearer +(\S+)$/i.exec(headers.authorization ?? '')?.[1];
      if (bearer === undefined || tries.blocked(address)) return known?.role ?? null;
      if (same(bearer, full)) return 'everything';
      tries.wrong(address);
      return known?.role ?? null;
    },
    login(candidate, address) {
      if (tries.blocked(address)) return 'too-many';
      const session = sessions.find(({ token }) => same(candidate, token));
      if (session !== undefined) return { cookie: session.cookie, role: session.role };
      tries.wrong(address);
      return 'wrong';
    },
    wallCookie: sessions.find(({ role }) => role === 'wall')?.cookie ?? null,
  };
}
