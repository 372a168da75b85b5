/** What a person should know about alerts.db, in sentences. */
import type { Millis } from '../../../shared/model.ts';
import type { Clock } from '../../clock.ts';

/** "Your file was moved aside" stays in the status so long. */
const NOTICE_MS: Millis = 24 * 3_600_000;

/** Memory mode in one sentence. `reason` as `reasonFor` gives it. */
export function memorySentence(path: string, reason: string): string {
  return `Alerts cannot be written to ${path} because ${reason}; they are kept in memory, and written as soon as the disk accepts them again.`;
}

export interface Trouble {
  setAside(sentence: string): void;
  unreadable(table: string, id: string | number): void;
  /** What there is to say for a day after it happened; `null` for nothing. */
  sentence(): string | null;
}

/** Remembers what happened to the file at `path`. */
export function createTrouble(path: string, clock: Clock): Trouble {
  let notice: { readonly sentence: string; readonly until: Millis } | null = null;
  const rows = new Set<string>();
  let until: Millis = 0;
  return {
    setAside(sentence) {
      notice = { sentence, until: clock.monotonic() + NOTICE_MS };
    },
    unreadable(table, id) {
      rows.add(`${table} ${id}`);
      until = clock.monotonic() + NOTICE_MS;
    },
    sentence() {
      const now = clock.monotonic();
      const said = notice !== null && now < notice.until ? [notice.sentence] : [];
      if (rows.size > 0 && now < until) {
        const records = rows.size === 1 ? '1 record' : `${rows.size} records`;
        said.push(`${records} of ${path} could not be read and ${rows.size === 1 ? 'is' : 'are'} left out.`);
      }
      return said.length === 0 ? null : said.join(' ');
    },
  };
}
