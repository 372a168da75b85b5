/** What a wall shows, as it stands in its address: a view can be linked, kept, and sent to a wall by name. Pure. */
import type { Millis } from '../../../shared/model.ts';
import { PALETTES, type Palette, ZONES, type Zone } from '../../state/appearance.svelte.ts';

export type WallBy = 'tunnel' | 'site';

/** Hours of the night, as minutes of the day in the wall's zone; `to` may lie before `from`, which is over midnight. */
export interface Night {
  readonly from: number;
  readonly to: number;
}

export interface WallView {
  /** Name or id of an account; `null`: all. */
  readonly account: string | null;
  /** The name of a site; `null`: all. */
  readonly site: string | null;
  /** Patterns with `*` over the names of tunnels and sites, separated by commas; `null`: all. */
  readonly group: string | null;
  readonly by: WallBy;
  /** How long each page stays, where there are several. */
  readonly rotateMs: Millis;
  /** `null`: as the reader of this browser chose. */
  readonly theme: 'dark' | 'light' | null;
  readonly palette: Palette | null;
  readonly zone: Zone | null;
  /** By which other screens know this wall; without it nobody can command it. */
  readonly name: string | null;
  readonly night: Night | null;
}

const SECOND = 1000;
/** Quicker nobody can read; slower nobody waits for. */
const LEAST_ROTATE = 5;
const MOST_ROTATE = 3600;
export const USUAL_ROTATE_MS: Millis = 20 * SECOND;
const MOST_NAME = 60;

export const EVERYTHING_ON_WALL: WallView = {
  account: null,
  site: null,
  group: null,
  by: 'tunnel',
  rotateMs: USUAL_ROTATE_MS,
  theme: null,
  palette: null,
  zone: null,
  name: null,
  night: null,
};

const TIME = /^(\d{1,2})(?::?([0-5]\d))?$/;

function minutesOf(text: string | undefined): number | null {
  const [, hours, minutes = '0'] = TIME.exec(text ?? '') ?? [];
  const at = Number(hours) * 60 + Number(minutes);
  return hours === undefined || at > 24 * 60 ? null : at % (24 * 60);
}

/** `22-06`, `22:30-06:15`; `null` when it is none. */
export function readNight(text: string | null): Night | null {
  const [from, to, more] = (text ?? '').split('-').map((part) => minutesOf(part.trim()));
  if (from == null || to == null || more !== undefined || from === to) return null;
  return { from, to };
}

const two = (value: number): string => String(value).padStart(2, '0');
const timeOf = (at: number): string => `${two(Math.floor(at / 60))}${at % 60 === 0 ? '' : `:${two(at % 60)}`}`;

export function writeNight({ from, to }: Night): string {
  return `${timeOf(from)}-${timeOf(to)}`;
}

function rotateOf(text: string | null): Millis {
  const seconds = Number(text ?? Number.NaN);
  if (!Number.isFinite(seconds) || seconds <= 0) return USUAL_ROTATE_MS;
  return Math.min(MOST_ROTATE, Math.max(LEAST_ROTATE, Math.round(seconds))) * SECOND;
}

const filled = (text: string | null, most = 200): string | null => text?.trim().slice(0, most) || null;

/** Reads the query of an address. What it does not know it leaves out, so that an old link still shows a wall. */
export function readView(query: string): WallView {
  const params = new URLSearchParams(query);
  const theme = params.get('theme');
  return {
    account: filled(params.get('account')),
    site: filled(params.get('site')),
    group: filled(params.get('group'), 500),
    by: params.get('by') === 'site' ? 'site' : 'tunnel',
    rotateMs: rotateOf(params.get('rotate')),
    theme: theme === 'dark' || theme === 'light' ? theme : null,
    palette: PALETTES.find((one) => one === params.get('palette')) ?? null,
    zone: ZONES.find((one) => one === params.get('zone')) ?? null,
    name: filled(params.get('name'), MOST_NAME),
    night: readNight(params.get('dim')),
  };
}

/** The query of a view, without the `?`; what is as always is left out. */
export function writeView(view: WallView): string {
  const { account, site, group, by, rotateMs, theme, palette, zone, name, night } = view;
  const params = new URLSearchParams();
  const put = (key: string, value: string | null): void => {
    if (value !== null) params.set(key, value);
  };
  put('name', name);
  put('account', account);
  put('site', site);
  put('group', group);
  put('by', by === 'tunnel' ? null : by);
  put('rotate', rotateMs === USUAL_ROTATE_MS ? null : String(rotateMs / SECOND));
  put('theme', theme);
  put('palette', palette);
  put('zone', zone);
  put('dim', night === null ? null : writeNight(night));
  return params.toString();
}

/** What can be sent to another wall or kept under a name: all but whose view it is. */
export function withoutName(view: WallView): WallView {
  return { ...view, name: null };
}

/** Whether the page at this address is a wall, and the query that says which. A token never belongs to it. */
export function wallQuery({ pathname, search, hash }: Pick<Location, 'pathname' | 'search' | 'hash'>): string | null {
  if (pathname === '/wall') return search.slice(1);
  const [, query] = /^#\/wall(?:\?(.*))?$/s.exec(hash) ?? [null, null];
  return query === null ? null : (query ?? '');
}

/** The address of the same page with another view. */
export function wallAddress(pathname: string, view: WallView): string {
  const query = writeView(view);
  const place = pathname === '/wall' ? '/wall' : '#/wall';
  return query === '' ? place : `${place}?${query}`;
}

/** Whether it is night by these hours. @param minute Of the day, in the wall's zone. */
export function isNight({ from, to }: Night, minute: number): boolean {
  return from < to ? minute >= from && minute < to : minute >= from || minute < to;
}

/** A test for names of a group of patterns: `fra*, *-edge-1`. Case does not count. */
export function groupTest(group: string): (name: string) => boolean {
  const patterns = group
    .split(',')
    .map((part) => part.trim())
    .filter(Boolean)
    .map((part) =>
      part
        .split('*')
        .map((piece) => piece.replace(/[\\^$.+?()[\]{}|/]/g, '\\$&'))
        .join('.*'),
    )
    .map((source) => new RegExp(`^${source}$`, 'iu'));
  return (name) => patterns.some((pattern) => pattern.test(name));
}
