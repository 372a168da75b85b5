/**
 * Opens the desktop app where Electron's binary can be had, and says in one sentence why it opens the same app on the
 * headless host instead where it cannot.
 */
import { join } from 'node:path';
import { runProgram } from './child-program.ts';
import { electronBinary, noWindowBecause } from './desktop-binary.ts';
import { fetchElectron } from './fetch-electron.ts';
import NODE_FLAGS from './node-flags.json' with { type: 'json' };

type Env = Readonly<Record<string, string | undefined>>;

/** A checkout with its build, and the machine that it is opened on. */
export interface Opening {
  readonly root: string;
  /** What follows `npm start --`. */
  readonly args: readonly string[];
  readonly env: Env;
  readonly platform: NodeJS.Platform;
  /** Of the user; `undefined` on Windows. */
  readonly uid: number | undefined;
  /** A machine that blocks downloads often answers nothing at all; nobody should wait longer for a window. */
  readonly downloadLimitMs: number;
  /** A window that fails sooner than this never opened: missing libraries, for instance. */
  readonly startedAfterMs: number;
  readonly now: number;
  readonly say: (sentence: string) => void;
}

const INSTEAD = 'so the app opens in the browser, on the headless host.';

/** Flags of a window, which the headless host has not; `true` for those with a value. */
const WINDOW_FLAGS: Readonly<Record<string, boolean>> = {
  '--demo': false,
  '--hidden': false,
  '--wall': false,
  '--display': true,
  '--rotate': true,
  '--view': true,
  '--profile': true,
  '--log-level': true,
};

/** What the headless host makes of a desktop's arguments. */
export interface HeadlessArguments {
  readonly kept: string[];
  /** Flags that it goes without. */
  readonly dropped: string[];
  /** The page to open, `null` for the board: a wall that has no window of its own hangs in a browser. */
  readonly page: string | null;
}

/** Flags that say what a wall shows. */
const OF_A_WALL: readonly string[] = ['--wall', '--view', '--rotate'];

/** Sorts the arguments of the desktop for the headless host. */
export function headlessArguments(args: readonly string[]): HeadlessArguments {
  const kept: string[] = [];
  const given = new Map<string, string>();
  for (let i = 0; i < args.length; i += 1) {
    const arg = args[i] ?? '';
    const [flag = ''] = arg.split('=');
    const takesValue = WINDOW_FLAGS[flag];
    if (takesValue === undefined) {
      if (!arg.startsWith('tunnelwatch:')) kept.push(arg);
      continue;
    }
    const apart = takesValue && !arg.includes('=');
    given.set(flag, apart ? (args[i + 1] ?? '') : arg.slice(flag.length + 1));
    if (apart) i += 1;
  }
  const wall = given.has('--wall');
  const dropped = [...given.keys()].filter((flag) => flag !== '--demo' && !(wall && OF_A_WALL.includes(flag)));
  return { kept, dropped, page: wall ? wallPage(given.get('--view'), given.get('--rotate')) : null };
}

function wallPage(view: string | undefined, rotate: string | undefined): string {
  const query = new URLSearchParams(view ?? '');
  if (rotate !== undefined) query.set('rotate', rotate);
  return query.size === 0 ? '/wall' : `/wall?${query}`;
}

/** The exit code of the desktop app, or `null` when it did not run and has said why. */
async function openDesktop(opening: Opening): Promise<number | null> {
  const { root, args, env, platform, uid, say } = opening;
  const instead = (why: string): null => {
    say(`${why}, ${INSTEAD}`);
    return null;
  };
  const because = noWindowBecause(env, platform, uid);
  if (because !== null) return instead(because);
  if (electronBinary(root, env, platform) === null) {
    const fetched = await fetchElectron({ ...opening, limitMs: opening.downloadLimitMs });
    if (!fetched.done) return fetched.asked ? fetched.code : instead(fetched.why);
  }
  const binary = electronBinary(root, env, platform);
  if (binary === null) return instead("Electron's binary is not where its installer should have put it");
  // A terminal inside an Electron app may hand this on, and then Electron is a plain Node.
  const { ELECTRON_RUN_AS_NODE: _, ...clean } = env;
  const begun = performance.now();
  const ended = await runProgram(binary, ['.', ...args], { cwd: root, env: clean, stdio: 'inherit' });
  const neverOpened = !ended.asked && ended.code !== 0 && performance.now() - begun < opening.startedAfterMs;
  return neverOpened ? instead(`Electron did not start (exit code ${ended.code})`) : ended.code;
}

/** Opens the app one way or the other; resolves to its exit code when it ends. */
export async function openApp(opening: Opening): Promise<number> {
  const { root, args, env, say } = opening;
  const code = await openDesktop(opening);
  if (code !== null) return code;
  const { kept, dropped, page } = headlessArguments(args);
  if (dropped.length > 0) say(`The headless host has no window: ${dropped.join(', ')} left out.`);
  const command = args.includes('--demo') ? 'demo' : 'serve';
  const flags = command === 'serve' ? NODE_FLAGS : [];
  const headless = join(root, 'out', 'main', 'headless.js');
  const all = [...flags, headless, command, page === null ? '--open' : `--open=${page}`, ...kept];
  return (await runProgram(process.execPath, all, { cwd: root, env, stdio: 'inherit' })).code;
}
