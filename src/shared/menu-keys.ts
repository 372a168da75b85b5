/** Keys of the desktop's own menu, which its menu and the help of its page both list. */

/** A step that the menu offers, with the keys that take it: `Mod` is Command on a Mac and Ctrl elsewhere. */
export interface MenuKey {
  readonly name: 'board' | 'alerts' | 'psk' | 'settings' | 'wall';
  readonly label: string;
  readonly keys: readonly string[];
}

export const MENU_KEYS = [
  { name: 'board', label: 'Board', keys: ['Mod', '1'] },
  { name: 'alerts', label: 'Alerts', keys: ['Mod', '2'] },
  { name: 'psk', label: 'Pre-shared keys', keys: ['Mod', '3'] },
  { name: 'settings', label: 'Settings', keys: ['Mod', ','] },
  { name: 'wall', label: 'Wall', keys: ['Mod', 'Shift', 'F'] },
] as const satisfies readonly MenuKey[];
export type MenuKeyName = (typeof MENU_KEYS)[number]['name'];
