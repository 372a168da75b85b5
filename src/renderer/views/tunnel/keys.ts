/** The keys of the page of one tunnel. */
import { RANGES, type Range } from '../../charts/view.ts';
import { isTyping } from '../shell/shortcuts.ts';

export interface TunnelKeys {
  readonly back: () => void;
  readonly range: (range: Range) => void;
  /** Below 1 closer, above 1 further away. */
  readonly zoom: (factor: number) => void;
  readonly reset: () => void;
  /** By a share of what is shown; negative is towards the past. */
  readonly pan: (share: number) => void;
  readonly step: (step: 1 | -1) => void;
  readonly table: () => void;
}

const ZOOM = 0.6;
const PAN = 0.2;

/** What a key does, `null` when it is none of these. */
export function tunnelKey(key: string, actions: TunnelKeys): (() => void) | null {
  const range = RANGES[Number(key) - 1];
  if (/^[1-9]$/.test(key)) return range ? () => actions.range(range) : null;
  switch (key) {
    case 'Escape':
    case 'Backspace':
      return actions.back;
    case '+':
    case '=':
      return () => actions.zoom(ZOOM);
    case '-':
    case '_':
      return () => actions.zoom(1 / ZOOM);
    case '0':
      return actions.reset;
    case 'ArrowLeft':
      return () => actions.pan(-PAN);
    case 'ArrowRight':
      return () => actions.pan(PAN);
    case 'j':
      return () => actions.step(1);
    case 'k':
      return () => actions.step(-1);
    case 't':
      return actions.table;
    default:
      return null;
  }
}

/** Listens on the page. Returns the way to stop. */
export function listenForKeys(page: Window, actions: TunnelKeys): () => void {
  const pressed = (event: KeyboardEvent): void => {
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
    const act = tunnelKey(event.key, actions);
    if (act === null) return;
    event.preventDefault();
    act();
  };
  page.addEventListener('keydown', pressed);
  return () => page.removeEventListener('keydown', pressed);
}
