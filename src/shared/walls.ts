/** Walls: screens that nobody sits at. Each has a name; another screen can tell it what to show. */
import type { EngineStatus, Instant } from './model.ts';

/** What a wall says of itself, each half minute. `view` is the query of its address, without its token. */
export interface WallPresence {
  readonly name: string;
  readonly view: string;
  readonly muted: boolean;
  /** Sound needs one click on most browsers; false until somebody gave it. */
  readonly audible: boolean;
  readonly seenAt: Instant;
}

export type WallCommand =
  | { readonly what: 'view'; readonly view: string }
  | { readonly what: 'mute'; readonly muted: boolean }
  | { readonly what: 'reload' };

/** A command on its way to the wall of that name; every other page lets it pass. */
export interface WallMessage {
  readonly type: 'wall';
  readonly status: EngineStatus;
  readonly wall: string;
  readonly command: WallCommand;
}

/** The calls about walls. */
export interface WallCalls {
  /** Walls that were heard of within the last two minutes, by name. */
  readonly walls: { args: Record<string, never>; reply: readonly WallPresence[] };
  /** A wall says that it lives. */
  readonly wallHere: { args: Omit<WallPresence, 'seenAt'>; reply: null };
  /** False when no wall of that name is there. */
  readonly commandWall: { args: { wall: string; command: WallCommand }; reply: boolean };
}

/** What a wall may ask with a wall token: reading, and saying that it is there. */
export const WALL_CALLS = [
  'tunnel',
  'lanes',
  'events',
  'changes',
  'incident',
  'incidents',
  'wallHere',
  'pastRange',
  'past',
  'pastMarks',
  'pastStretch',
] as const;
