/** Receivers that write down what they accept, and when. */
import type { Notifier } from '../../../src/engine/alerts/contract.ts';
import type { NoticeKind } from '../../../src/shared/alerts.ts';
import type { Millis } from '../../../src/shared/model.ts';
import type { Story } from '../language.ts';

/** A notice that a receiver accepted. */
export interface Heard {
  readonly at: Millis;
  readonly sink: string;
  readonly kind: NoticeKind;
  readonly severity: string;
  readonly title: string;
  readonly incidentId: string;
  /** The idempotency key: equal for a repetition. */
  readonly id: string;
  readonly sentence: string;
  readonly lines: readonly string[];
}

export interface Receivers {
  readonly heard: Heard[];
  set(sink: string, state: 'up' | 'down' | 'hangs'): void;
  /** For one life of the host; what is under way when it is killed is never heard of again. */
  notifiers(alive: () => boolean): readonly Notifier[];
}

export function createReceivers(sinks: Story['sinks'], elapsed: () => Millis): Receivers {
  const heard: Heard[] = [];
  const states = new Map<string, 'up' | 'down' | 'hangs'>();
  return {
    heard,
    set(sink, state) {
      if (!sinks.some(({ name }) => name === sink)) throw new Error(`there is no sink ${sink}`);
      states.set(sink, state);
    },
    notifiers: (alive) =>
      sinks.map(({ name, kinds }) => ({
        name,
        type: 'recorder',
        target: name,
        kinds,
        async deliver(notice, id, signal) {
          const state = states.get(name) ?? 'up';
          if (!alive()) return new Promise(() => {});
          if (state === 'down') return { ok: false, sentence: 'It answered 503.', retry: true, retryAfterMs: null };
          if (state === 'hangs') {
            await new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }));
            return { ok: false, sentence: 'It did not answer in time.', retry: true, retryAfterMs: null };
          }
          const { kind, incident, text } = notice;
          const { title, sentence, lines } = text;
          const { severity, id: incidentId } = incident;
          heard.push({ at: elapsed(), sink: name, kind, severity, title, incidentId, id, sentence, lines });
          return { ok: true, sentence: 'Heard.' };
        },
      })),
  };
}
