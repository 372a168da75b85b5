import { Keepsake } from './keepsake.ts';

/** A view of the wall under a name. */
export interface SavedView {
  readonly name: string;
  /** The query of its address. */
  readonly view: string;
}

const MOST = 50;

/**
 * Views that somebody saved, kept in this browser: a wall needs them where it hangs, and a wall token may change nothing on the
 * host. To take one elsewhere its address is enough.
 */
export class SavedViews {
  readonly #kept: Keepsake;
  #all = $state.raw<readonly SavedView[]>([]);

  constructor(page: Window) {
    this.#kept = new Keepsake(page, 'wall.views');
    this.#all = read(this.#kept.get());
  }

  get all(): readonly SavedView[] {
    return this.#all;
  }

  /** Keeps a view; one of the same name is replaced. */
  save(name: string, view: string): void {
    const others = this.#all.filter((one) => one.name !== name);
    this.#put([...others, { name, view }].slice(-MOST));
  }

  remove(name: string): void {
    this.#put(this.#all.filter((one) => one.name !== name));
  }

  #put(views: readonly SavedView[]): void {
    this.#all = views;
    this.#kept.set(JSON.stringify(views));
  }
}

/** What was kept may be of another version, or somebody else's. */
function read(text: string | null): readonly SavedView[] {
  try {
    const kept: unknown = JSON.parse(text ?? '[]');
    return Array.isArray(kept) ? kept.filter(isView).slice(-MOST) : [];
  } catch {
    return [];
  }
}

function isView(value: unknown): value is SavedView {
  return (
    typeof value === 'object' &&
    value !== null &&
    'name' in value &&
    typeof value.name === 'string' &&
    'view' in value &&
    typeof value.view === 'string'
  );
}
