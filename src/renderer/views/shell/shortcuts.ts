import type { Millis } from '../../../shared/model.ts';
import type { PageClock } from '../../state/page-clock.ts';
import { viewHash } from '../../state/route.svelte.ts';

export interface ShortcutActions {
  readonly go: (hash: string) => void;
  readonly boardHash: () => string;
  readonly help: () => void;
}

/** The second key of `g b` and its like must follow within this time. */
const CHORD_MS: Millis = 1_000;

const PLACES: ReadonlyMap<string, Parameters<typeof viewHash>[0]> = new Map([
  ['p', 'psk'],
  ['a', 'alerts'],
  ['f', 'findings'],
  ['c', 'changes'],
  ['h', 'history'],
  ['s', 'settings'],
]);

/** Keys that work in every view: `g b`, `g p`, `g a`, `g f`, `g c`, `g h`, `g s`, `?`. Returns the way to stop. */
export function shortcuts(page: Window, clock: PageClock, actions: ShortcutActions): () => void {
  let chordAt = Number.NEGATIVE_INFINITY;
  const onKey = (event: KeyboardEvent): void => {
    if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
    const chord = clock.mono() - chordAt < CHORD_MS;
    chordAt = event.key === 'g' && !chord ? clock.mono() : Number.NEGATIVE_INFINITY;
    const view = chord ? PLACES.get(event.key) : undefined;
    if (event.key === '?') actions.help();
    else if (chord && event.key === 'b') actions.go(actions.boardHash());
    else if (view !== undefined) actions.go(viewHash(view));
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
