/** The keys of time travel. */
import { type Past, SPEEDS, type Speed } from '../../state/past.svelte.ts';
import { isTyping } from '../shell/shortcuts.ts';

export interface PastActs {
  readonly step: (by: 1 | -1) => void;
  readonly toNow: () => void;
  readonly incidentsOnly: () => void;
}

/** The next faster (1) or slower (-1) speed; the last one stays. */
export function otherSpeed(speed: Speed, by: 1 | -1): Speed {
  return SPEEDS[SPEEDS.indexOf(speed) + by] ?? speed;
}

/** What a key does; `null` when it is none of these. */
function actOf(key: string, past: Past, acts: PastActs): (() => void) | null {
  switch (key) {
    case ' ':
      return () => (past.playing ? past.pause() : past.play());
    case ',':
      return () => acts.step(-1);
    case '.':
      return () => acts.step(1);
    case '-':
      return () => past.setSpeed(otherSpeed(past.speed, -1));
    case '+':
    case '=':
      return () => past.setSpeed(otherSpeed(past.speed, 1));
    case 'i':
      return acts.incidentsOnly;
    case 'n':
      return acts.toNow;
    default:
      return null;
  }
}

/** Keys go where somebody types or chooses; the slider is none of these. */
function isTaken({ key, target }: KeyboardEvent): boolean {
  if (!(target instanceof Element)) return false;
  if (target instanceof HTMLInputElement && target.type === 'range') return false;
  if (key === ' ' && target.closest('button, a, summary') !== null) return true;
  return isTyping(target);
}

/** Listens on the page. Returns the way to stop. */
export function listenForPastKeys(page: Window, past: Past, acts: PastActs): () => void {
  const pressed = (event: KeyboardEvent): void => {
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || isTaken(event)) return;
    const act = actOf(event.key, past, acts);
    if (act === null) return;
    event.preventDefault();
    act();
  };
  page.addEventListener('keydown', pressed);
  return () => page.removeEventListener('keydown', pressed);
}
