/** The languages in which alerts are told, for whoever does not choose at the start of a page. */
import * as de from './de/index.ts';
import * as en from './en/index.ts';
import type { Phrases } from './say.ts';

export const ALERT_LANGUAGES = ['en', 'de'] as const;
export type AlertLanguage = (typeof ALERT_LANGUAGES)[number];

/** The phrases of each language. */
export const PHRASES: Readonly<Record<AlertLanguage, Phrases>> = { en, de };
