import { Keepsake } from './keepsake.ts';

/** The choices of a reader, each with the usual one first. */
export const PALETTES = ['standard', 'separation'] as const;
export const DENSITIES = ['comfortable', 'compact'] as const;
export const ZONES = ['local', 'utc'] as const;
/** Per cent. */
export const ZOOMS = [100, 80, 90, 110, 125, 150, 175, 200] as const;

export type Palette = (typeof PALETTES)[number];
export type Density = (typeof DENSITIES)[number];
export type Zone = (typeof ZONES)[number];
export type Zoom = (typeof ZOOMS)[number];

/** Pixels of one row of a long list; the token `--row` says the same to the style sheet. */
const ROWS: Readonly<Record<Density, number>> = { comfortable: 44, compact: 36 };

/**
 * How the page looks to its reader, beside the theme: kept in this browser, applied to the root of the page at once, before
 * anything is painted.
 */
export class Appearance {
  readonly #root: HTMLElement;
  readonly #kept: Keepsake;
  #palette = $state.raw<Palette>('standard');
  #density = $state.raw<Density>('comfortable');
  #zone = $state.raw<Zone>('local');
  #zoom = $state.raw<Zoom>(100);

  constructor(page: Window) {
    this.#root = page.document.documentElement;
    this.#kept = new Keepsake(page, 'appearance');
    const kept = (this.#kept.get() ?? '').split(' ');
    const known = <T extends string | number>(all: readonly [T, ...T[]]): T =>
      all.find((one) => kept.includes(String(one))) ?? all[0];
    this.#palette = known(PALETTES);
    this.#density = known(DENSITIES);
    this.#zone = known(ZONES);
    this.#zoom = known(ZOOMS);
    this.#apply();
  }

  get palette(): Palette {
    return this.#palette;
  }
  get density(): Density {
    return this.#density;
  }
  /** The zone in which times are written. */
  get zone(): Zone {
    return this.#zone;
  }
  get zoom(): Zoom {
    return this.#zoom;
  }
  /** Pixels of one row of a long list. */
  get row(): number {
    return ROWS[this.#density];
  }

  choose(part: { palette?: Palette; density?: Density; zone?: Zone; zoom?: Zoom }): void {
    this.#palette = part.palette ?? this.#palette;
    this.#density = part.density ?? this.#density;
    this.#zone = part.zone ?? this.#zone;
    this.#zoom = part.zoom ?? this.#zoom;
    this.#kept.set([this.#palette, this.#density, this.#zone, this.#zoom].join(' '));
    this.#apply();
  }

  #apply(): void {
    this.#root.dataset.palette = this.#palette;
    this.#root.dataset.density = this.#density;
    this.#root.dataset.zone = this.#zone;
    this.#root.style.setProperty('zoom', this.#zoom === 100 ? '' : String(this.#zoom / 100));
  }
}
