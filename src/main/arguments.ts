/**
 * The desktop's command line. Chromium's own switches pass through unread; what looks like a misspelt flag of ours is
 * refused, for a wall that quietly opens in a window is found out too late.
 */
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { suggest } from '../engine/settings/suggest.ts';
import { err, ok, type Result } from '../shared/result.ts';
import { LINK_SCHEME } from './deep-link.ts';

/** What the engine's side has to know of the command line. */
export interface DesktopArguments {
  /** Practice mode: watch the built-in simulator instead of Cloudflare. */
  readonly demo: boolean;
  /** Absolute path of the config file; `null` for the usual place. */
  readonly config: string | null;
}

const LOG_LEVELS = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'] as const;

/** What one start of the program asked for. */
export interface Launch extends DesktopArguments {
  /** Begin in the tray, without a window. */
  readonly hidden: boolean;
  /** Open the wall: full screen, display kept awake. */
  readonly wall: boolean;
  /** Display of the wall, from 1, counted from left to right; `null` is the first one. */
  readonly display: number | null;
  /** What the wall shows, as the query of its address; `null`: everything, or what it shows already. */
  readonly view: string | null;
  /** Settings, history, window and lock of its own; `null` is the usual ones. */
  readonly profile: string | null;
  readonly logLevel: (typeof LOG_LEVELS)[number];
  /** A deep link, not looked at yet. */
  readonly link: string | null;
  /** Say this and end. */
  readonly print: 'version' | 'help' | null;
}

const OPTIONS = {
  demo: { type: 'boolean' },
  hidden: { type: 'boolean' },
  wall: { type: 'boolean' },
  version: { type: 'boolean' },
  help: { type: 'boolean' },
  config: { type: 'string', short: 'c' },
  display: { type: 'string' },
  rotate: { type: 'string' },
  view: { type: 'string' },
  profile: { type: 'string' },
  'log-level': { type: 'string' },
} as const;
const NAMES = Object.keys(OPTIONS);
/** Names of folders on three systems, and one word on every command line. */
const PROFILE = /^[A-Za-z0-9][A-Za-z0-9_-]{0,39}$/;

/** What `--help` prints. */
export const HELP = `Usage: tunnelwatch [options] [tunnelwatch://tunnel/ID]

  --hidden          begin in the tray, without a window
  --wall            open the wall: full screen, with the display kept awake
  --display N       display of the wall: 1 is the leftmost (with a space before N)
  --rotate SECONDS  how long the wall shows each page, from 5 to 3600
  --view QUERY      what the wall shows: by=site&account=Acme&name=NOC
  --profile NAME    settings, history and window of its own, beside others
  -c, --config FILE settings in this file
  --log-level L     ${LOG_LEVELS.join(', ')}
  --demo            practice mode: tunnels out of a simulator
  --version, --help`;

interface Given {
  readonly values: Readonly<Record<string, unknown>>;
  readonly positionals: readonly string[];
}

/** A flag that takes a value and stands alone: the parser says `true` then. */
function withoutValue({ values }: Given): string | null {
  const name = NAMES.find((one) => OPTIONS[one as keyof typeof OPTIONS].type === 'string' && values[one] === true);
  return name === undefined ? null : `--${name} needs a value.`;
}

function misspelt({ values }: Given): string | null {
  for (const name of Object.keys(values)) {
    const meant = NAMES.includes(name) ? null : suggest(name, NAMES);
    if (meant !== null && name.length > 2) return `There is no --${name}; did you mean --${meant}?`;
  }
  return null;
}

/** The same as on the page: quicker nobody can read. */
const LEAST_ROTATE = 5;
const MOST_ROTATE = 3600;
const MOST_VIEW = 1_000;

const isRotation = (text: string): boolean =>
  /^\d{1,4}$/.test(text) && Number(text) >= LEAST_ROTATE && Number(text) <= MOST_ROTATE;

/** The query of the wall's address; a `?` at its beginning is no harm. */
function viewOf(view: string | null, rotate: string | null): string | null {
  if (view === null && rotate === null) return null;
  const query = new URLSearchParams(view ?? '');
  if (rotate !== null) query.set('rotate', rotate);
  return query.toString();
}

/** Values that the flags do not take: one sentence. */
function wrongValue({ values }: Given): string | null {
  const { display, profile, rotate, view } = values;
  const level = values['log-level'];
  if (display !== undefined && !/^[1-9]\d?$/.test(String(display))) {
    return `--display ${String(display)}: expected the number of a display, 1 is the leftmost.`;
  }
  if (display !== undefined && values.wall !== true) return '--display says where the wall goes; add --wall.';
  if (rotate !== undefined && !isRotation(String(rotate))) {
    return `--rotate ${String(rotate)}: expected seconds from ${LEAST_ROTATE} to ${MOST_ROTATE}.`;
  }
  for (const [name, value] of Object.entries({ rotate, view })) {
    if (value !== undefined && values.wall !== true) return `--${name} says what the wall shows; add --wall.`;
  }
  if (String(view ?? '').length > MOST_VIEW) return `--view: expected at most ${MOST_VIEW} characters.`;
  if (profile !== undefined && !PROFILE.test(String(profile))) {
    return `--profile ${String(profile)}: expected a name of letters, digits, - and _, at most 40.`;
  }
  if (level !== undefined && !LOG_LEVELS.some((one) => one === level)) {
    return `--log-level ${String(level)}: expected one of ${LOG_LEVELS.join(', ')}.`;
  }
  return values.config === '' ? '--config needs a file.' : null;
}

/**
 * Reads what follows the program and its path; relative files are taken from `cwd`. The error is one sentence.
 */
export function launchArguments(args: readonly string[], cwd: string): Result<Launch, string> {
  const given: Given = parseArgs({ args: [...args], options: OPTIONS, strict: false, allowPositionals: true });
  const wrong = withoutValue(given) ?? misspelt(given) ?? wrongValue(given);
  if (wrong !== null) return err(wrong);
  const { values } = given;
  const text = (name: string): string | null => (typeof values[name] === 'string' ? values[name] : null);
  const config = text('config');
  const display = text('display');
  return ok({
    demo: values.demo === true,
    hidden: values.hidden === true,
    wall: values.wall === true,
    config: config === null ? null : resolve(cwd, config),
    display: display === null ? null : Number(display),
    view: viewOf(text('view'), text('rotate')),
    profile: text('profile'),
    logLevel: LOG_LEVELS.find((one) => one === values['log-level']) ?? 'info',
    link: given.positionals.find((one) => one.startsWith(`${LINK_SCHEME}:`)) ?? null,
    print: values.version === true ? 'version' : values.help === true ? 'help' : null,
  });
}
