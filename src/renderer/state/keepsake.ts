/** What the page remembers of its reader between visits. Storage can be forbidden; things then last as long as the page. */
export class Keepsake {
  readonly #page: Window;
  readonly #name: string;
  #value: string | null = null;

  /** @param name Of what is kept, after `tunnelwatch.`. */
  constructor(page: Window, name: string) {
    this.#page = page;
    this.#name = `tunnelwatch.${name}`;
    try {
      this.#value = page.localStorage.getItem(this.#name);
    } catch {
      this.#value = null;
    }
  }

  get(): string | null {
    return this.#value;
  }

  set(value: string): void {
    this.#value = value;
    try {
      this.#page.localStorage.setItem(this.#name, value);
    } catch {
      // As said above.
    }
  }
}
