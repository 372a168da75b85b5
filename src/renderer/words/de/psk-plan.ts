import type { Instant, PskPolicy } from '../../../shared/model.ts';
import { wholeDays } from '../../format/duration.ts';
import { count, plural } from '../../format/number.ts';
import { calendarDate } from '../../format/time.ts';

export const parts = { label: 'Neben der Liste', forecast: 'Ausblick', batches: 'Termine', look: 'Auffällig' };
export const rotate = 'Wechseln';
/** Für Vorleseprogramme, um sie zu unterscheiden. */
export const rotateOne = (name: string): string => `PSK von ${name} wechseln`;

export const calendar = 'Kalender sichern (.ics)';
export const calendarTitle =
  'Die Tage, an denen PSKs fällig werden, für ein Kalenderprogramm: Namen von Tunneln, keine Schlüssel';
export const calendarFile = 'psk-wechsel.ics';
export const failed = 'Die Planung war nicht lesbar.';
export const retry = 'Erneut versuchen';
export const loading = 'Die Planung wird gelesen …';

const d = (ms: number): string => `${count(wholeDays(ms))} d`;
export const policies = 'Vorgaben';
export const general = 'Alle anderen Tunnel';
export const policyColumns = { who: 'Tunnel', aging: 'Alternd', due: 'Fällig', stale: 'Überaltert' };
export const policyAges = ({ agingMs, dueMs, staleMs }: PskPolicy): readonly string[] => [
  d(agingMs),
  d(dueMs),
  d(staleMs),
];
export const strictest = 'Für einen Tunnel mit mehreren dieser Schlagwörter gilt die strengste Vorgabe.';
/** `#pci: 60 d`: das Schlagwort und das Alter, ab dem seine PSKs fällig sind. */
export const ownPolicy = (tag: string | null, policy: PskPolicy): string =>
  `${tag === null ? 'eigene Vorgabe' : `#${tag}`}: ${d(policy.dueMs)}`;

export const batchesIntro =
  'Ein Vorschlag für die nächsten 90 Tage, an Werktagen. Nie sind zwei Tunnel einer Gruppe in einem Termin: Die andere Hälfte trägt den Verkehr.';
export const batchTitle = (number: number, day: Instant): string => `Termin ${count(number)}: ${calendarDate(day)}`;
export const tunnels = (many: number): string => plural(many, 'Tunnel', 'Tunnel');
/** Wer stehen bleibt, und woran die Zusammengehörigkeit erkannt wurde. */
export const partner = (by: readonly string[], grouping: string): string =>
  by.length === 0
    ? 'kein Partner bekannt: Der Standort kann einige Minuten abgeschnitten sein'
    : `${by.join(', ')} ${by.length === 1 ? 'bleibt' : 'bleiben'} stehen (${grouping})`;
export const noBatches = 'In den nächsten 90 Tagen wird kein PSK fällig. Es gibt nichts zu planen.';
export const moreBatches = (many: number): string => `und danach ${plural(many, 'Termin', 'Termine')}`;

export const neverRotated = 'Nie gewechselt';
export const neverRotatedWhy = 'Mit dem Tunnel entstanden und inzwischen überfällig.';
export const noneNeverRotated = 'Jeder überfällige PSK wurde schon einmal gewechselt.';
export const madeOn = (at: Instant | null): string => (at === null ? '' : `vom ${calendarDate(at)}`);
export const sameTime = 'Zur selben Zeit entstanden';
export const sameTimeWhy =
  'Fünf oder mehr innerhalb einer Minute. Vielleicht derselbe PSK auf mehreren Tunneln: Wer ihn kennt, kennt dann alle. Lesen kann ihn niemand.';
export const noSameTime = 'Keine fünf PSKs eines Kontos sind innerhalb einer Minute entstanden.';
export const sameTimeTitle = (many: number, at: Instant): string => `${tunnels(many)}, ${calendarDate(at)}`;
export const more = (many: number): string => `und ${count(many)} weitere`;
