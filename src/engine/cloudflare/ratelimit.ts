/**
 * What the rate-limit headers say. Cloudflare sends `Ratelimit: "default";r=50;t=30` and `Ratelimit-Policy:
 * "default";q=1200;w=300` with every answer, and `Retry-After` with 429 alone.
 */
import type { Instant, Millis } from '../../shared/model.ts';
import type { RateInfo } from './contract.ts';

/**
 * No wait is believed beyond this. Cloudflare's own penalty for too many requests is five minutes; a longer figure is a
 * mistake of somebody on the way, and would blind us for as long as it says.
 */
export const MAX_RETRY_AFTER_MS: Millis = 15 * 60_000;

type Headers = Readonly<Record<string, string>>;
interface Item {
  readonly name: string;
  readonly parameters: ReadonlyMap<string, number>;
}

/** The tightest limit that the headers name, or `null` when they name none. */
export function rateInfoOf(headers: Headers): RateInfo | null {
  const policies = new Map(items(headers['ratelimit-policy']).map((item) => [item.name, item.parameters]));
  let tightest: RateInfo | null = null;
  for (const { name, parameters } of items(headers.ratelimit)) {
    const remaining = parameters.get('r');
    if (remaining === undefined) continue;
    const policy = policies.get(name) ?? (policies.size === 1 ? [...policies.values()][0] : undefined);
    const window = policy?.get('w');
    const info: RateInfo = {
      remaining,
      resetMs: (parameters.get('t') ?? 0) * 1000,
      quota: policy?.get('q') ?? null,
      windowMs: window === undefined ? null : window * 1000,
    };
    if (tightest === null || info.remaining < tightest.remaining) tightest = info;
  }
  return tightest;
}

/**
 * How long the answer asks us to wait: whole or broken seconds, or an HTTP date. A date is measured against the answer's
 * own `Date` where it has one, so that a wrong clock here does not matter. `null` when absent or unreadable.
 */
export function retryAfterOf(headers: Headers, now: Instant): Millis | null {
  const text = headers['retry-after']?.trim();
  if (text === undefined || text === '') return null;
  if (/^\d+(\.\d+)?$/.test(text)) return within(Number(text) * 1000);
  // Date.parse also takes "5" or "2001"; an HTTP date begins with the name of a day.
  const at = /^[A-Za-z]{3}/.test(text) ? Date.parse(text) : Number.NaN;
  if (Number.isNaN(at)) return null;
  const base = Date.parse(headers.date ?? '');
  return within(at - (Number.isNaN(base) ? now : base));
}

function within(wait: Millis): Millis {
  return Math.min(Math.max(0, Math.ceil(wait)), MAX_RETRY_AFTER_MS);
}

/** A header such as `"a";r=1;t=2, "b";r=3` as its items. Parameters that are not plain numbers are left out. */
function items(header: string | undefined): Item[] {
  if (header === undefined) return [];
  const found: Item[] = [];
  // 1,000 characters hold any real header; more is somebody playing.
  for (const match of header
    .slice(0, 1000)
    .matchAll(/(?:"([^"]*)"|([^\s,;"=]+))((?:\s*;\s*[\w-]+\s*=\s*[^\s,;]+)*)/g)) {
    const parameters = new Map<string, number>();
    for (const pair of (match[3] ?? '').matchAll(/([\w-]+)\s*=\s*(\d{1,15}(?:\.\d+)?)(?=[\s,;]|$)/g)) {
      parameters.set((pair[1] ?? '').toLowerCase(), Number(pair[2]));
    }
    found.push({ name: match[1] ?? match[2] ?? '', parameters });
  }
  return found;
}
