/** `rules try`: what the rules would have told of the recorded past, and what others would have. Reads only. */
import { join } from 'node:path';
import type { AlertConfig } from '../../engine/alerts/contract.ts';
import { type Count, NOT_REPLAYED, pagesByDay, pagesByRule } from '../../engine/alerts/rehearse/compare.ts';
import { readOverride, withOverrides } from '../../engine/alerts/rehearse/override.ts';
import { NOBODY, type Rehearsal, rehearse } from '../../engine/alerts/rehearse/rehearse.ts';
import { systemClock } from '../../engine/clock.ts';
import { openRecorded, type RecordedSpan } from '../../engine/history/recorded.ts';
import { alertConfig } from '../../engine/settings/alerts-schema.ts';
import { parseDuration } from '../../engine/settings/duration.ts';
import { HISTORY_FILE } from '../../engine/settings/open-engine.ts';
import type { Settings } from '../../engine/settings/schema.ts';
import type { Instant } from '../../shared/model.ts';
import { defaultPaths } from '../paths.ts';
import { EXIT, say, type Terminal, UserError } from '../terminal.ts';
import { requireSettings } from './config.ts';
import { inWords } from './status.ts';

export interface TryOptions {
  readonly config?: string;
  readonly since: string;
  readonly rule: readonly string[];
  readonly json?: boolean;
}

interface Days {
  readonly day: (at: Instant) => string;
  readonly time: (at: Instant) => string;
}

/** Days and times in the zone of the settings. */
function daysIn(zone: string): Days {
  const day = new Intl.DateTimeFormat('en-GB', { timeZone: zone, weekday: 'short', day: 'numeric', month: 'short' });
  const parts = { day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit', hourCycle: 'h23' } as const;
  const time = new Intl.DateTimeFormat('en-GB', { timeZone: zone, ...parts });
  return { day: (at) => day.format(at), time: (at) => time.format(at) };
}

const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

async function played(span: RecordedSpan, config: AlertConfig, settings: Settings): Promise<Rehearsal> {
  const names = new Map(settings.accounts.map(({ id, name }) => [id, name]));
  const { interval = 30_000, healthInterval = 60_000 } = settings.accounts[0] ?? {};
  const done = await rehearse({
    span,
    config,
    names: (id) => names.get(id) ?? id,
    pace: { list: interval, health: healthInterval },
    turn,
    onBug: (doing, error) => {
      throw new Error(`a bug in ${doing}`, { cause: error });
    },
  });
  if (!done.ok) throw new UserError(done.error);
  return done.value;
}

const many = (count: number, one: string, more: string): string => `${count} ${count === 1 ? one : more}`;

/** Rows of names and figures under a head. */
function table(head: readonly string[], rows: readonly Count[]): string[] {
  const width = Math.max(...[head[0] ?? '', ...rows.map(({ name }) => name)].map((name) => name.length)) + 2;
  const line = (name: string, cells: readonly string[]): string =>
    `  ${name.padEnd(width)}${cells.map((cell) => cell.padStart(9)).join('')}`;
  return [line(head[0] ?? '', head.slice(1)), ...rows.map(({ name, pages }) => line(name, pages.map(String)))];
}

function incidentLines({ incidents, titles, pages }: Rehearsal, { time }: Days): string[] {
  return incidents.map(({ id, severity, since, openedAt, resolvedAt }) => {
    const told = pages.filter(({ incidentId }) => incidentId === id).length;
    const length = resolvedAt === null ? 'not over' : inWords(resolvedAt - since);
    return `  ${time(openedAt).padEnd(14)} ${severity.padEnd(8)} ${many(told, 'page', 'pages').padEnd(8)} ${titles[id] ?? ''} (${length})`;
  });
}

function report(rehearsals: readonly Rehearsal[], config: AlertConfig): string[] {
  const [now] = rehearsals;
  if (now === undefined) return [];
  const days = daysIn(config.zone);
  const heads = rehearsals.length === 1 ? ['pages'] : ['now', 'changed'];
  const total = rehearsals.map(({ pages, incidents }, index) => {
    const whose = rehearsals.length === 1 ? '' : ` ${['with the rules as they are', 'with the changed rules'][index]}`;
    return `${many(pages.length, 'page', 'pages')} about ${many(incidents.length, 'incident', 'incidents')}${whose}.`;
  });
  const last = rehearsals.at(-1) ?? now;
  return [
    `From ${days.time(now.from)} to ${days.time(now.to)} (${config.zone}), ${inWords(now.to - now.from)}:`,
    ...total,
    ...(config.routes.length === 0 ? ['No sink is configured: these would have reached nobody.'] : []),
    '',
    ...table(['By rule', ...heads], pagesByRule(rehearsals)),
    '',
    ...table(['By day', ...heads], pagesByDay(rehearsals, days.day)),
    '',
    rehearsals.length === 1 ? 'Incidents:' : 'Incidents with the changed rules:',
    ...incidentLines(last, days),
    '',
    'What the records cannot tell:',
    ...NOT_REPLAYED.map((sentence) => `  ${sentence}`),
  ];
}

function asJson({ from, to, pages, incidents, titles }: Rehearsal): object {
  return {
    from,
    to,
    pages: pages.map((page) => ({ ...page, sinks: page.sinks.filter((sink) => sink !== NOBODY) })),
    incidents: incidents.map((incident) => ({ ...incident, title: titles[incident.id] ?? '' })),
  };
}

/** Says how many pages the recorded past would have sent. */
export async function tryRules(options: TryOptions, env: NodeJS.ProcessEnv, terminal: Terminal): Promise<number> {
  const since = parseDuration(options.since);
  if (since === null || since === 0) {
    throw new UserError('--since: expected a time such as 12h, 30d or 90d.', EXIT.wrongInput);
  }
  const overrides = options.rule.map((text) => {
    const read = readOverride(text);
    if (!read.ok) throw new UserError(`--rule ${read.error}`, EXIT.wrongInput);
    return read.value;
  });
  const paths = defaultPaths(env);
  const settings = await requireSettings(options.config ?? paths.config);
  const opened = openRecorded(join(settings.data.dir ?? paths.data, HISTORY_FILE));
  if (!opened.ok) throw new UserError(opened.error.sentence);
  const span = opened.value.span(systemClock().now() - since);
  opened.value.close();
  const config = alertConfig(settings);
  const configs = overrides.length === 0 ? [config] : [config, withOverrides(config, overrides)];
  const rehearsals: Rehearsal[] = [];
  for (const one of configs) rehearsals.push(await played(span, one, settings));
  if (options.json === true) {
    const [now, changed] = rehearsals.map(asJson);
    say(terminal.out, JSON.stringify({ now, ...(changed && { changed }), notReplayed: NOT_REPLAYED }, null, 2));
  } else for (const line of report(rehearsals, config)) say(terminal.out, line);
  return EXIT.done;
}
