/** Phrases of notices, and of the steps of an incident's timeline. */
import type { IncidentStep, NoticeKind } from '../../alerts.ts';
import { listed } from './grammar.ts';

export const before: Readonly<Record<NoticeKind, string>> = {
  firing: '',
  worse: 'Worse: ',
  reminder: 'Still: ',
  escalation: 'Not acknowledged: ',
  update: '',
  resolved: '',
  test: 'Test: ',
};
export const more = (count: number): string => `and ${count} more`;
export const takesCare = (by: string): string => `${by} takes care of it.`;
export const nobody = 'Nobody has acknowledged it.';
export const test = {
  title: 'Test from Tunnelwatch',
  sentence: 'Nothing is wrong. Notices of Tunnelwatch reach you here.',
} as const;
/** What stands around a notice where a receiver shows it: mails, chats, notifications. */
export const frame = {
  severity: { critical: 'Critical', warning: 'Warning', info: 'Info' },
  resolved: 'Resolved',
  test: 'Test',
  next: 'What to check next:',
  open: 'Open in Tunnelwatch',
} as const;

export const steps: Readonly<Record<IncidentStep['what'], string>> = {
  opened: 'Opened',
  worse: 'Got worse',
  milder: 'Got milder',
  grew: 'Grew',
  cause: 'Turned out to be wider',
  recovering: 'Recovering',
  returned: 'Came back',
  resolved: 'Resolved',
  acknowledged: 'Acknowledged',
  unacknowledged: 'No longer acknowledged',
  silenced: 'Silenced',
  unsilenced: 'No longer silenced',
  escalated: 'Escalated',
  reminded: 'Reminded',
};
export const by = (who: string): string => ` by ${who}`;
/** What a step noted: `warning to critical`, `12 of 12 tunnels to 203.0.113.1`, a person's own words. */
export const noted = (what: IncidentStep['what'], note: string): string =>
  what === 'worse' || what === 'milder' ? `from ${note}` : note;
export const bySilence = 'Hidden by a silence';
export const byWindows = (windows: readonly string[]): string =>
  `Hidden by the maintenance ${windows.length === 1 ? 'window' : 'windows'} ${listed(windows)}`;
export const shown = 'No longer hidden';
