/** Which language the page speaks: what the reader chose, else that of their system, else English. */

/** Languages that are complete, by BCP 47 tag, each with its own name for itself. */
export const LANGUAGES = { en: 'English', de: 'Deutsch' } as const;
export type Language = keyof typeof LANGUAGES;

/** Where the reader's choice is kept in the page's storage. */
export const LANGUAGE_KEY = 'language';

const isLanguage = (text: string | null | undefined): text is Language =>
  typeof text === 'string' && Object.hasOwn(LANGUAGES, text);

/** The language of a reader with this choice and these languages of their system. */
export function languageOf(chosen: string | null, system: readonly string[]): Language {
  if (isLanguage(chosen)) return chosen;
  return system.map((tag) => tag.split('-')[0]).find(isLanguage) ?? 'en';
}

function ofThisPage(): Language {
  if (typeof window === 'undefined') return 'en';
  return languageOf(stored(), navigator.languages);
}

/** Storage can be forbidden; then there is no choice. */
function stored(): string | null {
  try {
    return localStorage.getItem(LANGUAGE_KEY);
  } catch {
    return null;
  }
}

/** Fixed for the life of the page: another choice begins with a new one. */
export const LANGUAGE: Language = ofThisPage();
/** How `Intl` writes times and numbers; English the European way. */
export const LOCALE = { en: 'en-GB', de: 'de-DE' }[LANGUAGE];
