import { LANGUAGE, type Language } from './language.ts';

type IsUnion<T, U = T> = T extends U ? ([U] extends [T] ? false : true) : never;

/**
 * What another language has to offer for a part of the catalogue: every name, a text for a text, a function for a function.
 * Sets of words that code decides by (`'good' | 'bad'`) stay as they are.
 */
export type Spoken<T> = [T] extends [string]
  ? IsUnion<T> extends true
    ? T
    : string
  : T extends (...args: never[]) => unknown
    ? T
    : T extends object
      ? { readonly [K in keyof T]: Spoken<T[K]> }
      : T;

/** The other languages of a part, fetched when they are spoken. English comes with the page. */
export type Translations<T> = { readonly [L in Exclude<Language, 'en'>]?: () => Promise<Spoken<T>> };

/** A part of the catalogue in the reader's language. */
export async function spoken<T>(english: T, translations: Translations<T> = {}): Promise<Spoken<T>> {
  const load = LANGUAGE === 'en' ? undefined : translations[LANGUAGE];
  return load === undefined ? (english as Spoken<T>) : await load();
}
