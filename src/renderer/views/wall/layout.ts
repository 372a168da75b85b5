/**
 * How tiles share the wall: every one of a page is in sight, nothing scrolls. Names are as large as they can be; where there
 * is too little room details go first, then names are shortened in the middle, and only then does the type shrink. Pure.
 */

/** CSS pixels. */
export interface Box {
  readonly width: number;
  readonly height: number;
}

/** Tiles of one size in rows and columns. Sizes in CSS pixels. */
export interface Band {
  readonly columns: number;
  readonly rows: number;
  readonly tileWidth: number;
  readonly tileHeight: number;
  readonly gap: number;
  readonly pad: number;
  readonly name: number;
  /** Size of the details; 0 when there are none. */
  readonly detail: number;
  /** Lines of details below the name: 0, 1 or 2. */
  readonly lines: number;
  readonly mark: number;
  /** Room for the name beside the mark, and for a line of details. */
  readonly nameRoom: number;
  readonly detailRoom: number;
}

/** Names can be read from 8 m at this share of the height of the screen, details at the other. */
export const NAME_SHARE = 1 / 40;
export const DETAIL_SHARE = 1 / 60;
/** No type is smaller than this, whatever the screen. */
const LEAST_TYPE = 9;
/** Larger names than this are not easier to read. */
const MOST_SHARE = 1 / 14;
/** A shortened name keeps this share of its length, and this width in ems, for it must still be told from others. */
const KEPT_SHARE = 0.66;
const KEPT_EMS = 4.8;
/** Heights of lines, in their own size. */
export const NAME_LINE = 1.24;
export const DETAIL_LINE = 1.3;
/** The mark and the space behind it, in sizes of the name. */
const MARK = 0.78;
const MARK_SPACE = 0.36;
/** Share of the width that is left over, for fonts that are drawn a little wider than they were measured. */
const SLACK = 0.02;

interface Asked {
  readonly count: number;
  readonly box: Box;
  /** Height of the whole screen. */
  readonly screen: number;
  /** Width of the longest name, in ems. */
  readonly ems: number;
  /** Share of the longest name that has to be told. */
  readonly told: number;
}

interface Scored {
  readonly band: Band;
  readonly score: number;
}

/** How much of the longest name there is room for, 0 to 1. */
const toldShare = (name: number, room: number, ems: number): number => Math.min(1, room / (ems * name));

function bandOf({ count, box, screen, ems, told: leastTold }: Asked, columns: number, lines: number): Scored | null {
  const rows = Math.ceil(count / columns);
  const raw = Math.min(box.width / columns, (box.height / rows) * 2);
  const gap = Math.max(1, Math.min(Math.round(screen / 160), Math.floor(raw / 14)));
  const tileWidth = (box.width - gap * (columns - 1)) / columns;
  const tileHeight = (box.height - gap * (rows - 1)) / rows;
  if (tileWidth < LEAST_TYPE * 3 || tileHeight < LEAST_TYPE) return null;
  const pad = Math.max(1, Math.min(tileHeight * 0.1, tileWidth * 0.05, screen / 60));
  const inner = (tileWidth - 2 * pad) * (1 - SLACK);
  const high = tileHeight - 2 * pad;
  const wanted = screen * NAME_SHARE;
  const least = screen * DETAIL_SHARE;

  const most = screen * MOST_SHARE;
  // Details are two thirds of the name, yet never too small to read.
  const byHeight = lines === 0 ? high / NAME_LINE : Math.min(high / (NAME_LINE + lines * DETAIL_LINE * 0.66), most * 2);
  const forMark = MARK + MARK_SPACE;
  const whole = inner / (ems + forMark);
  const shortened = inner / (Math.min(ems, Math.max(KEPT_EMS, ems * KEPT_SHARE)) + forMark);
  const byWidth = whole >= wanted ? whole : Math.min(shortened, Math.max(whole, wanted));
  const name = Math.min(most, byHeight, byWidth);
  if (name < LEAST_TYPE) return null;
  const detail = lines === 0 ? 0 : Math.max(least, LEAST_TYPE, Math.min(name, name * 0.66));
  if (lines > 0 && (name < wanted || detail > name || high < name * NAME_LINE + lines * detail * DETAIL_LINE)) {
    return null;
  }
  const mark = name * MARK;
  const nameRoom = inner - mark - name * MARK_SPACE;
  const told = toldShare(name, nameRoom, ems);
  if (told < leastTold) return null;
  // Beyond what is promised, size counts less than what is told; empty places at the end count against it.
  const size = Math.log2(name / wanted);
  const waste = (rows * columns - count) / (rows * columns);
  const score = (size > 0 ? Math.min(size, 1.2) * 0.8 : size * 4) + lines * 0.35 + told * 2 - waste * 0.3;
  const flat = tileWidth / tileHeight;
  const shape = flat < 1 ? (1 - flat) * 2 : flat > 8 ? Math.min(1, (flat - 8) / 20) : 0;
  return {
    band: {
      columns,
      rows,
      tileWidth,
      tileHeight,
      gap,
      pad,
      name,
      detail,
      lines,
      mark,
      nameRoom,
      detailRoom: inner,
    },
    score: score - shape,
  };
}

/** The best rows and columns for so many tiles; `null` when they cannot all be there in a size that can be read at all. */
function best(asked: Asked): Scored | null {
  let found: Scored | null = null;
  const most = Math.min(asked.count, Math.floor(asked.box.width / (LEAST_TYPE * 3)));
  for (let columns = 1; columns <= most; columns += 1) {
    for (const lines of [2, 1, 0]) {
      const one = bandOf(asked, columns, lines);
      if (one !== null && (found === null || one.score > found.score)) found = one;
    }
  }
  return found;
}

/** One page: the loud tiles in larger type above the calm ones, or all alike where all are large. */
export interface Arrangement {
  readonly loud: Band | null;
  readonly calm: Band | null;
  /** Space between the two. */
  readonly between: number;
}

export interface Crowd {
  readonly loud: number;
  readonly calm: number;
  /** The room for tiles. */
  readonly box: Box;
  /** Height of the whole screen. */
  readonly screen: number;
  /** Width of the longest name among them, in ems. */
  readonly ems: number;
}

/** Large enough for everybody: one size for all needs no second one. */
const isGood = ({ band }: Scored, screen: number): boolean => band.name >= screen * NAME_SHARE && band.lines > 0;

/** Shares of the height that the loud tiles may take, the smallest first. */
const SHARES = [0.16, 0.2, 0.25, 0.3, 0.35, 0.4, 0.45, 0.5, 0.55, 0.6, 0.65, 0.7] as const;

/** How much the calm tiles count beside the loud ones. */
const CALM_WEIGHT = 0.3;

/** Beside large loud tiles the calm ones keep this share of the size that all would have if they were alike. */
const KEPT_BESIDE = 0.8;

interface Split {
  readonly upper: Scored;
  readonly lower: Scored;
}

/** Names at least so large, and of those of calm tiles at least such a share. */
interface Least {
  readonly loud: number;
  readonly calm: number;
  readonly told: number;
}

/** The best shares of loud and calm tiles that keep what they must. */
function bestSplit({ loud, calm, box, screen, ems }: Crowd, between: number, least: Least): Split | null {
  let split: (Split & { readonly score: number }) | null = null;
  for (const share of SHARES) {
    const height = Math.floor((box.height - between) * share);
    const upper = best({ count: loud, box: { width: box.width, height }, screen, ems, told: 0 });
    const rest = { width: box.width, height: box.height - between - height };
    const lower = best({ count: calm, box: rest, screen, ems, told: least.told });
    if (upper === null || lower === null || lower.band.name < least.calm) continue;
    if (upper.band.name < Math.max(least.loud, lower.band.name)) continue;
    const score = upper.score + lower.score * CALM_WEIGHT;
    if (split === null || score > split.score) split = { upper, lower, score };
  }
  return split;
}

/** Arranges one page; `null` when it holds more than the screen can show in a size that can be read. */
export function arrange(crowd: Crowd): Arrangement | null {
  const { loud, calm, box, screen, ems } = crowd;
  const all = best({ count: loud + calm, box, screen, ems, told: 0 });
  const alike = all === null ? null : { loud: null, calm: all.band, between: 0 };
  if (loud === 0 || calm === 0 || all === null || isGood(all, screen)) return alike;
  const between = Math.round(screen / 100);
  // What all together can have, the calm ones keep, whole names first of all; where all are small, the calm ones may be a little
  // smaller still, and much smaller only where the loud ones could not be read otherwise.
  const wanted = screen * NAME_SHARE;
  const readable = all.band.name >= wanted;
  const told = toldShare(all.band.name, all.band.nameRoom, ems);
  const kept = readable ? wanted : all.band.name * KEPT_BESIDE;
  const split =
    bestSplit(crowd, between, { loud: wanted, calm: kept, told }) ??
    bestSplit(crowd, between, { loud: wanted, calm: kept, told: 0 }) ??
    bestSplit(crowd, between, { loud: 0, calm: readable ? wanted : 0, told: 0 });
  const better =
    split !== null && (split.upper.band.lines > all.band.lines || split.upper.band.name > all.band.name * 1.2);
  return split !== null && better ? { loud: split.upper.band, calm: split.lower.band, between } : alike;
}

/** So many tiles stand on one page at most. */
export const MOST_TILES = 400;
/** Up to so many loud tiles stay in sight on every page. */
const MOST_PINNED = 60;

/** What stands on one page: `loud` and `calm` say from where to where of the worst-first list. */
export interface Page {
  readonly loud: readonly [from: number, to: number];
  readonly calm: readonly [from: number, to: number];
}

/** Deals tiles to pages of about the same size. A few loud ones stay on every page: whoever looks up sees them. */
export function pagesOf(loud: number, calm: number, most = MOST_TILES): readonly Page[] {
  const pinned = loud <= Math.min(MOST_PINNED, most / 2);
  if (loud + calm <= most) return [{ loud: [0, loud], calm: [loud, loud + calm] }];
  const total = loud + calm;
  const begin = pinned ? loud : 0;
  const room = pinned ? most - loud : most;
  const pages = Math.ceil((total - begin) / room);
  const each = Math.ceil((total - begin) / pages);
  return Array.from({ length: pages }, (_, index) => {
    const from = begin + index * each;
    const to = Math.min(total, from + each);
    return pinned
      ? { loud: [0, loud] as const, calm: [from, to] as const }
      : {
          loud: [Math.min(from, loud), Math.min(to, loud)] as const,
          calm: [Math.max(from, loud), Math.max(to, loud)] as const,
        };
  });
}

export interface Plan {
  readonly pages: readonly Page[];
  /** One for each page; `null` when there is no room for anything. */
  readonly arrangements: readonly (Arrangement | null)[];
  /** So many tiles may stand on a page. */
  readonly most: number;
}

/** Crowds from these sizes on get room for some more, so that the next tunnel that goes down need not move all others. */
const LOUD_CROWD = 8;
const CALM_CROWD = 100;

function withRoom({ loud, calm }: Page): { readonly loud: number; readonly calm: number } {
  const [troubled, well] = [loud[1] - loud[0], calm[1] - calm[0]];
  return {
    loud: troubled < LOUD_CROWD ? troubled : Math.ceil(troubled * 1.15),
    calm: well < CALM_CROWD ? well : Math.ceil(well * 1.025),
  };
}

/** Pages and their arrangement: as many tiles on each as can be read on this screen, 400 at most. */
export function planOf(crowd: Crowd): Plan {
  for (let most = MOST_TILES; ; most = Math.floor(most * 0.8)) {
    const pages = pagesOf(crowd.loud, crowd.calm, most);
    // Most pages are of one size.
    const known = new Map<string, Arrangement | null>();
    const arrangements = pages.map((page) => {
      const { loud, calm } = withRoom(page);
      const size = `${loud} ${calm}`;
      const one = known.get(size) ?? arrange({ ...crowd, loud, calm });
      known.set(size, one);
      return one;
    });
    if (most < 10 || arrangements.every((one) => one !== null)) return { pages, arrangements, most };
  }
}
