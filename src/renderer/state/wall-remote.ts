import type { Bridge, BridgeMessage } from '../../shared/bridge.ts';
import type { Millis } from '../../shared/model.ts';
import type { WallCommand } from '../../shared/walls.ts';
import type { PageClock } from './page-clock.ts';

/** What a wall says of itself. */
export interface WallSelf {
  /** `null`: it has no name, so nobody can speak of it. */
  readonly name: string | null;
  readonly view: string;
  readonly muted: boolean;
  readonly audible: boolean;
}

/** How often a wall says that it lives. */
const HERE_MS: Millis = 30_000;

/** Announces this wall to the host, and does what other screens tell it. */
export class WallRemote {
  readonly #bridge: Bridge;
  readonly #clock: PageClock;
  readonly #self: () => WallSelf;
  readonly #obey: (command: WallCommand) => void;

  constructor(bridge: Bridge, clock: PageClock, self: () => WallSelf, obey: (command: WallCommand) => void) {
    this.#bridge = bridge;
    this.#clock = clock;
    this.#self = self;
    this.#obey = obey;
  }

  /** Says at once that the wall is there, and each half minute. Returns the way to stop. */
  start(): () => void {
    this.announce();
    return this.#clock.every(HERE_MS, () => this.announce());
  }

  /** What changed is worth telling before the half minute is over. A host that does not hear is told again. */
  announce(): void {
    const { name, ...rest } = this.#self();
    if (name !== null) void this.#bridge.call('wallHere', { name, ...rest });
  }

  /** Takes one message of the host in; what is not for this wall passes by. */
  hear(message: BridgeMessage): void {
    if (message.type === 'board') this.announce();
    if (message.type !== 'wall' || message.wall !== this.#self().name) return;
    this.#obey(message.command);
    this.announce();
  }
}
