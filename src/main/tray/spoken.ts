/** The words of the tray by language. */
import type { AlertLanguage } from '../../shared/alert-words/languages.ts';
import type { Spoken } from '../../shared/spoken.ts';
import * as de from './words.de.ts';
import * as en from './words.ts';

/** English gives the shape. */
export type TrayWords = Spoken<typeof en>;
export const TRAY_WORDS: Readonly<Record<AlertLanguage, TrayWords>> = { en, de };
