/** What every notifier promises, whoever listens at the other end. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Attempt, Notice, Notifier } from '../../../../src/engine/alerts/contract.ts';
import { keepingPromises } from '../../../../src/engine/alerts/sinks/sink.ts';
import { NOTICE_KINDS } from '../../../../src/shared/alerts.ts';
import { HOSTILE, notice } from './notices.ts';
import { CANARY, type Mood } from './receivers.ts';

export type Outcome =
  | { readonly ok: true }
  | { readonly ok: false; readonly retry: boolean; readonly retryAfterMs?: number };

/** A notifier with its receiver. */
export interface Bed {
  readonly notifier: Notifier;
  /** Everything that arrived, as text. */
  received(): readonly string[];
  be(mood: Mood): void;
  /** What each mood of the receiver has to come to. `hangs` is asked for by all. */
  readonly outcomes: Partial<Record<Exclude<Mood, 'good' | 'hangs'>, Outcome>>;
  /** Is what arrived well formed, and harmless? Throws when not. */
  check(arrived: string, sent: Notice): void;
  /** Never to be seen outside the receiver. */
  readonly secrets: readonly string[];
  close(): Promise<void>;
}

const patience = (): AbortSignal => AbortSignal.timeout(90_000);
const TIME_LIMIT = 180_000;

/** Runs the suite for one kind of notifier. */
export function conforms(type: string, open: () => Promise<Bed>): void {
  describe(`the notifier ${type}`, () => {
    let bed: Bed;
    let notifier: Notifier;
    let count = 0;
    const seen: Attempt[] = [];
    const deliver = async (sent: Notice, signal = patience()): Promise<Attempt> => {
      count += 1;
      const attempt = await notifier.deliver(sent, String(count), signal);
      seen.push(attempt);
      return attempt;
    };

    beforeAll(async () => {
      bed = await open();
      notifier = keepingPromises(bed.notifier);
    }, TIME_LIMIT);
    beforeEach(() => bed.be('good'));
    afterAll(() => bed.close());

    it('says what it is', () => {
      expect(notifier.type).toBe(type);
      expect(notifier.name).not.toBe('');
      expect(notifier.target).not.toBe('');
      expect(notifier.kinds).toContain('test');
      expect(NOTICE_KINDS).toEqual(expect.arrayContaining([...notifier.kinds]));
    });

    it.each(NOTICE_KINDS)(
      'delivers a notice of the kind %s',
      async (kind) => {
        if (!notifier.kinds.includes(kind)) return;
        const before = bed.received().length;
        const sent = notice({ kind });
        expect(await deliver(sent)).toMatchObject({ ok: true, sentence: expect.stringMatching(/^[A-Z0-9\w].*\.$/) });
        const arrived = bed.received().slice(before);
        expect(arrived.length).toBeGreaterThan(0);
        for (const one of arrived) bed.check(one, sent);
      },
      TIME_LIMIT,
    );

    it.each(HOSTILE.map((name) => [name.slice(0, 40), name]))(
      'is not misled by a tunnel named %j',
      async (_, name) => {
        const before = bed.received().length;
        const sent = notice({ name, kind: notifier.kinds.includes('firing') ? 'firing' : 'test' });
        expect(await deliver(sent)).toMatchObject({ ok: true });
        for (const one of bed.received().slice(before)) bed.check(one, sent);
      },
      TIME_LIMIT,
    );

    it.each<Exclude<Mood, 'good' | 'hangs'>>([
      'bad-request',
      'unknown-key',
      'busy',
      'broken',
      'closes',
      'redirects',
      'garbage',
      'echo',
    ])(
      'says what became of it when the receiver is %s',
      async (mood) => {
        const outcome = bed.outcomes[mood];
        if (outcome === undefined) return;
        bed.be(mood);
        const before = bed.received().length;
        const attempt = await deliver(notice());
        expect(attempt).toMatchObject(outcome);
        expect(attempt.sentence.length).toBeLessThan(600);
        expect(bed.received().slice(before).join('\n')).not.toContain('/elsewhere');
      },
      TIME_LIMIT,
    );

    it(
      'ends when it is called off while the receiver hangs',
      async () => {
        bed.be('hangs');
        const caller = new AbortController();
        const before = bed.received().length;
        const under = deliver(notice(), caller.signal);
        // Some of them never get as far as an arrival; all of them have begun by then.
        await expect.poll(() => bed.received().length > before || count > 0).toBe(true);
        const began = performance.now();
        caller.abort();
        expect(await under).toMatchObject({ ok: false, retry: true });
        expect(performance.now() - began).toBeLessThan(20_000);
      },
      TIME_LIMIT,
    );

    it('does not begin when it is called off already', async () => {
      const before = bed.received().length;
      expect(await deliver(notice(), AbortSignal.abort())).toMatchObject({ ok: false, retry: true });
      expect(bed.received().length).toBe(before);
    });

    it(
      'takes notices again after all that',
      async () => {
        expect(await deliver(notice({ kind: 'test' }))).toMatchObject({ ok: true });
      },
      TIME_LIMIT,
    );

    it('never showed a secret', () => {
      expect(seen.length).toBeGreaterThan(10);
      const shown = JSON.stringify([seen, notifier.target, notifier.name, notifier.type]);
      for (const one of [CANARY, ...bed.secrets]) expect(shown).not.toContain(one);
    });
  });
}
