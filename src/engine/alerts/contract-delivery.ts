/** From notices to receivers. */
import type { Incident, NoticeKind, SinkStatus } from '../../shared/alerts.ts';
import type { Millis } from '../../shared/model.ts';
import type { Notice } from './contract-plan.ts';
import type { OutboxItem } from './contract-store.ts';

/** What a receiver made of a notice. `sentence` is printable and holds no secret. */
export type Attempt =
  | { readonly ok: true; readonly sentence: string }
  | {
      readonly ok: false;
      readonly sentence: string;
      /** False when trying again cannot help (a refused key, a bad address). */
      readonly retry: boolean;
      readonly retryAfterMs: Millis | null;
    };

/** A way to tell people. One file each in `sinks/`; all pass one conformance suite. */
export interface Notifier {
  /** Name of the settings, unique. */
  readonly name: string;
  readonly type: string;
  /** Where it goes, without secrets. */
  readonly target: string;
  /** Kinds that it wants; those that cannot replace a message leave `update` out. */
  readonly kinds: readonly NoticeKind[];
  /**
   * Set when the receiver forgets what is not repeated (Alertmanager): firing incidents are sent again this often, and
   * resolved ones for `resolvedForMs`.
   */
  readonly repeat?: { readonly everyMs: Millis; readonly resolvedForMs: Millis };
  /** Set for a dead man's switch: called this often while we see, and with no notice at all. */
  readonly beat?: { readonly everyMs: Millis; send(signal: AbortSignal): Promise<Attempt> };
  /** One attempt; never throws, never hangs past `signal`. `id` is the same for every attempt of one notice. */
  deliver(notice: Notice, id: string, signal: AbortSignal): Promise<Attempt>;
}

/** Takes notices over and gets them out: at least once, in order for each incident and sink, each sink by itself. */
export interface Outbox {
  /** Notices that are in the store already. */
  add(items: readonly OutboxItem[]): void;
  /** Tells a sink `repeat` and `beat` what is open. `seeing`: at least one account is seen, or there is none. */
  tell(open: readonly { readonly incident: Incident; readonly notice: () => Notice }[], seeing: boolean): void;
  /** Sends a test to one sink now, without the queue. `null` when there is no such sink. */
  test(sink: string, notice: Notice): Promise<Attempt | null>;
  status(): readonly SinkStatus[];
  undelivered(): number;
  /** How long until a waiting notice is tried (again), for the delivery log; `null` when it is not in the queue or under way. */
  nextAttemptInMs(id: number): Millis | null;
  /** Something moved: a delivery ended, a sink failed or recovered. */
  onChange(listener: (item: OutboxItem | null) => void): void;
  /** Aborts what is under way; it is delivered after the next start. Resolves within a second. */
  stop(): Promise<void>;
}
