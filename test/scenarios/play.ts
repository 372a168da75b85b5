/** Plays one story: the real engine over the simulator, on a virtual clock, as fast as the machine can. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { stringify } from 'yaml';
import type { AlertConfig } from '../../src/engine/alerts/contract.ts';
import { alertConfig } from '../../src/engine/settings/alerts-schema.ts';
import { parseSettings } from '../../src/engine/settings/load.ts';
import { describeProblem } from '../../src/engine/settings/problems.ts';
import { virtualClock } from '../../src/engine/virtual-clock.ts';
import type { Millis } from '../../src/shared/model.ts';
import { clockWords, judge, reads, type Verdict } from './judge.ts';
import type { Story, StoryLook } from './language.ts';
import { perform, type Stage } from './stage/acts.ts';
import { createCloud } from './stage/cloud.ts';
import { smallDisk } from './stage/disk.ts';
import { createHost } from './stage/host.ts';
import { createReceivers, type Heard } from './stage/recorder.ts';
import { breath, settled } from './stage/settle.ts';
import { boardWords } from './stage/words.ts';

/** The process has its turn this often. */
const SLICE_MS: Millis = 3_600_000;

export interface Played {
  readonly verdict: Verdict;
  readonly heard: readonly Heard[];
}

/** Alerting as the story's settings say it. The sinks of the settings stand for the recorders of the same names. */
export function configOf(story: Story): AlertConfig {
  const sinks = story.sinks.map(({ name }) => ({ name, type: 'command', command: ['true'] }));
  const alerts = { zone: 'UTC', ...story.alerts, sinks };
  const read = parseSettings(stringify({ accounts: [], alerts }), `${story.id}.yaml`);
  if (read.ok) return alertConfig(read.value);
  throw new Error(read.error.problems.map((problem) => describeProblem(read.error.file, problem)).join('\n'));
}

const needsDisk = ({ acts }: Story): boolean => acts.some(({ host, disk }) => host !== undefined || disk !== undefined);
/** Does it need a disk that can be filled, and can this process make one? */
export const fillsDisk = ({ acts }: Story): boolean => acts.some(({ disk }) => disk !== undefined);

/** What stands on the board against what should. */
function lookAt(look: StoryLook, stage: Stage): string[] {
  const { engine } = stage.host;
  const at = `at ${clockWords(look.at)}`;
  if (engine === null) return [`${at}: nothing runs that could be looked at`];
  const board = boardWords(engine);
  const wrong: string[] = [];
  for (const [name, wanted] of Object.entries(look.tunnels)) {
    const says = board.tunnel(name) ?? 'not on the board';
    if (!reads(says, wanted)) wrong.push(`${at} ${name} reads "${says}", not "${wanted}"`);
  }
  for (const part of ['alerts', 'banners'] as const) {
    const wanted = look[part];
    if (wanted === undefined) continue;
    const left = [...board[part]];
    for (const line of wanted) {
      const index = left.findIndex((one) => reads(one, line));
      if (index < 0) wrong.push(`${at} missing among the ${part}: "${line}"`);
      else left.splice(index, 1);
    }
    for (const line of left) wrong.push(`${at} not wanted among the ${part}: "${line}"`);
  }
  return wrong;
}

/** Plays and judges it. With `folder` its files are left there for who wants to read them. */
export async function play(story: Story, folder: string | null = null): Promise<Played> {
  const wrong: string[] = [];
  const clock = virtualClock(story.start);
  const cloud = createCloud(story, clock);
  const receivers = createReceivers(story.sinks, () => cloud.elapsed());
  const disk = fillsDisk(story) ? smallDisk() : null;
  const temporary = needsDisk(story) && disk === null ? mkdtempSync(join(tmpdir(), 'tunnelwatch-story-')) : null;
  const home = folder ?? disk?.folder ?? temporary;
  const host = createHost({
    story,
    config: configOf(story),
    clock,
    cloud,
    receivers,
    folder: home === null ? null : join(home, 'data'),
    onBug: (doing, error) => wrong.push(`a bug in ${doing}: ${error instanceof Error ? error.stack : String(error)}`),
  });
  const stage: Stage = { clock, cloud, host, receivers, disk };
  const until = async (moment: Millis): Promise<void> => {
    while (cloud.elapsed() < moment) {
      await breath();
      await clock.advance(Math.min(SLICE_MS, moment - cloud.elapsed()), settled);
    }
    await breath();
  };
  const steps = [
    ...story.acts.map((act) => ({ at: act.at, do: () => perform(act, stage) })),
    ...story.board.map((look) => ({ at: look.at, do: async () => void wrong.push(...lookAt(look, stage)) })),
  ].sort((a, b) => a.at - b.at);
  try {
    host.start();
    for (const step of steps) {
      await until(step.at);
      await step.do();
      await settled();
    }
    await until(story.runs);
    await host.stop();
    await host.clear();
  } finally {
    disk?.remove();
    if (temporary !== null) rmSync(temporary, { recursive: true, force: true });
  }
  return { verdict: judge(story, receivers.heard, wrong), heard: receivers.heard };
}
