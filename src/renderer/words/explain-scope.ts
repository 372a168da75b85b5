import * as en from './en/explain-scope.ts';
import { spoken } from './spoken.ts';

/** Words of whose trouble it is, in the reader's language. */
export const explainScope = await spoken(en, { de: () => import('./de/explain-scope.ts') });
