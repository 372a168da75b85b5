/** The keys of the desktop's menu, for the help of its page. */
import { MENU_KEYS } from '../../../shared/menu-keys.ts';

export const title = 'In the menu of the app';

/** Keys and what they do, as the help lists them: `['Ctrl 1', 'Board']`. A Mac has a Command key. */
export function list(mac: boolean): readonly (readonly [string, string])[] {
  return MENU_KEYS.map(({ keys, label }) => {
    const named = keys.map((key) => (key === 'Mod' ? (mac ? '⌘' : 'Ctrl') : key));
    return [named.join(' '), label] as const;
  });
}
