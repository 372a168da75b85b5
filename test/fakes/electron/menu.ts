/** Menus, kept as the templates that they were made from. */
export class Menu {
  static current: Menu | null = null;
  readonly template: Electron.MenuItemConstructorOptions[];
  constructor(template: Electron.MenuItemConstructorOptions[]) {
    this.template = template;
  }
  static buildFromTemplate(template: Electron.MenuItemConstructorOptions[]): Menu {
    return new Menu(template);
  }
  static setApplicationMenu(menu: Menu | null): void {
    Menu.current = menu;
  }
}

/** Test side: the item with this label or role, however deep it hangs. */
export function menuItem(
  template: readonly Electron.MenuItemConstructorOptions[],
  name: string,
): Electron.MenuItemConstructorOptions | null {
  for (const item of template) {
    if (item.label === name || item.role === name) return item;
    const found = Array.isArray(item.submenu) ? menuItem(item.submenu, name) : null;
    if (found !== null) return found;
  }
  return null;
}
