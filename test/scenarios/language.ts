/**
 * The language of the scenarios: what a story file may say. The world (sites, incidents, faults) speaks the language of
 * the simulator, `src/simulator/scenario.ts`; alerting that of the settings, `alerts` of a config file. The rest is here.
 *
 * All times are counted from the start of the story, in real time: a clock that somebody sets does not change them, a
 * sleep does.
 */
import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { z } from 'zod';
import { NOTICE_KINDS, type NoticeKind } from '../../src/shared/alerts.ts';
import type { Instant, Millis } from '../../src/shared/model.ts';
import type { AccountSpec, Incident, ScheduledFault } from '../../src/simulator/scenario.ts';
import { largeAccount } from '../../src/simulator/scenarios/generated.ts';
import { parseSpan } from '../../src/simulator/span.ts';

const span = z
  .string()
  .regex(/^-?(\d+(\.\d+)?[smhd])+$/, 'a time such as 90s, 1h30m or 2d')
  .transform(parseSpan);
const name = z.string().min(1);

/** Everything that people, the host and the way to Cloudflare can do in a story; one deed for each act. */
const act = z
  .strictObject({
    at: span,
    /** Words in the title of an open incident, or `all`. */
    acknowledge: name.optional(),
    unacknowledge: name.optional(),
    /** Matchers such as `site=Amsterdam`. */
    silence: z.array(name).optional(),
    /** Ends the silences with this comment. */
    'end silence': name.optional(),
    /** Somebody looked at everything that is new. */
    seen: z.literal('all').optional(),
    by: name.default('Ines'),
    comment: z.string().default(''),
    /** Of an acknowledgement, a silence. */
    for: span.optional(),
    /** `stop` is orderly, `kill` is not; `restart` is both with no time between. */
    host: z.enum(['stop', 'kill', 'start', 'restart', 'kill and restart']).optional(),
    /** The machine sleeps: time passes, nothing runs, the monotonic clock stands still. */
    sleep: span.optional(),
    /** Somebody stops polling for a time, or ends that. */
    pause: span.optional(),
    resume: z.literal('now').optional(),
    /** Somebody sets the wall clock of this machine. */
    clock: span.optional(),
    network: z.enum(['away', 'back']).optional(),
    /** `away` for names alone, as when the resolver is gone. */
    dns: z.enum(['away', 'back']).optional(),
    /** Of one account, or of all. `no analytics`: it loses Account Analytics Read. */
    token: z.enum(['revoked', 'no analytics', 'good']).optional(),
    account: name.optional(),
    disk: z.enum(['full', 'free']).optional(),
    /** A sink stops to answer, or answers again. */
    'sink down': name.optional(),
    'sink hangs': name.optional(),
    'sink back': name.optional(),
  })
  .readonly();
export type StoryAct = z.infer<typeof act>;

const look = z
  .strictObject({
    at: span,
    /** What the row of a tunnel says: `…` stands for anything. */
    tunnels: z.record(z.string(), z.string()).default({}),
    /** Open incidents as the alerts view lists them, all of them. */
    alerts: z.array(z.string()).optional(),
    /** Banners over the board, all of them. */
    banners: z.array(z.string()).optional(),
  })
  .readonly();
export type StoryLook = z.infer<typeof look>;

const sink = z.strictObject({
  name,
  /** Kinds that it wants; all but `update` unless told otherwise. */
  kinds: z.array(z.enum(NOTICE_KINDS)).default(NOTICE_KINDS.filter((kind) => kind !== 'update')),
});

const story = z.strictObject({
  title: name,
  /** What an engineer on night shift wants here. */
  why: name,
  /** A Tuesday morning unless told otherwise. */
  start: z.iso.datetime().default('2026-03-10T08:00:00Z'),
  runs: span,
  /** Name of a world of `worlds.yaml`. */
  world: name,
  pace: z.strictObject({ list: span, health: span }).prefault({ list: '30s', health: '60s' }),
  incidents: z.array(z.looseObject({ what: name })).default([]),
  faults: z.array(z.looseObject({ kind: name })).default([]),
  alerts: z.record(z.string(), z.unknown()).default({}),
  sinks: z.array(sink).prefault([{ name: 'night' }]),
  acts: z.array(act).default([]),
  /** The transcript, in order: `2m..3m night firing critical: title`. */
  told: z.array(z.union([z.string(), z.strictObject({ line: z.string(), says: z.string() })])),
  /** What stands on the board at key moments. */
  board: z.array(look).min(1),
});

/** A line of the transcript as it is expected. */
export interface Told {
  readonly from: Millis;
  readonly to: Millis;
  readonly sink: string;
  readonly kind: NoticeKind;
  readonly severity: string;
  readonly title: string;
  /** What its sentence reads as; `null` where only the title matters. */
  readonly says: string | null;
}

export interface Story {
  readonly id: string;
  readonly title: string;
  readonly start: Instant;
  readonly runs: Millis;
  readonly accounts: readonly AccountSpec[];
  readonly incidents: readonly Incident[];
  readonly faults: readonly ScheduledFault[];
  readonly pace: { readonly list: Millis; readonly health: Millis };
  readonly alerts: Readonly<Record<string, unknown>>;
  readonly sinks: readonly z.infer<typeof sink>[];
  readonly acts: readonly StoryAct[];
  readonly told: readonly Told[];
  readonly board: readonly StoryLook[];
}

const KINDS = NOTICE_KINDS.join('|');
const LINE = new RegExp(`^(\\S+?)(?:\\.\\.(\\S+))? (\\S+) (${KINDS}) (info|warning|critical): (.+)$`, 'u');

/** `2m..3m night,chat firing critical: title`, one line for each sink. A single time is meant to the second. */
function toldLines(written: string | { readonly line: string; readonly says: string }): Told[] {
  const { line, says } = typeof written === 'string' ? { line: written, says: null } : written;
  const match = LINE.exec(line);
  if (match === null) throw new Error(`"${line}" is not a line such as "2m..3m night firing critical: title"`);
  const [, from = '', to = from, sinks = '', kind = '', severity = '', title = ''] = match;
  const base = { from: parseSpan(from), to: parseSpan(to), kind: kind as NoticeKind, severity, title, says };
  return sinks.split(',').map((one) => ({ ...base, sink: one }));
}

/** Reads one story; `id` is the name of its file without its end. Throws with the place of what is wrong. */
export function readStory(path: string, id: string, worlds: Worlds): Story {
  const parsed = story.safeParse(parse(readFileSync(path, 'utf8')));
  if (!parsed.success) throw new Error(`${id}: ${z.prettifyError(parsed.error)}`);
  const { world, why: _, start, told, incidents, faults, ...rest } = parsed.data;
  const accounts = worlds[world];
  if (accounts === undefined) throw new Error(`${id}: there is no world ${world}`);
  return {
    ...rest,
    id,
    start: Date.parse(start),
    accounts,
    // The simulator reads its own language, and says what it does not understand.
    incidents: incidents as unknown as readonly Incident[],
    faults: faults as unknown as readonly ScheduledFault[],
    acts: rest.acts.toSorted((a, b) => a.at - b.at),
    board: rest.board.toSorted((a, b) => a.at - b.at),
    told: told.flatMap(toldLines),
  };
}

export type Worlds = Readonly<Record<string, readonly AccountSpec[]>>;

/** The worlds that stories share. `large` is generated: 200 sites, 400 tunnels to two endpoints. */
export function readWorlds(path: string): Worlds {
  return { ...(parse(readFileSync(path, 'utf8')) as Worlds), large: [largeAccount('Meridian Logistics', 200)] };
}
