/**
 * The place where the engine of the moment sits. Another one can take it (practice mode, changed settings) while pages stay
 * as they are: they get a full board of the new one.
 */
import type { BoardMessage, HostMessage } from '../../shared/bridge.ts';
import type { Millis } from '../../shared/model.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import type { Clock } from '../clock.ts';
import type { Engine } from '../contract.ts';

/**
 * Opens an engine and starts it. `letGo` stops the engine before it, which holds its files: call it as late as can be, and
 * before files are opened. The error is one sentence.
 */
export type EngineOpener = (letGo: () => Promise<void>) => Promise<Result<Engine, string>>;

export interface EngineSlot {
  /** The engine of the moment. Throws `Exchanging` while it is being changed. */
  engine(): Engine;
  /** The board of this moment; while engines change, the last one of the engine before. */
  board(): BoardMessage;
  /** Hears what the engine says, whichever it is, and a full board after each change. */
  subscribe(listener: (message: HostMessage) => void): () => void;
  /**
   * Goes on with another engine. When it cannot be opened, `back` opens the one before again, and the error says why; should
   * that fail too it is tried again until it works. A pause stays. One exchange at a time: a second one waits.
   */
  exchange(open: EngineOpener, back: EngineOpener): Promise<Result<null, string>>;
  wake(): void;
  /** Stops the engine of the moment, after an exchange that is under way. */
  stop(): Promise<void>;
}

/** Somebody asks the engine while it is being changed. The message is one sentence for the caller. */
export class Exchanging extends Error {
  constructor() {
    super('The settings are being changed at this moment; ask again in a second.');
  }
}

/** How long to wait before the engine of before is tried again, when neither it nor the new one could be opened. */
const AGAIN_MS: Millis = 5_000;
const STOPPING = 'The host is stopping.';

/** Takes a running engine over. */
export function createEngineSlot(first: Engine, clock: Clock): EngineSlot {
  return new Slot(first, clock);
}

class Slot implements EngineSlot {
  readonly #clock: Clock;
  readonly #listeners = new Set<(message: HostMessage) => void>();
  #engine: Engine;
  #unsubscribe: () => void;
  /** The last board of an engine that was let go; `null` while an engine runs. */
  #lastBoard: BoardMessage | null = null;
  #underWay: Promise<unknown> | null = null;
  #stopped = false;

  constructor(first: Engine, clock: Clock) {
    this.#clock = clock;
    this.#engine = first;
    this.#unsubscribe = first.subscribe((message) => this.#announce(message));
  }

  engine(): Engine {
    if (this.#lastBoard !== null) throw new Exchanging();
    return this.#engine;
  }

  board(): BoardMessage {
    return this.#lastBoard ?? this.#engine.board();
  }

  subscribe(listener: (message: HostMessage) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  exchange(open: EngineOpener, back: EngineOpener): Promise<Result<null, string>> {
    return this.#alone(() => this.#exchange(open, back));
  }

  /** One after the other; begins at once when nothing is under way. */
  async #alone<T>(work: () => Promise<T>): Promise<T> {
    while (this.#underWay !== null) await this.#underWay;
    const done = work();
    this.#underWay = done;
    return done.finally(() => {
      this.#underWay = null;
    });
  }

  wake(): void {
    if (this.#lastBoard === null) this.#engine.wake();
  }

  async stop(): Promise<void> {
    if (this.#stopped) return;
    this.#stopped = true;
    this.#listeners.clear();
    this.#unsubscribe();
    // What is opened from here on is stopped where it arrives; only who let go of its files already is waited for.
    if (this.#lastBoard === null) await this.#engine.stop();
    else await this.#underWay;
  }

  #announce(message: HostMessage): void {
    for (const listener of [...this.#listeners]) listener(message);
  }

  /** Practice mode holds files of its own: it goes when the other engine is there. */
  async #letGo(): Promise<void> {
    if (this.#lastBoard !== null || this.#engine.board().status.practice) return;
    this.#lastBoard = this.#engine.board();
    this.#unsubscribe();
    await this.#engine.stop();
  }

  async #exchange(open: EngineOpener, back: EngineOpener): Promise<Result<null, string>> {
    if (this.#stopped) return err(STOPPING);
    const opened = await guarded(open, () => this.#letGo());
    if (opened.ok) return this.#take(opened.value);
    if (this.#lastBoard !== null) await this.#comeBack(back);
    return opened;
  }

  async #comeBack(back: EngineOpener): Promise<void> {
    if (this.#stopped) return;
    const opened = await guarded(back, async () => undefined);
    if (opened.ok) await this.#take(opened.value);
    else this.#clock.after(AGAIN_MS, () => void this.#alone(() => this.#tryAgain(back)));
  }

  async #tryAgain(back: EngineOpener): Promise<void> {
    if (this.#lastBoard !== null) await this.#comeBack(back);
  }

  async #take(next: Engine): Promise<Result<null, string>> {
    if (this.#stopped) {
      await next.stop();
      return err(STOPPING);
    }
    const before = this.#engine;
    const { paused, practice } = this.board().status;
    const running = this.#lastBoard === null;
    if (running) this.#unsubscribe();
    this.#engine = next;
    this.#lastBoard = null;
    this.#unsubscribe = next.subscribe((message) => this.#announce(message));
    // Who let practice mode rest does not mean real accounts by it.
    if (paused !== undefined && next.board().status.practice === practice) {
      next.pause(paused.until === null ? null : Math.max(1_000, paused.until - this.#clock.now()));
    }
    this.#announce(next.board());
    if (running) await before.stop();
    return ok(null);
  }
}

/** What an opener throws is a bug of ours, but the engine of before has to come back all the same. */
async function guarded(open: EngineOpener, letGo: () => Promise<void>): Promise<Result<Engine, string>> {
  try {
    return await open(letGo);
  } catch (error) {
    const cause = error instanceof Error ? error.name : 'unknown cause';
    return err(`The engine could not be opened, through a bug of Tunnelwatch's (${cause}).`);
  }
}
