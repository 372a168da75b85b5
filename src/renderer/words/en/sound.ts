/** Words of the sounds. */
import type { Chime } from '../../sound/recipes.ts';

export const button = { on: 'Sound', muted: 'Muted', blocked: 'Click to allow sounds' } as const;
export const title = 'Sounds of alerts';
export const play = 'Play sounds';
export const volume = 'Volume';
export const listen = 'Listen';
export const what =
  'One sound for each new incident, and one when it is over. What is silenced or acknowledged makes none.';
export const blocked = 'This browser plays sounds only after a click or a key on this page.';
export const chime: Readonly<Record<Chime, string>> = {
  critical: 'Critical',
  warning: 'Warning',
  resolved: 'Resolved',
};
