export type ThemeChoice = 'system' | 'dark' | 'light';
const STORED = 'tunnelwatch.theme';
const ORDER: readonly ThemeChoice[] = ['system', 'dark', 'light'];

/** Dark or light: the system's wish, or the reader's, which is kept. */
export class Theme {
  readonly #page: Window;
  readonly #light: MediaQueryList;
  #choice = $state.raw<ThemeChoice>('system');
  #systemLight = $state.raw(false);

  constructor(page: Window) {
    this.#page = page;
    this.#light = page.matchMedia('(prefers-color-scheme: light)');
    this.#systemLight = this.#light.matches;
    this.#light.addEventListener('change', () => {
      this.#systemLight = this.#light.matches;
    });
    this.choose(ORDER.find((choice) => choice === stored(page)) ?? 'system');
  }

  get choice(): ThemeChoice {
    return this.#choice;
  }

  /** What is shown now. Charts read it to know when to draw again in other colours. */
  get shown(): 'dark' | 'light' {
    if (this.#choice !== 'system') return this.#choice;
    return this.#systemLight ? 'light' : 'dark';
  }

  choose(choice: ThemeChoice): void {
    this.#choice = choice;
    const root = this.#page.document.documentElement;
    if (choice === 'system') root.removeAttribute('data-theme');
    else root.setAttribute('data-theme', choice);
    try {
      this.#page.localStorage.setItem(STORED, choice);
    } catch {
      // Storage can be forbidden; the choice then lasts as long as the page.
    }
  }

  /** Dark and light in turn, starting from what is shown. */
  toggle(): void {
    this.choose(this.shown === 'dark' ? 'light' : 'dark');
  }
}

/** The computed value of a colour token, for canvases: `token('--up')` is `rgb(0, 158, 115)`. */
export function token(name: `--${string}`, element: Element = document.documentElement): string {
  return getComputedStyle(element).getPropertyValue(name).trim();
}

function stored(page: Window): string | null {
  try {
    return page.localStorage.getItem(STORED);
  } catch {
    return null;
  }
}
