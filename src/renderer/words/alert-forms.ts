import * as en from './en/alert-forms.ts';
import { spoken } from './spoken.ts';

/** Words of acknowledging and silencing, in the reader's language. */
export const alertForms = await spoken(en, { de: () => import('./de/alert-forms.ts') });
