/** A notice in words, and the steps of an incident's timeline. */
import type { Alert, Incident, IncidentStep, NoticeKind } from '../alerts.ts';
import { alertLine } from './alert-lines.ts';
import { nextSteps } from './next-steps.ts';
import { listed, type Say } from './say.ts';
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

const BEFORE: Readonly<Record<NoticeKind, string>> = {
  firing: '',
  worse: 'Worse: ',
  reminder: 'Still: ',
  escalation: 'Not acknowledged: ',
  update: '',
  resolved: '',
  test: 'Test: ',
};

function lines(alerts: readonly Alert[], kind: NoticeKind, say: Say): readonly string[] {
  const shown = kind === 'resolved' ? alerts : alerts.filter(({ phase }) => phase !== 'resolved');
  const told = shown.slice(0, MOST_LINES).map((alert) => alertLine(alert, say));
  const rest = shown.length - told.length;
  return rest > 0 ? [...told, `and ${rest} more`] : told;
}

function people({ acknowledgement, phase }: Incident, kind: NoticeKind): string {
  if (phase === 'resolved') return '';
  if (acknowledgement !== null) return ` ${acknowledgement.by} takes care of it.`;
  return kind === 'reminder' || kind === 'escalation' ? ' Nobody has acknowledged it.' : '';
}

/**
 * What a notice says.
 * @param alerts Those that show, worst first; all of them, so that the rest can be counted.
 */
export function noticeText(incident: Incident, alerts: readonly Alert[], kind: NoticeKind, say: Say): NoticeWords {
  const title = incidentTitle(incident, say);
  return {
    title: incident.phase === 'firing' ? `${BEFORE[kind]}${title}` : title,
    sentence: `${incidentSentence(incident, say)}${people(incident, kind)}`,
    lines: lines(alerts, kind, say),
    next: nextSteps(incident, alerts),
  };
}

const STEPS: Readonly<Record<IncidentStep['what'], string>> = {
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

/** What the note of a step says: severities and ids of silences are no words yet. */
function noteWords({ what, note }: IncidentStep): string {
  if (what === 'worse' || what === 'milder') return note === '' ? '' : `: from ${note}`;
  return note === '' ? '' : `: ${note}`;
}

/** `maintenance:Friday, s-1`: by what it was hidden. */
function hiddenBy(ids: string): string {
  const windows = ids
    .split(', ')
    .filter((id) => id.startsWith(MAINTENANCE))
    .map((id) => id.slice(MAINTENANCE.length));
  if (windows.length === 0) return 'Hidden by a silence';
  return `Hidden by the maintenance ${windows.length === 1 ? 'window' : 'windows'} ${listed(windows)}`;
}

/** `Acknowledged by Ada: on the phone with the carrier`. */
export function stepWords(step: IncidentStep, _say?: Say): string {
  const { what, by, note } = step;
  const who = by === null ? '' : ` by ${by}`;
  if (what === 'silenced' && note !== '') return hiddenBy(note);
  if (what === 'unsilenced') return 'No longer hidden';
  return `${STEPS[what]}${who}${noteWords(step)}`;
}
