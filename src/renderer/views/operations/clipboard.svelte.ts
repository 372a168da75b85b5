/** A secret in the clipboard, for a while. */
import type { Millis } from '../../../shared/model.ts';
import type { PageClock } from '../../state/page-clock.ts';

/** How long a copied key stays in the clipboard. */
export const CLIPBOARD_MS: Millis = 60_000;

/**
 * `copied`: it is emptied when the time is over, if it still holds the secret. `copied-blind`: this window may write but not
 * look, so emptying it could take what somebody else put there. `other`: something else was in it and stays.
 */
export type ClipboardState = 'copied' | 'copied-blind' | 'not-copied' | 'cleared' | 'other' | 'not-cleared';

type Page = Pick<Window, 'document' | 'navigator' | 'addEventListener' | 'removeEventListener'>;

/** Outlives the view that copied: the clipboard is emptied whether or not somebody still looks at the key. */
export class SecretClipboard {
  readonly #page: Page;
  readonly #clock: PageClock;
  #secret: string | null = null;
  #state = $state.raw<ClipboardState | null>(null);
  #cancel: () => void = () => {};

  constructor(page: Page, clock: PageClock) {
    this.#page = page;
    this.#clock = clock;
  }

  /** `null`: nothing was copied. */
  get state(): ClipboardState | null {
    return this.#state;
  }

  async copy(secret: string): Promise<void> {
    this.#cancel();
    this.#secret = null;
    if (!(await this.#write(secret))) {
      this.#state = 'not-copied';
      return;
    }
    // Looking at once asks for the permission now, while the reader knows why.
    const seen = await this.#read();
    this.#state = seen === secret ? 'copied' : 'copied-blind';
    if (seen !== secret) return;
    this.#secret = secret;
    this.#cancel = this.#clock.after(CLIPBOARD_MS, () => void this.#expire());
  }

  /** Somebody wants it emptied now, whatever it holds. */
  async clear(): Promise<void> {
    this.#cancel();
    this.#secret = null;
    this.#state = (await this.#write('')) ? 'cleared' : 'not-cleared';
  }

  async #expire(): Promise<void> {
    const secret = this.#secret;
    if (secret === null) return;
    // A page that is not in front may not touch the clipboard: it does so as soon as it is.
    if (!this.#page.document.hasFocus()) {
      const back = (): void => {
        this.#page.removeEventListener('focus', back);
        void this.#expire();
      };
      this.#page.addEventListener('focus', back);
      this.#cancel = () => this.#page.removeEventListener('focus', back);
      return;
    }
    this.#secret = null;
    const held = await this.#read();
    if (held === null) this.#state = 'not-cleared';
    else if (held !== secret) this.#state = 'other';
    else this.#state = (await this.#write('')) ? 'cleared' : 'not-cleared';
  }

  async #read(): Promise<string | null> {
    try {
      return await this.#page.navigator.clipboard.readText();
    } catch {
      return null;
    }
  }

  async #write(text: string): Promise<boolean> {
    try {
      await this.#page.navigator.clipboard.writeText(text);
      return true;
    } catch {
      return false;
    }
  }
}
