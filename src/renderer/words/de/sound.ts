/** Worte der Töne. */
import type { Chime } from '../../sound/recipes.ts';

export const button = { on: 'Ton', muted: 'Stumm', blocked: 'Töne erlauben' } as const;
export const title = 'Töne der Alarme';
export const play = 'Töne abspielen';
export const volume = 'Lautstärke';
export const listen = 'Anhören';
export const what =
  'Ein Ton für jeden neuen Vorfall und einer, wenn er vorbei ist. Was stummgeschaltet oder quittiert ist, macht keinen.';
export const blocked = 'Dieser Browser spielt Töne erst nach einem Klick oder Tastendruck auf dieser Seite.';
export const chime: Readonly<Record<Chime, string>> = {
  critical: 'Kritisch',
  warning: 'Warnung',
  resolved: 'Behoben',
};
