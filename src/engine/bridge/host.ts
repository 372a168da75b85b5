/**
 * The host's side of the Bridge, over an engine that can be replaced: a first run without accounts turns into practice
 * mode without a new page. HTTP and IPC both stand on this; neither knows the engine.
 */
import type { BoardMessage, CallError, CallName, CallResult, Calls, HostMessage } from '../../shared/bridge.ts';
import { err, type Result } from '../../shared/result.ts';
import type { Clock } from '../clock.ts';
import type { Engine } from '../contract.ts';
import { alertHandlers, NotAlerting } from './alert-calls.ts';
import { deskHandlers, NotOffered, Refused } from './desk-calls.ts';
import { createEngineSlot, type EngineSlot, Exchanging } from './engine-slot.ts';
import { type DesktopDesk, hostHandlers, NoSettings, type SettingsDesk } from './host-calls.ts';
import { CALL_SCHEMAS, isCallName } from './schemas.ts';
import { createWallHub, type WallHub, wallHandlers } from './wall-hub.ts';

/** Makes the engine of practice mode, running. The error is one sentence. */
export type PracticeStarter = () => Promise<Result<Engine, string>>;

export interface BridgeHostOptions {
  /** A running engine, or the slot in which it sits; it may have no accounts. The host stops it in the end. */
  readonly engine: Engine | EngineSlot;
  readonly clock: Clock;
  /** `null` where practice mode is not offered. */
  readonly startPractice: PracticeStarter | null;
  /** Without it settings can be neither seen nor changed from the page. */
  readonly settings?: SettingsDesk;
  readonly desktop?: DesktopDesk;
  /** Bugs end here instead of at the renderer; the text holds no arguments. */
  readonly onBug: (call: string, error: unknown) => void;
}

export interface BridgeHost {
  board(): BoardMessage;
  /** A full board at once, then deltas and pulses; another full board when the engine was replaced. */
  subscribe(listener: (message: HostMessage) => void): () => void;
  /** Never rejects. Names and arguments come from outside and are checked here. */
  call(name: string, args: unknown): Promise<CallResult<CallName>>;
  /** The machine woke up: look once, promptly. */
  wake(): void;
  /** Stops the engine of the moment; subscribers hear nothing more. */
  stop(): Promise<void>;
}

/** How each call is answered. */
export type Handlers = {
  readonly [N in CallName]: (args: Calls[N]['args']) => Calls[N]['reply'] | Promise<Calls[N]['reply']>;
};

const refuse = (kind: CallError['kind'], sentence: string): CallResult<CallName> => err({ kind, sentence });

interface Desks {
  readonly settings: SettingsDesk | null;
  readonly desktop: DesktopDesk | null;
  readonly walls: WallHub;
}

/** Answers the questions out of whatever engine there is at the moment. */
function handlersOver(
  engine: () => Engine,
  clock: Clock,
  practice: () => Promise<Calls['startPractice']['reply']>,
  desks: Desks,
): Handlers {
  return {
    tunnel: ({ key }) => engine().tunnel(key),
    lanes: (query) => engine().history.lanes(query),
    events: (query) =>
      engine().history.events({ ...query, accountId: query.key === null ? (query.accountId ?? 'app') : null }),
    changes: ({ key, from, limit }) => engine().history.changes(key, from, limit),
    availability: ({ key }) => engine().history.availability(key, clock.now()),
    watch({ key }) {
      engine().watch(key);
      return null;
    },
    pollNow({ accountId }) {
      engine().pollNow(accountId);
      return null;
    },
    startPractice: practice,
    ...alertHandlers(() => engine().alerts),
    ...deskHandlers(() => engine().desks),
    ...hostHandlers(engine, desks.settings, desks.desktop),
    ...wallHandlers(desks.walls),
  };
}

/** Checks arguments and runs one call. Generic, so that schema, handler and reply belong to the same name. */
async function run<N extends CallName>(name: N, args: unknown, handlers: Handlers): Promise<CallResult<CallName>> {
  const parsed = CALL_SCHEMAS[name].safeParse(args);
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    const where =
      issue === undefined || issue.path.length === 0 ? '' : ` at ${issue.path.map(String).join('.').slice(0, 60)}`;
    return refuse('bad-arguments', `The arguments of ${name} are not as agreed${where}.`);
  }
  return { ok: true, value: await handlers[name](parsed.data) };
}

/** Opens the bridge over a running engine and takes that engine over: `stop()` stops it. */
export function createBridgeHost(options: BridgeHostOptions): BridgeHost {
  const slot = 'exchange' in options.engine ? options.engine : createEngineSlot(options.engine, options.clock);
  let stopped = false;
  let starting: Promise<Calls['startPractice']['reply']> | null = null;

  /** One subscriber that fails does not keep the others from hearing. */
  function tell(listener: (message: HostMessage) => void, message: HostMessage): void {
    try {
      listener(message);
    } catch (error) {
      options.onBug('subscribe', error);
    }
  }

  async function startPractice(): Promise<Calls['startPractice']['reply']> {
    const make = options.startPractice;
    if (make === null) return { started: false, reason: 'Practice mode is not offered here.' };
    const { practice, accounts } = slot.engine().board().status;
    if (practice) return { started: true, reason: null };
    if (accounts.length > 0) {
      return { started: false, reason: 'Accounts are configured; practice mode would stand in their way.' };
    }
    const begun = await slot.exchange(
      () => make(),
      async () => err('Practice mode holds no files.'),
    );
    return begun.ok ? { started: true, reason: null } : { started: false, reason: begun.error };
  }

  const listeners = new Set<(message: HostMessage) => void>();
  const walls = createWallHub(options.clock, (wall, command) => {
    const { status } = slot.engine().board();
    for (const listener of listeners) tell(listener, { type: 'wall', status, wall, command });
  });
  const handlers = handlersOver(
    () => slot.engine(),
    options.clock,
    () => {
      starting ??= startPractice().finally(() => {
        starting = null;
      });
      return starting;
    },
    { settings: options.settings ?? null, desktop: options.desktop ?? null, walls },
  );

  return {
    board: () => slot.board(),
    subscribe(listener) {
      if (stopped) return () => undefined;
      tell(listener, slot.board());
      // A function of its own, so that one listener subscribed twice is two subscriptions.
      const hear = (message: HostMessage): void => tell(listener, message);
      listeners.add(hear);
      const leave = slot.subscribe(hear);
      return () => {
        listeners.delete(hear);
        leave();
      };
    },
    async call(name, args) {
      if (!isCallName(name)) return refuse('unknown-call', 'There is no such call.');
      if (stopped) return refuse('failed', 'The host is stopping.');
      try {
        return await run(name, args, handlers);
      } catch (error) {
        if (error instanceof Exchanging) return refuse('failed', error.message);
        if (error instanceof NotAlerting || error instanceof NoSettings || error instanceof NotOffered)
          return refuse('not-allowed', error.message);
        if (error instanceof Refused) return refuse('failed', error.message);
        options.onBug(name, error);
        return refuse('failed', `The call ${name} failed inside the host; its log says more.`);
      }
    },
    wake: () => slot.wake(),
    async stop() {
      if (stopped) return;
      stopped = true;
      await slot.stop();
    },
  };
}
