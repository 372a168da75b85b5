/** Wendungen der Nachrichten und der Schritte im Verlauf eines Vorfalls. */
import type { IncidentStep, NoticeKind } from '../../alerts.ts';
import { listed } from './grammar.ts';

export const before: Readonly<Record<NoticeKind, string>> = {
  firing: '',
  worse: 'Schlimmer: ',
  reminder: 'Immer noch: ',
  escalation: 'Nicht quittiert: ',
  update: '',
  resolved: '',
  test: 'Probe: ',
};
export const more = (count: number): string => `und ${count} weitere`;
export const takesCare = (by: string): string => `${by} kümmert sich darum.`;
export const nobody = 'Niemand hat quittiert.';
export const test = {
  title: 'Probe von Tunnelwatch',
  sentence: 'Nichts ist gestört. Nachrichten von Tunnelwatch kommen hier an.',
} as const;
/** Was um eine Nachricht herum steht, wo ein Empfänger sie zeigt: Mails, Chats, Benachrichtigungen. */
export const frame = {
  severity: { critical: 'Kritisch', warning: 'Warnung', info: 'Hinweis' },
  resolved: 'Behoben',
  test: 'Probe',
  next: 'Was als Nächstes zu prüfen ist:',
  open: 'In Tunnelwatch öffnen',
} as const;

export const steps: Readonly<Record<IncidentStep['what'], string>> = {
  opened: 'Eröffnet',
  worse: 'Wurde schlimmer',
  milder: 'Wurde milder',
  grew: 'Wuchs',
  cause: 'Erwies sich als größer',
  recovering: 'Erholt sich',
  returned: 'Kam wieder',
  resolved: 'Behoben',
  acknowledged: 'Quittiert',
  unacknowledged: 'Nicht mehr quittiert',
  silenced: 'Stummgeschaltet',
  unsilenced: 'Nicht mehr stummgeschaltet',
  escalated: 'Eskaliert',
  reminded: 'Erinnert',
};
export const by = (who: string): string => ` von ${who}`;
export { noted } from './recorded.ts';
export const bySilence = 'Durch eine Stummschaltung verborgen';
export const byWindows = (windows: readonly string[]): string =>
  `Durch ${windows.length === 1 ? 'das Wartungsfenster' : 'die Wartungsfenster'} ${listed(windows)} verborgen`;
export const shown = 'Nicht mehr verborgen';
