/** What all sinks share: the outcome of an attempt, and the promise never to throw and never to outlast the signal. */
import type { Millis } from '../../../shared/model.ts';
import type { Attempt, Notifier } from '../contract.ts';

/** A receiver has it. */
export function delivered(sentence: string): Attempt {
  return { ok: true, sentence };
}

/** Try again later, not before `retryAfterMs` where the receiver named a time. */
export function notYet(sentence: string, retryAfterMs: Millis | null = null): Attempt {
  return { ok: false, sentence, retry: true, retryAfterMs };
}

/** Trying again cannot help. */
export function refused(sentence: string): Attempt {
  return { ok: false, sentence, retry: false, retryAfterMs: null };
}

/** A sentence with its first capital. */
export function sentenceOf(text: string): string {
  return text.slice(0, 1).toUpperCase() + text.slice(1);
}

type Work = (signal: AbortSignal) => Promise<Attempt>;

/** Ends with the signal even when the work does not, and turns a bug into an outcome. The error's message may quote a secret. */
async function bounded(name: string, signal: AbortSignal, work: Work): Promise<Attempt> {
  const calledOff = notYet('It was called off before there was an answer.');
  if (signal.aborted) return calledOff;
  const { promise: ended, resolve } = Promise.withResolvers<Attempt>();
  const end = (): void => resolve(calledOff);
  signal.addEventListener('abort', end, { once: true });
  try {
    return await Promise.race([work(signal), ended]);
  } catch (error) {
    const kind = error instanceof Error ? error.name : typeof error;
    return refused(
      `The sink ${name} failed over this notice (${kind}). This is a bug of Tunnelwatch, please report it.`,
    );
  } finally {
    signal.removeEventListener('abort', end);
  }
}

/** A notifier whose attempts keep the promises of the contract, whatever the sink does. */
export function keepingPromises(sink: Notifier): Notifier {
  const { beat } = sink;
  return {
    name: sink.name,
    type: sink.type,
    // Known for good only once the secret is at hand that holds the address.
    get target() {
      return sink.target;
    },
    // They change where people can switch a sink off.
    get kinds() {
      return sink.kinds;
    },
    ...(sink.repeat !== undefined && { repeat: sink.repeat }),
    ...(beat !== undefined && {
      beat: { everyMs: beat.everyMs, send: (signal) => bounded(sink.name, signal, (until) => beat.send(until)) },
    }),
    deliver: (notice, id, signal) => bounded(sink.name, signal, (until) => sink.deliver(notice, id, until)),
  };
}
