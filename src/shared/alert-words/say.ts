/** How times, lengths and names are said where the words are read, and small grammar. */
import type { AccountId, Instant, Millis } from '../model.ts';

/** What the reader's side lends to the words: its zone, its lengths, the names of accounts, its moment. */
export interface Say {
  /** `10:02`, as short as it can be without doubt. */
  time(at: Instant): string;
  /** `4 min`. */
  duration(ms: Millis): string;
  account(id: AccountId): string;
  readonly now: Instant;
}

/** `1 tunnel`, `14 tunnels`. */
export function plural(count: number, one: string, other: string): string {
  return `${count} ${count === 1 ? one : other}`;
}

/** `a`, `a and b`, `a, b and c`, `a, b and 4 more`. */
export function listed(words: readonly string[], most = 3): string {
  if (words.length <= 1) return words[0] ?? '';
  if (words.length <= most) return `${words.slice(0, -1).join(', ')} and ${words.at(-1)}`;
  return `${words.slice(0, most - 1).join(', ')} and ${words.length - most + 1} more`;
}

/** The first letter as at the start of a sentence. Names stay as they are: give it words alone. */
export function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** `since 10:02 (4 min)`; `since before 10:02 (at least 4 min)` when nobody saw the beginning. */
export function sinceWords(at: Instant, exact: boolean, say: Say): string {
  const length = say.duration(Math.max(0, say.now - at));
  return exact ? `since ${say.time(at)} (${length})` : `since before ${say.time(at)} (at least ${length})`;
}

/** A sentence ends with one mark, whatever the text brought along. */
export function sentence(text: string): string {
  return /[.!?…]$/.test(text) ? text : `${text}.`;
}
