/** What people, the host and the way to Cloudflare do in a story. */

import type { VirtualClock } from '../../../src/engine/virtual-clock.ts';
import type { Matcher } from '../../../src/shared/alerts.ts';
import type { StoryAct } from '../language.ts';
import type { Cloud } from './cloud.ts';
import type { SmallDisk } from './disk.ts';
import type { Host } from './host.ts';
import type { Receivers } from './recorder.ts';

export interface Stage {
  readonly clock: VirtualClock;
  readonly cloud: Cloud;
  readonly host: Host;
  readonly receivers: Receivers;
  readonly disk: SmallDisk | null;
}

/** `site=~Ams.*` */
export function readMatcher(text: string): Matcher {
  const match = /^(\w+?)(=~|!~|!=|=)(.*)$/u.exec(text);
  if (match === null) throw new Error(`"${text}" is not a matcher such as site=Amsterdam`);
  return { name: match[1] as Matcher['name'], op: match[2] as Matcher['op'], value: match[3] ?? '' };
}

async function ofTheHost({ host: deed }: StoryAct, { host }: Stage): Promise<void> {
  if (deed === 'stop' || deed === 'restart') await host.stop();
  if (deed === 'kill' || deed === 'kill and restart') host.kill();
  if (deed === 'start' || deed === 'restart' || deed === 'kill and restart') host.start();
}

function ofPeople(act: StoryAct, { clock, host }: Stage): void {
  const engine = host.engine;
  const desk = engine?.alerts ?? null;
  if (desk === null) throw new Error('people can do nothing while the host does not run');
  const open = desk.view().incidents.filter(({ phase }) => phase !== 'resolved');
  const meant = (words: string): readonly string[] => {
    const found = open.filter(({ lead }) => words === 'all' || JSON.stringify(lead.subject).includes(words));
    if (found.length === 0) throw new Error(`no open incident is about ${words}`);
    return found.map(({ id }) => id);
  };
  const until = act.for === undefined ? null : clock.now() + act.for;
  const { by, comment } = act;
  if (act.acknowledge !== undefined) desk.acknowledge(meant(act.acknowledge), { by, comment, until });
  if (act.unacknowledge !== undefined) desk.unacknowledge(meant(act.unacknowledge), by);
  if (act.silence !== undefined) {
    if (until === null) throw new Error('a silence needs an end: say "for"');
    desk.silence({ matchers: act.silence.map(readMatcher), startsAt: clock.now(), endsAt: until, by, comment });
  }
  const ending = act['end silence'];
  for (const silence of desk.view().silences) if (silence.comment === ending) desk.expireSilence(silence.id, by);
  if (act.seen === 'all') desk.markSeen(open.map(({ id }) => id));
}

const PEOPLE = ['acknowledge', 'unacknowledge', 'silence', 'end silence', 'seen'] as const;

/** Does one act. Resolves when what it caused at once is over. */
export async function perform(act: StoryAct, stage: Stage): Promise<void> {
  const { clock, cloud, host, receivers, disk } = stage;
  if (act.network !== undefined) cloud.network = act.network === 'away' ? 'away' : 'there';
  if (act.dns !== undefined) cloud.network = act.dns === 'away' ? 'no names' : 'there';
  if (act.token !== undefined) cloud.setToken(act.account, act.token);
  if (act['sink down'] !== undefined) receivers.set(act['sink down'], 'down');
  if (act['sink hangs'] !== undefined) receivers.set(act['sink hangs'], 'hangs');
  if (act['sink back'] !== undefined) receivers.set(act['sink back'], 'up');
  if (act.disk === 'full') disk?.fill();
  if (act.disk === 'free') disk?.free();
  if (act.clock !== undefined) clock.jumpWall(act.clock);
  if (act.sleep !== undefined) {
    clock.jumpWall(act.sleep);
    cloud.slept(act.sleep);
    host.engine?.wake();
  }
  if (act.pause !== undefined) host.engine?.pause(act.pause);
  if (act.resume !== undefined) host.engine?.resume();
  if (act.host !== undefined) await ofTheHost(act, stage);
  if (PEOPLE.some((deed) => act[deed] !== undefined)) ofPeople(act, stage);
}
