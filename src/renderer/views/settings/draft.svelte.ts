import type { Json } from '../../../shared/settings.ts';

/** What the fields of a form hold, by name. */
export type Values = { readonly [name: string]: Json };

/** Something that is wrong, said by the host or by a check. */
export interface Told {
  /** The field it belongs to; `null` for the form as a whole. */
  readonly field: string | null;
  readonly line: number | null;
  readonly sentence: string;
}
/** What became of saving. `note` is told beside "Saved". */
export type Saved =
  | { readonly saved: true; readonly note: string | null }
  | { readonly saved: false; readonly troubles: readonly Told[] };

/** Where the fields come from, what they may hold, and how they are saved. */
export interface DraftSource<T extends Values> {
  readonly base: () => T;
  readonly check: (values: T) => { readonly [K in keyof T]?: string | null };
  /** Saves; `changed` holds what differs from the base. */
  readonly save: (changed: Partial<T>) => Promise<Saved>;
}

const same = (a: Json | undefined, b: Json | undefined): boolean => JSON.stringify(a) === JSON.stringify(b);

/**
 * A form that is being filled in. Holds only what was typed, over whatever the base says by now; keeps it when saving fails;
 * says what is wrong from the first letter on.
 */
export class Draft<T extends Values> {
  readonly #source: DraftSource<T>;
  #typed = $state.raw<Partial<T>>({});
  #told = $state.raw<readonly Told[]>([]);
  #saving = $state.raw(false);
  #outcome = $state.raw<{ readonly note: string | null } | null>(null);
  #base = $derived.by(() => this.#source.base());
  #values = $derived.by((): T => ({ ...this.#base, ...this.#typed }));
  #changed = $derived.by(
    () =>
      Object.fromEntries(
        Object.entries(this.#typed).filter(([name, value]) => !same(value as Json, this.#base[name])),
      ) as Partial<T>,
  );
  #wrong = $derived.by(() => this.#source.check(this.#values));

  constructor(source: DraftSource<T>) {
    this.#source = source;
  }

  get values(): T {
    return this.#values;
  }
  /** Something differs from what is saved. */
  get dirty(): boolean {
    return Object.keys(this.#changed).length > 0;
  }
  get saving(): boolean {
    return this.#saving;
  }
  /** It was saved, and nothing was typed since. */
  get saved(): { readonly note: string | null } | null {
    return this.#outcome;
  }
  /** Nothing is known to be wrong. */
  get sound(): boolean {
    return Object.values(this.#wrong).every((sentence) => sentence === null || sentence === undefined);
  }
  /** All that the host found wrong at the last attempt. */
  get told(): readonly Told[] {
    return this.#told;
  }
  /** What the host found that belongs to no field of this form. */
  get troubles(): readonly Told[] {
    return this.#told.filter(({ field }) => field === null || !(field in this.#base));
  }

  /** What is wrong with a field; the host's word first, until somebody types there again. */
  problem(name: keyof T & string): string | null {
    return this.#told.find(({ field }) => field === name)?.sentence ?? this.#wrong[name] ?? null;
  }

  set<K extends keyof T & string>(name: K, value: T[K]): void {
    this.#typed = { ...this.#typed, [name]: value };
    this.#told = this.#told.filter(({ field }) => field !== name && field !== null);
    this.#outcome = null;
  }

  /** Back to what is saved. */
  revert(): void {
    this.#typed = {};
    this.#told = [];
    this.#outcome = null;
  }

  /** Saves what differs. False when something is wrong; what was typed stays then. */
  async save(): Promise<boolean> {
    if (!this.sound || this.#saving) return false;
    this.#saving = true;
    this.#outcome = null;
    const typed = this.#typed;
    const result = await this.#source.save(this.#changed);
    this.#saving = false;
    this.#told = result.saved ? [] : result.troubles;
    if (!result.saved) return false;
    // What was typed while it was being saved is not saved yet.
    this.#typed = Object.fromEntries(
      Object.entries(this.#typed).filter(([name, value]) => typed[name] !== value),
    ) as Partial<T>;
    if (Object.keys(this.#typed).length === 0) this.#outcome = { note: result.note };
    return true;
  }
}
