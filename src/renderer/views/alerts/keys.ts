/** The keys of the inbox. */
import { isTyping } from '../shell/shortcuts.ts';

export interface InboxKeys {
  /** To the next (1) or previous (-1) incident. */
  readonly step: (by: 1 | -1) => void;
  readonly acknowledge: () => void;
  readonly unacknowledge: () => void;
  readonly silence: () => void;
  readonly open: () => void;
  /** Shows the board as it was when the incident began. */
  readonly showThen: () => void;
}

/** What a key does, `null` when it is none of these. */
export function inboxKey(key: string, actions: InboxKeys): (() => void) | null {
  switch (key) {
    case 'j':
    case 'ArrowDown':
      return () => actions.step(1);
    case 'k':
    case 'ArrowUp':
      return () => actions.step(-1);
    case 'a':
      return actions.acknowledge;
    case 'u':
      return actions.unacknowledge;
    case 's':
      return actions.silence;
    case 't':
      return actions.showThen;
    case 'o':
    case 'Enter':
      return actions.open;
    default:
      return null;
  }
}

/** Arrows scroll what has the focus, and Enter presses it: there they are not ours. */
function isTaken(event: KeyboardEvent): boolean {
  const { key, target } = event;
  if (!(target instanceof Element)) return false;
  if (key === 'Enter') return target.closest('a:not([aria-current="true"]), button, summary') !== null;
  return key.startsWith('Arrow') && target.closest('[data-scrolls], input, summary') !== null;
}

/** Listens on the page. Returns the way to stop. */
export function listenForKeys(page: Window, actions: InboxKeys): () => void {
  const pressed = (event: KeyboardEvent): void => {
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
    if (isTaken(event)) return;
    const act = inboxKey(event.key, actions);
    if (act === null) return;
    event.preventDefault();
    act();
  };
  page.addEventListener('keydown', pressed);
  return () => page.removeEventListener('keydown', pressed);
}
