/** Words and names that several sinks give to a notice. */
import type { Phrases } from '../../../shared/alert-words/index.ts';
import { PHRASES } from '../../../shared/alert-words/languages.ts';
import type { AlertSeverity, Incident } from '../../../shared/alerts.ts';
import type { Notice } from '../contract.ts';
import { oneLine } from './plain.ts';

/** What a notice is to its reader. `good` is the end of trouble. */
export type Mood = AlertSeverity | 'good';

/** The mood of a notice: its severity, or relief. */
export function moodOf({ kind, incident }: Notice): Mood {
  return kind === 'resolved' ? 'good' : incident.severity;
}

/** A mark for each mood that differs in shape as well as in colour. */
export const MARKS: Readonly<Record<Mood, string>> = { critical: '🔴', warning: '⚠️', info: 'ℹ️', good: '✅' };

/** What stands around a notice, in its language: `Critical`, `What to check next:`. */
export function frameOf({ language = 'en' }: Pick<Notice, 'language'>): Phrases['notices']['frame'] {
  return PHRASES[language].notices.frame;
}

/** What the reader has to know before the title: `Critical`, `Resolved`, `Test`. That it is a reminder the title says. */
export function kindWords(notice: Notice): string {
  const { severity, resolved, test } = frameOf(notice);
  return notice.kind === 'resolved' ? resolved : notice.kind === 'test' ? test : severity[notice.incident.severity];
}

/** One line that says it all: `Critical: 12 of 12 tunnels to 203.0.113.1 lost BGP`. */
export function headline(notice: Notice): string {
  const title = oneLine(notice.text.title);
  const words = kindWords(notice);
  return title.toLowerCase().startsWith(words.toLowerCase()) ? title : `${words}: ${title}`;
}

/** The lines below the headline: the sentence, a line for each alert. */
export function details({ text }: Notice): {
  readonly sentence: string;
  readonly lines: string[];
  readonly next: string[];
} {
  const clean = (lines: readonly string[]): string[] => lines.map(oneLine).filter((line) => line !== '');
  return { sentence: oneLine(text.sentence), lines: clean(text.lines), next: clean(text.next) };
}

/** Names an incident for receivers: two installations, or one that lost its store, both begin with `i-1`. */
export function incidentKey({ id, openedAt }: Incident): string {
  return `${id}-${Math.trunc(openedAt).toString(36)}`;
}

/** The same for every attempt of one notice, and of no other. */
export function deliveryKey({ incident }: Notice, id: string): string {
  return `tunnelwatch-${incidentKey(incident)}-${id}`;
}
