import type { Millis } from '../../../shared/model.ts';
import type { PageClock } from '../../state/page-clock.ts';
import { viewHash } from '../../state/route.svelte.ts';

export interface ShortcutActions {
  readonly go: (hash: string) => void;
  readonly boardHash: () => string;
  readonly help: () => void;
}

/** The second key of `g b`, `g p`, `g a` and `g s` must follow within this time. */
const CHORD_MS: Millis = 1_000;

/** Keys that work in every view: `g b`, `g p`, `g a`, `g s`, `?`. Returns the way to stop. */
export function shortcuts(page: Window, clock: PageClock, actions: ShortcutActions): () => void {
  let chordAt = Number.NEGATIVE_INFINITY;
  const onKey = (event: KeyboardEvent): void => {
    if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
    const chord = clock.mono() - chordAt < CHORD_MS;
    chordAt = event.key === 'g' && !chord ? clock.mono() : Number.NEGATIVE_INFINITY;
    if (event.key === '?') actions.help();
    else if (chord && event.key === 'b') actions.go(actions.boardHash());
    else if (chord && event.key === 'p') actions.go(viewHash('psk'));
    else if (chord && event.key === 'a') actions.go(viewHash('alerts'));
    else if (chord && event.key === 's') actions.go(viewHash('settings'));
    else return;
    event.preventDefault();
  };
  page.addEventListener('keydown', onKey);
  return () => page.removeEventListener('keydown', onKey);
}

/** Whether keys go into a field at the moment, or a dialog is open. */
export function isTyping(target: EventTarget | null): boolean {
  if (!(target instanceof Element)) return false;
  return (
    target.closest('input:not([type=checkbox]):not([type=radio]), textarea, select, [contenteditable], dialog') !== null
  );
}
