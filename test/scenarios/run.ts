/** Plays stories by name (all without one) and prints what was told: `node test/scenarios/run.ts escalation`. */
import './zone.ts';

const { heardLine, verdictTable } = await import('./judge.ts');
const { play } = await import('./play.ts');
const { repertoire } = await import('./repertoire.ts');

const wanted = process.argv.slice(2);
const stories = repertoire().filter(({ id }) => wanted.length === 0 || wanted.some((part) => id.includes(part)));
const verdicts = [];
for (const story of stories) {
  const started = performance.now();
  const { verdict, heard } = await play(story);
  verdicts.push(verdict);
  const took = ((performance.now() - started) / 1_000).toFixed(1);
  if (wanted.length > 0) for (const one of heard) console.info(`  ${heardLine(one)}\n      ${one.sentence}`);
  console.info(`${story.id}: ${verdict.complaints.length === 0 ? 'as wanted' : 'NOT as wanted'} (${took} s)`);
  for (const complaint of verdict.complaints) console.info(`  ${complaint}`);
}
console.info(`\n${verdictTable(verdicts)}`);
