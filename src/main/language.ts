/** Which language this desktop speaks outside its pages: menu, tray, notifications. Fixed until the next start. */
import type { BridgeHost } from '../engine/bridge/host.ts';
import { ALERT_LANGUAGES, type AlertLanguage } from '../shared/alert-words/languages.ts';

const isLanguage = (text: unknown): text is AlertLanguage => ALERT_LANGUAGES.some((one) => one === text);

/** That of the system by its tag (`de-AT`), where we speak it; else English. */
export function systemLanguage(tag: string): AlertLanguage {
  const [language] = tag.toLowerCase().split('-');
  return isLanguage(language) ? language : 'en';
}

/** What the settings of a host say, else what the system speaks. */
export async function languageOf(host: Pick<BridgeHost, 'call'>, tag: string): Promise<AlertLanguage> {
  const asked = await host.call('settings', {});
  // Practice has no settings.
  if (!asked.ok || asked.value === null || typeof asked.value !== 'object') return systemLanguage(tag);
  const chosen = 'document' in asked.value ? asked.value.document.language : undefined;
  return isLanguage(chosen) ? chosen : systemLanguage(tag);
}
