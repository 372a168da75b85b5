/** Die Tasten des Menüs der App, für die Hilfe ihrer Seite. */
import { MENU_KEYS, type MenuKeyName } from '../../../shared/menu-keys.ts';

export const title = 'Im Menü der App';

const LABELS: Readonly<Record<MenuKeyName, string>> = {
  board: 'Übersicht',
  alerts: 'Alarme',
  psk: 'Pre-Shared Keys',
  settings: 'Einstellungen',
  wall: 'Wand',
};

/** Tasten und was sie tun: `['Strg 1', 'Übersicht']`. Ein Mac hat eine Befehlstaste. */
export function list(mac: boolean): readonly (readonly [string, string])[] {
  return MENU_KEYS.map(({ keys, name }) => {
    const named = keys.map((key) => (key === 'Mod' ? (mac ? '⌘' : 'Strg') : key === 'Shift' ? 'Umschalt' : key));
    return [named.join(' '), LABELS[name]] as const;
  });
}
