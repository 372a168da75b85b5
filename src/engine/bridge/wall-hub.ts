/** Walls by name: which are there, and what they are told. Nothing of it is kept; a wall says again each half minute that it lives. */
import type { Instant, Millis } from '../../shared/model.ts';
import type { WallCalls, WallCommand, WallPresence } from '../../shared/walls.ts';
import type { Clock } from '../clock.ts';
import type { Desk } from './desk-calls.ts';

/** A wall that was not heard of for so long is gone. */
const GONE_AFTER_MS: Millis = 120_000;
/** Names come from addresses, so anybody who may read could make up many. */
const MOST_WALLS = 100;

export interface WallHub {
  here(wall: Omit<WallPresence, 'seenAt'>): void;
  walls(): readonly WallPresence[];
  /** False when no wall of that name is there. */
  command(wall: string, command: WallCommand): boolean;
}

/** `send` hands a command to every page. */
export function createWallHub(clock: Clock, send: (wall: string, command: WallCommand) => void): WallHub {
  const seen = new Map<string, { readonly wall: WallPresence; readonly mono: Millis }>();
  const forget = (): void => {
    const mono = clock.monotonic();
    for (const [name, { mono: at }] of seen) if (mono - at > GONE_AFTER_MS) seen.delete(name);
  };
  return {
    here(wall) {
      forget();
      if (seen.size >= MOST_WALLS && !seen.has(wall.name)) return;
      const seenAt: Instant = clock.now();
      seen.set(wall.name, { wall: { ...wall, seenAt }, mono: clock.monotonic() });
    },
    walls() {
      forget();
      return [...seen.values()].map(({ wall }) => wall).toSorted((a, b) => (a.name < b.name ? -1 : 1));
    },
    command(wall, command) {
      forget();
      if (!seen.has(wall)) return false;
      send(wall, command);
      return true;
    },
  };
}

/** Handlers over the hub. */
export function wallHandlers(hub: WallHub): Desk<WallCalls> {
  return {
    walls: () => hub.walls(),
    wallHere(wall) {
      hub.here(wall);
      return null;
    },
    commandWall: ({ wall, command }) => hub.command(wall, command),
  };
}
