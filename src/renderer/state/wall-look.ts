import type { WallView } from '../views/wall/wall-view.ts';

/** Theme, palette and zone of a view, put at the root of its page; what the view leaves open stays as the reader chose. */
export function wallLook(root: HTMLElement): (view: Pick<WallView, 'theme' | 'palette' | 'zone'>) => void {
  const { theme, palette, zone } = { ...root.dataset };
  // The wall fits itself to the screen; a zoom that somebody chose for the desk would fit it twice.
  root.style.removeProperty('zoom');
  const put = (name: string, value: string | null, chosen: string | undefined): void => {
    const wanted = value ?? chosen;
    if (wanted === undefined) delete root.dataset[name];
    else root.dataset[name] = wanted;
  };
  return (view) => {
    put('theme', view.theme, theme);
    put('palette', view.palette, palette);
    put('zone', view.zone, zone);
  };
}
