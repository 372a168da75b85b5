/** How times, lengths and names are said where the words are read, and in which language. */
import type { AccountId, Instant, Millis } from '../model.ts';
import type { Spoken } from '../spoken.ts';
import type * as en from './en/index.ts';

/** The phrases of a language. English gives their shape. */
export type Phrases = Spoken<typeof en>;

/** What the reader's side lends to the words: its language, its zone, its lengths, the names of accounts, its moment. */
export interface Say {
  readonly words: Phrases;
  /** `10:02`, as short as it can be without doubt. */
  time(at: Instant): string;
  /** `4 min`. */
  duration(ms: Millis): string;
  account(id: AccountId): string;
  /** Why a lint rule found something and what mends it, where the reader’s side knows better than the host’s English. */
  finding?(rule: string): { readonly why: string; readonly fix: string } | null;
  readonly now: Instant;
}

/** The first letter as at the start of a sentence. Names stay as they are: give it words alone. */
export function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** `since 10:02 (4 min)`; `since before 10:02 (at least 4 min)` when nobody saw the beginning. */
export function sinceWords(at: Instant, exact: boolean, say: Say): string {
  const { since, sinceBefore } = say.words.grammar;
  return (exact ? since : sinceBefore)(say.time(at), say.duration(Math.max(0, say.now - at)));
}

/** A sentence ends with one mark, whatever the text brought along. */
export function sentence(text: string): string {
  return /[.!?…]$/.test(text) ? text : `${text}.`;
}
