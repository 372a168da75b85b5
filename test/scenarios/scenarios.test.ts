/**
 * The scenarios: what an engineer on night shift wants to be told, story by story, against what the real engine tells. The
 * table at the end counts pages; none may be false and none missed.
 */
import './zone.ts';
import { afterAll, describe, expect, it } from 'vitest';
import { type Verdict, verdictTable } from './judge.ts';
import { fillsDisk, play } from './play.ts';
import { repertoire } from './repertoire.ts';
import { smallDisk } from './stage/disk.ts';

/** Can this process make a disk that may be filled? */
function canFill(): boolean {
  const disk = smallDisk();
  disk?.remove();
  return disk !== null;
}

const stories = repertoire();
const mayFill = canFill();
const verdicts: Verdict[] = [];

describe('what people are told', () => {
  for (const story of stories) {
    const plays = mayFill || !fillsDisk(story);
    const name = plays
      ? story.title
      : `${story.title} (skipped: it fills a disk, and no small one can be mounted here)`;
    it.skipIf(!plays)(
      `${story.id}: ${name}`,
      async () => {
        const { verdict } = await play(story);
        verdicts.push(verdict);
        expect(verdict.complaints).toEqual([]);
      },
      600_000,
    );
  }

  it('are at least forty stories', () => {
    expect(stories.length).toBeGreaterThanOrEqual(40);
  });

  it('no page is false and none is missed', () => {
    const sum = (pick: (verdict: Verdict) => number): number => verdicts.reduce((all, one) => all + pick(one), 0);
    expect({ false: sum((one) => one.falsePages), missed: sum((one) => one.missed) }).toEqual({ false: 0, missed: 0 });
  });

  afterAll(() => {
    process.stdout.write(`\n${verdictTable(verdicts)}\n`);
  });
});
