import type { Instant, LaneValues, Millis } from '../../../shared/model.ts';
import type { DueBucket, DueStep } from '../../charts/due-buckets.ts';
import { DAY, duration, wholeDays } from '../../format/duration.ts';
import { count, plural } from '../../format/number.ts';
import { calendarDate, dayAndMonth, monthAndYear, monthName } from '../../format/time.ts';
import { readerDate } from '../../format/zone.ts';

export const title = 'Pre-Shared Keys';
export const policy = (text: string): string =>
  `Ein PSK ist ${text}. Die Uhr läuft, sobald Cloudflare ihn erzeugt; ein selbst gesetzter PSK verschiebt sein Datum womöglich nicht.`;
export const independent = 'Das Alter ist bekannt, auch wenn der Zustand es nicht ist.';

/** Die Namen der Stände. */
export const state: Readonly<Record<LaneValues['psk'], string>> = {
  missing: 'Fehlt',
  stale: 'Überaltert',
  due: 'Fällig',
  aging: 'Alternd',
  fresh: 'Frisch',
  unobserved: 'Nicht beobachtet',
};

export const sorts = {
  age: 'Fehlende, dann älteste',
  due: 'Nächste Fälligkeit zuerst',
  name: 'Name',
  site: 'Standort',
} as const;
export const sortLabel = 'Ordnen nach';
export const accountLabel = 'Konto';
export const allAccounts = 'Alle Konten';
export const search = 'Name, Standort, Adresse';
export const searchLabel = 'Tunnel suchen';
export const states = 'Tunnel nach Stand ihres PSK';
export const clear = 'Filter leeren';
export const noSite = 'kein Standort';
export const listLabel = 'Tunnel nach Alter ihres PSK';
export const empty = 'Noch gibt es keine Tunnel.';
export const noMatch = 'Kein Tunnel passt zu den Filtern.';
export const columns = { tunnel: 'Tunnel', age: 'Alter', bar: 'Gegen die Vorgabe', due: 'Wechsel' } as const;

/** `12 von 1.000 Tunneln`. */
export function shown(some: number, all: number): string {
  return some === all ? plural(all, 'Tunnel', 'Tunnel') : `${count(some)} von ${plural(all, 'Tunnel', 'Tunneln')}`;
}

/** `34 d`, `3 h`, `unserer Uhr voraus`. */
export function age(generatedAt: Instant | null, now: Instant): string {
  if (generatedAt === null) return 'nicht gemeldet';
  if (generatedAt > now) return 'unserer Uhr voraus';
  return now - generatedAt < DAY ? duration(now - generatedAt) : `${count(wholeDays(now - generatedAt))} d`;
}

/** `fällig in 146 d, 12. März 2027`, `überfällig seit 20 d`, `einen erzeugen`. */
export function due(generatedAt: Instant | null, dueMs: Millis, now: Instant): string {
  if (generatedAt === null) return 'einen erzeugen';
  const at = generatedAt + dueMs;
  const left = Math.ceil((at - now) / DAY);
  if (left > 0) return left === 1 ? 'fällig binnen eines Tages' : `fällig in ${count(left)} d, ${calendarDate(at)}`;
  const days = wholeDays(now - at);
  return days === 0 ? 'fällig seit heute' : `überfällig seit ${count(days)} d`;
}

/** Vor einer Zeile eines Kontos, das gerade nicht gelesen werden kann. */
export function asOf(ageMs: Millis | null): string {
  return ageMs === null ? 'noch nicht gelesen' : `Stand vor ${duration(ageMs)}`;
}

export const dueChart = {
  title: 'Anstehende Wechsel',
  steps: { week: 'Nach Wochen', month: 'Nach Monaten' } satisfies Record<DueStep, string>,
  step: 'Säulen',
  // Zwei kurze Zeilen: die Säulen sind schmal.
  missing: ['Kein', 'PSK'],
  overdue: ['Zu', 'alt'],
  later: ['Alle', 'später'],
  filtered: 'Von den gezeigten Tunneln.',
};

/** Die Beschriftung unter einer Säule, in einer oder zwei Zeilen; das Jahr steht bei seinem Januar. */
export function bucketLabel(bucket: DueBucket, step: DueStep): string | string[] {
  if (bucket.kind !== 'span') return dueChart[bucket.kind];
  if (step === 'week') return dayAndMonth(bucket.from).split(' ');
  const month = monthName(bucket.from);
  const begins = readerDate(bucket.from);
  return begins.getUTCMonth() === 0 ? [month, String(begins.getUTCFullYear())] : month;
}

/** Der volle Name einer Säule, für die Tabelle und beim Zeigen. */
export function bucketName(bucket: DueBucket, step: DueStep): string {
  if (bucket.kind === 'missing') return 'Kein PSK gemeldet';
  if (bucket.kind === 'overdue') return 'Jetzt überfällig';
  if (bucket.kind === 'later') return `Nach dem ${calendarDate(bucket.from - 1)}`;
  return step === 'week' ? `Woche ab ${calendarDate(bucket.from)}` : monthAndYear(bucket.from);
}

/** Alles in einem Satz für Bildschirmleser. */
export function dueSentence(buckets: readonly DueBucket[], step: DueStep): string {
  const parts = buckets
    .filter((bucket) => bucket.count > 0)
    .map((bucket) => `${bucketName(bucket, step)}: ${plural(bucket.count, 'Tunnel', 'Tunnel')}`);
  return parts.length === 0 ? 'Keine Tunnel zu zählen.' : `${parts.join('; ')}.`;
}
