/** Which language the page speaks: what the reader chose, else that of their system, else English. */

/** Languages that are complete, by BCP 47 tag, each with its own name for itself. */
export const LANGUAGES = { en: 'English', de: 'Deutsch' } as const;
export type Language = keyof typeof LANGUAGES;

/** Where the reader's choice is kept in the page's storage. */
export const LANGUAGE_KEY = 'tunnelwatch.language';

const isLanguage = (text: string | null | undefined): text is Language =>
  typeof text === 'string' && Object.hasOwn(LANGUAGES, text);

/** The language of a reader with this choice and these languages of their system. */
export function languageOf(chosen: string | null, system: readonly string[]): Language {
  if (isLanguage(chosen)) return chosen;
  return system.map((tag) => tag.split('-')[0]).find(isLanguage) ?? 'en';
}

function ofThisPage(): Language {
  if (typeof window === 'undefined') return 'en';
  return languageOf(chosenLanguage(), navigator.languages);
}

/** What the reader chose; `null`: nothing, or storage is forbidden. */
export function chosenLanguage(): Language | null {
  try {
    const kept = localStorage.getItem(LANGUAGE_KEY);
    return isLanguage(kept) ? kept : null;
  } catch {
    return null;
  }
}

/** Keeps the choice (`null`: as the system) and begins the page anew with it. */
export function chooseLanguage(language: Language | null): void {
  try {
    if (language === null) localStorage.removeItem(LANGUAGE_KEY);
    else localStorage.setItem(LANGUAGE_KEY, language);
  } catch {
    // Nothing can be kept here; the page stays as it is.
    return;
  }
  location.reload();
}

/** Fixed for the life of the page: another choice begins with a new one. */
export const LANGUAGE: Language = ofThisPage();
/** How `Intl` writes times and numbers; English the European way. */
export const LOCALE = { en: 'en-GB', de: 'de-DE' }[LANGUAGE];
