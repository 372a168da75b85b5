import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Limits, type Marks, NO_MARKS, step } from '../../../../src/engine/alerts/book/life.ts';
import type { Judgement } from '../../../../src/engine/alerts/rules/rule.ts';
import type { AlertPhase } from '../../../../src/shared/alerts.ts';

type Word = Judgement['is'];

const LIMITS: Limits = { pendingMs: 60_000, recoverMs: 120_000, slackMs: null, confirmed: false, gapMs: 90_000 };

/** Phases after each look; looks are `everyMs` apart. */
function live(words: readonly Word[], limits: Partial<Limits> = {}, everyMs = 30_000): AlertPhase[] {
  let phase: AlertPhase = 'pending';
  let marks: Marks = NO_MARKS;
  return words.map((word, i) => {
    if (phase !== 'resolved')
      ({ phase, marks } = step(phase, marks, word, (i + 1) * everyMs, { ...LIMITS, ...limits }));
    return phase;
  });
}

const times = (n: number, word: Word): Word[] => Array.from({ length: n }, () => word);

describe('pending', () => {
  it.each<[string, readonly Word[], AlertPhase]>([
    ['holds until the time is over', times(2, 'present'), 'pending'],
    ['fires with the answer that says it again after that time', times(3, 'present'), 'firing'],
    ['ends at one look that says otherwise', ['present', 'present', 'absent'], 'resolved'],
    ['begins anew after a look that saw nothing', ['present', 'present', 'unknown', 'present', 'present'], 'pending'],
    ['goes on while it is held', ['present', 'held', 'present'], 'firing'],
    ['is not confirmed by being held', ['present', ...times(9, 'held')], 'pending'],
    ['ends when it eases', ['present', 'easing'], 'resolved'],
  ])('%s', (_name, words, expected) => {
    expect(live(words).at(-1)).toBe(expected);
  });

  it('begins anew after a gap', () => {
    expect(live(times(2, 'present'), {}, 91_000)).toEqual(['pending', 'pending']);
    expect(live(times(2, 'present'), {}, 90_000)).toEqual(['pending', 'firing']);
  });

  it('needs two looks even without a time, unless its facts are confirmed', () => {
    expect(live(times(2, 'present'), { pendingMs: 0 })).toEqual(['pending', 'firing']);
    expect(live(times(1, 'present'), { pendingMs: 0, confirmed: true })).toEqual(['firing']);
  });

  it('counts more than the time, and the lateness of looks, where it must', () => {
    expect(live(times(3, 'present'), { slackMs: 0 })).toEqual(['pending', 'pending', 'pending']);
    expect(live(times(4, 'present'), { slackMs: 0 }).at(-1)).toBe('firing');
    expect(live(times(4, 'present'), { slackMs: 30_000 }).at(-1)).toBe('pending');
  });

  it('is not moved by the same answer', () => {
    const first = step('pending', NO_MARKS, 'present', 5, { ...LIMITS, pendingMs: 0 });
    expect(step('pending', first.marks, 'present', 5, { ...LIMITS, pendingMs: 0 }).phase).toBe('pending');
  });
});

describe('recovering', () => {
  const fired = times(3, 'present');
  it.each<[string, readonly Word[], AlertPhase]>([
    ['is said at the first look', ['absent'], 'recovering'],
    ['holds until the time is over', times(4, 'absent'), 'recovering'],
    ['ends with the answer that confirms it', times(5, 'absent'), 'resolved'],
    ['stands still while unseen', [...times(4, 'absent'), 'unknown', ...times(4, 'absent')], 'recovering'],
    ['goes no further while it eases', times(50, 'easing'), 'recovering'],
    ['returns when it is there in two looks', ['absent', 'present', 'present'], 'firing'],
    ['does not return for one look', ['absent', 'present', 'absent'], 'recovering'],
    [
      'begins anew after a return that was none',
      [...times(4, 'absent'), 'present', ...times(4, 'absent')],
      'recovering',
    ],
  ])('%s', (_name, words, expected) => {
    expect(live([...fired, ...words]).at(-1)).toBe(expected);
  });

  it('is skipped where no time is asked for', () => {
    expect(live([...fired, 'absent'], { recoverMs: 0 }).at(-1)).toBe('resolved');
  });
});

describe('any life', () => {
  const NEXT: Readonly<Record<AlertPhase, readonly AlertPhase[]>> = {
    pending: ['pending', 'firing', 'resolved'],
    firing: ['firing', 'recovering', 'resolved'],
    recovering: ['recovering', 'firing', 'resolved'],
    resolved: ['resolved'],
  };
  const looks = fc.array(
    fc.tuple(
      fc.constantFrom<Word[]>('absent', 'present', 'held', 'easing', 'unknown'),
      fc.integer({ min: -200_000, max: 400_000 }),
    ),
    { maxLength: 60 },
  );

  it('keeps to the machine, whatever the clocks do; fires and ends only at a look that says so', () => {
    fc.assert(
      fc.property(looks, fc.boolean(), (story, slack) => {
        let phase: AlertPhase = 'pending';
        let marks: Marks = NO_MARKS;
        let at = 0;
        for (const [word, ms] of story) {
          at += ms;
          const next = step(phase, marks, word, at, { ...LIMITS, slackMs: slack ? 5_000 : null });
          expect(NEXT[phase]).toContain(next.phase);
          if (next.phase === 'firing' && phase !== 'firing') expect(word).toBe('present');
          if (next.phase === 'resolved' && phase !== 'resolved') expect(['absent', 'easing']).toContain(word);
          ({ phase, marks } = next);
        }
      }),
    );
  });
});
