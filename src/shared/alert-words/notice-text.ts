/** A notice in words, and the steps of an incident's timeline. */
import type { Alert, Incident, IncidentStep, NoticeKind } from '../alerts.ts';
import { alertLine } from './alert-lines.ts';
import { nextSteps } from './next-steps.ts';
import type { Phrases, Say } from './say.ts';
import { incidentSentence, incidentTitle } from './titles.ts';

/** Plain text: each sink escapes it for its own format. */
export interface NoticeWords {
  readonly title: string;
  readonly sentence: string;
  readonly lines: readonly string[];
  readonly next: readonly string[];
}

/** More alerts than this are counted. */
const MOST_LINES = 10;

/** How ids of maintenance windows begin. */
const MAINTENANCE = 'maintenance:';

function lines(alerts: readonly Alert[], kind: NoticeKind, say: Say): readonly string[] {
  const shown = kind === 'resolved' ? alerts : alerts.filter(({ phase }) => phase !== 'resolved');
  const told = shown.slice(0, MOST_LINES).map((alert) => alertLine(alert, say));
  const rest = shown.length - told.length;
  return rest > 0 ? [...told, say.words.notices.more(rest)] : told;
}

function people({ acknowledgement, phase }: Incident, kind: NoticeKind, { notices }: Phrases): string {
  if (phase === 'resolved') return '';
  if (acknowledgement !== null) return ` ${notices.takesCare(acknowledgement.by)}`;
  return kind === 'reminder' || kind === 'escalation' ? ` ${notices.nobody}` : '';
}

/**
 * What a notice says.
 * @param alerts Those that show, worst first; all of them, so that the rest can be counted.
 */
export function noticeText(incident: Incident, alerts: readonly Alert[], kind: NoticeKind, say: Say): NoticeWords {
  const title = incidentTitle(incident, say);
  return {
    title: incident.phase === 'firing' ? `${say.words.notices.before[kind]}${title}` : title,
    sentence: `${incidentSentence(incident, say)}${people(incident, kind, say.words)}`,
    lines: lines(alerts, kind, say),
    next: nextSteps(incident, alerts, say.words),
  };
}

/** What the note of a step says. It was recorded in English; languages say the forms that they know in their own way. */
function noteWords({ what, note }: IncidentStep, { notices }: Phrases): string {
  return note === '' ? '' : `: ${notices.noted(what, note)}`;
}

/** `maintenance:Friday, s-1`: by what it was hidden. */
function hiddenBy(ids: string, { notices }: Phrases): string {
  const windows = ids
    .split(', ')
    .filter((id) => id.startsWith(MAINTENANCE))
    .map((id) => id.slice(MAINTENANCE.length));
  return windows.length === 0 ? notices.bySilence : notices.byWindows(windows);
}

/** `Acknowledged by Ada: on the phone with the carrier`. */
export function stepWords(step: IncidentStep, { words }: Pick<Say, 'words'>): string {
  const { what, by, note } = step;
  const { notices } = words;
  const who = by === null ? '' : notices.by(by);
  if (what === 'silenced' && note !== '') return hiddenBy(note, words);
  if (what === 'unsilenced') return notices.shown;
  return `${notices.steps[what]}${who}${noteWords(step, words)}`;
}
