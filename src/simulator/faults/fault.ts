/**
 * Faults of the API, on demand or by schedule. A rule says which requests it hits and what happens to them; `act` is how
 * the answer travels, for the socket server to act out and for the in-process transport to imitate.
 */
import { z } from 'zod';
import type { Instant, Millis } from '../../shared/model.ts';

export const FAULT_RULE_KINDS = [
  'hang',
  'hang-body',
  'slow',
  'drip',
  'truncated',
  'truncated-chunked',
  'reset',
  'not-http',
  'html',
  'broken-json',
  'empty-body',
  'wrong-shape',
  'unknown-words',
  'empty-list',
  'success-false',
  'huge',
  'endless',
  'rate-limited',
  'status',
  'redirect',
  'bad-token',
  'forbidden',
  'not-onboarded',
  // What was asked for is done, and the answer is lost.
  'applied-hang',
  'applied-reset',
  'applied-status',
  // The later half of several keys is not set; the answer is a success.
  'partial-keys',
] as const;
export type FaultRuleKind = (typeof FAULT_RULE_KINDS)[number];

/**
 * Which requests a rule hits. `get` is the call for one tunnel; `beside` are the reads of GRE tunnels, interconnects, routes,
 * BGP settings and redundancy groups, `routes` one of them; `writes` are all others but graphql.
 */
export const FAULT_MATCHES = ['any', 'rest', 'graphql', 'list', 'get', 'beside', 'routes', 'writes'] as const;
export type FaultMatch = (typeof FAULT_MATCHES)[number];

export const FaultRule = z.strictObject({
  kind: z.enum(FAULT_RULE_KINDS),
  match: z.enum(FAULT_MATCHES).optional(),
  /** Name or id of an account; all if not given. */
  account: z.string().optional(),
  /** How often; until cleared if not given. */
  times: z.int().min(1).optional(),
  /** Unix milliseconds of the simulator's clock. */
  until: z.number().optional(),
  /** For `status` and `applied-status`: 500, 502, 503, 504 or any other. */
  status: z.int().min(200).max(599).optional(),
  /** For `rate-limited`: seconds, an HTTP date so many seconds ahead, an absurd figure, or no header. */
  retryAfter: z
    .union([z.int(), z.strictObject({ date: z.int() }), z.enum(['absurd', 'missing', 'nonsense'])])
    .optional(),
  /** For `redirect`. */
  location: z.string().optional(),
  /** For `slow`: before the first byte. For `drip`: between pieces. */
  delayMs: z.number().min(0).optional(),
  /** For `huge`: size of the body. */
  bytes: z.int().min(1).optional(),
});
export type FaultRule = z.infer<typeof FaultRule>;

/** How an answer travels. */
export type Act =
  | { readonly kind: 'whole' }
  | { readonly kind: 'hang'; readonly after: 'nothing' | 'half' }
  | { readonly kind: 'slow'; readonly delayMs: Millis }
  | { readonly kind: 'drip'; readonly delayMs: Millis }
  | { readonly kind: 'truncated'; readonly framing: 'length' | 'chunked' }
  | { readonly kind: 'reset' }
  | { readonly kind: 'not-http' }
  | { readonly kind: 'endless'; readonly limit: number };

export const WHOLE: Act = { kind: 'whole' };

/** What a rule is matched against. */
export interface Target {
  readonly route: 'list' | 'get' | 'graphql' | 'beside' | 'routes' | 'other';
  readonly account: { readonly id: string; readonly name: string } | null;
}

export interface Faults {
  /** Adds a rule; the newest one that fits wins. */
  set(rule: FaultRule): void;
  clear(): void;
  readonly active: readonly FaultRule[];
}

export interface FaultBook extends Faults {
  /** The rule that hits this request, counted as used. */
  take(target: Target, now: Instant): FaultRule | null;
}

/** `scheduled` answers which rules of the scenario hold at a moment. */
export function faultBook(scheduled: (now: Instant) => readonly FaultRule[]): FaultBook {
  let rules: { rule: FaultRule; left: number }[] = [];
  return {
    set(rule) {
      rules.unshift({ rule, left: rule.times ?? Infinity });
    },
    clear() {
      rules = [];
    },
    get active() {
      return rules.map(({ rule, left }) => (Number.isFinite(left) ? { ...rule, times: left } : rule));
    },
    take(target, now) {
      rules = rules.filter(({ rule, left }) => left > 0 && (rule.until === undefined || now < rule.until));
      const hit = rules.find(({ rule }) => hits(rule, target));
      if (hit !== undefined) {
        hit.left -= 1;
        return hit.rule;
      }
      return scheduled(now).find((rule) => hits(rule, target)) ?? null;
    },
  };
}

function hits(rule: FaultRule, { route, account }: Target): boolean {
  if (rule.account !== undefined && rule.account !== account?.id && rule.account !== account?.name) return false;
  switch (rule.match ?? 'any') {
    case 'any':
      return true;
    case 'rest':
      return route !== 'graphql';
    case 'writes':
      return route === 'other';
    case 'beside':
      return route === 'beside' || route === 'routes';
    default:
      return route === rule.match;
  }
}
