/** Fault matrix row 14: killed while writing, 200 times. What was acknowledged is there, and the file is sound. */
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { clockAtStart, inspectFile, open, range, runChild, tempFolder } from './store-bed.ts';

const KILLS_PER_FILE = 100;

/** Lets one child write to the file until a random moment; returns the last number that it acknowledged. */
async function writeAndDie(path: string, first: number, random: () => number): Promise<number> {
  const child = runChild('store-writer.ts', [path, String(first)]);
  await child.printed('\n');
  await new Promise((settle) => setTimeout(settle, random() * 25));
  child.kill();
  const output = await child.ended;
  // A line without its end is no acknowledgement.
  const lines = output.slice(0, output.lastIndexOf('\n')).split('\n');
  return Number(lines.at(-1));
}

async function killOften(path: string, seed: number): Promise<{ kills: number; acknowledged: number }> {
  let state = seed;
  const random = (): number => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
  let next = 0;
  for (let kills = 1; kills <= KILLS_PER_FILE; kills += 1) {
    const last = await writeAndDie(path, next, random);
    const { numbers, integrity } = inspectFile(path);
    expect(integrity, `seed ${seed}, kill ${kills}`).toBe('ok');
    expect(last).toBeGreaterThanOrEqual(next);
    // At most one more than was acknowledged: the batch that was being written.
    expect(numbers.length, `seed ${seed}, kill ${kills}`).toBeGreaterThan(last);
    expect(numbers.length).toBeLessThanOrEqual(last + 2);
    expect(numbers.at(-1)).toBe(numbers.length - 1);
    next = numbers.length;
  }
  return { kills: KILLS_PER_FILE, acknowledged: next };
}

describe('kill -9 while writing', () => {
  it('loses no acknowledged change and leaves a sound file, 200 times', { timeout: 900_000 }, async () => {
    const paths = [1, 2].map((n) => join(tempFolder(), `history-${n}.db`));
    const seed = Date.now() % 1_000_000;
    const results = await Promise.all(paths.map((path, index) => killOften(path, seed + index)));
    expect(results.reduce((sum, { kills }) => sum + kills, 0)).toBe(200);
    for (const [index, path] of paths.entries()) {
      const count = results[index]?.acknowledged ?? 0;
      expect(inspectFile(path).numbers).toEqual(range(0, count));
      // And the next Tunnelwatch opens it without a word.
      expect(open(path, clockAtStart()).status()).toMatchObject({ mode: 'disk', problem: null, path });
    }
  });
});
