import type { Spoken } from '../../shared/spoken.ts';
import { LANGUAGE, type Language } from './language.ts';

/** The other languages of a part, fetched when they are spoken. English comes with the page. */
export type Translations<T> = { readonly [L in Exclude<Language, 'en'>]?: () => Promise<Spoken<T>> };

/** A part of the catalogue in the reader's language. */
export async function spoken<T>(english: T, translations: Translations<T> = {}): Promise<Spoken<T>> {
  const load = LANGUAGE === 'en' ? undefined : translations[LANGUAGE];
  return load === undefined ? (english as Spoken<T>) : await load();
}
