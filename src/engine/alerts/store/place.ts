/** Where alerts are kept at the moment. */
import type { Millis } from '../../../shared/model.ts';
import type { CheckLevel, OpenFailure } from '../../history/open-file.ts';
import type { AlertRows } from './rows.ts';

/** On the file, or in memory with whatever of the file can still be read. */
export type Place =
  | { readonly kind: 'disk'; readonly rows: AlertRows }
  | {
      readonly kind: 'memory';
      readonly rows: AlertRows;
      readonly readable: AlertRows | null;
      /** The end of a sentence, or a whole one when the file is refused; `null` where no file is wanted. */
      readonly failure: OpenFailure | null;
      readonly level: CheckLevel;
      /** Monotonic time of the next try. */
      readonly retryAt: Millis;
      /** What the file held when we started is not known. */
      readonly unread: boolean;
    }
  | { readonly kind: 'closed' };

export type MemoryPlace = Extract<Place, { readonly kind: 'memory' }>;
