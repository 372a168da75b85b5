/**
 * Asks Electron's own installer for its binary: once, for a limited time. A failure is remembered, so that a machine that
 * blocks the download waits for it once a day and not at each start.
 */
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { z } from 'zod';
import { runProgram } from './child-program.ts';

type Env = Readonly<Record<string, string | undefined>>;

/** Where from and how long. */
export interface FetchOptions {
  /** The checkout. */
  readonly root: string;
  readonly env: Env;
  /** After this long the installer is stopped. */
  readonly limitMs: number;
  /** Wall clock, ms. */
  readonly now: number;
  readonly say: (sentence: string) => void;
}

/** `why` is a clause that begins a sentence; `asked`: somebody stopped it by a signal. */
export type Fetched =
  | { readonly done: true }
  | { readonly done: false; readonly why: string; readonly asked: boolean; readonly code: number };

/** How long a failure counts. */
export const TRY_AGAIN_AFTER_MS = 24 * 3_600_000;
/** What decides where the installer asks: with another of these the outcome may be another. */
const WAYS = [
  'ELECTRON_MIRROR',
  'npm_config_electron_mirror',
  'electron_config_cache',
  'ELECTRON_OVERRIDE_DIST_PATH',
  'HTTPS_PROXY',
  'https_proxy',
  'ELECTRON_GET_USE_PROXY',
];

const failure = z.object({ at: z.number(), way: z.string(), why: z.string() });
type Failure = z.infer<typeof failure>;

const noteOf = (root: string): string => join(root, 'node_modules', '.cache', 'tunnelwatch', 'electron-missing.json');

/** The way that the installer would go, as a hash: addresses of mirrors and proxies may hold passwords. */
function wayOf(installer: string, env: Env): string {
  const version = readFileSync(join(dirname(installer), 'package.json'), 'utf8');
  return createHash('sha256')
    .update(JSON.stringify([version, ...WAYS.map((name) => env[name] ?? null)]))
    .digest('hex');
}

function rememberedFailure({ root, now }: FetchOptions, way: string): Failure | null {
  try {
    const note = failure.parse(JSON.parse(readFileSync(noteOf(root), 'utf8')));
    const age = now - note.at;
    return note.way === way && age >= 0 && age < TRY_AGAIN_AFTER_MS ? note : null;
  } catch {
    return null;
  }
}

/** A checkout that cannot be written to tries at each start. */
function remember({ root }: FetchOptions, note: Failure): void {
  try {
    mkdirSync(dirname(noteOf(root)), { recursive: true });
    writeFileSync(noteOf(root), JSON.stringify(note));
  } catch {}
}

/** The line of an installer's complaint that says what went wrong. */
function reasonIn(complaint: string, code: number): string {
  const said = /^\s*(?:\w*Error:\s*)+(.+)$/m
    .exec(complaint)?.[1]
    ?.trim()
    .replace(/[.,;:]+$/, '');
  return said === undefined ? `its installer ended with code ${code}` : said.slice(0, 120);
}

/** Fetches the binary, unless that failed a short while ago. */
export async function fetchElectron(options: FetchOptions): Promise<Fetched> {
  const { root, env, limitMs, now, say } = options;
  const installer = join(root, 'node_modules', 'electron', 'install.js');
  const failed = (why: string): Fetched => ({ done: false, why, asked: false, code: 0 });
  if (!existsSync(installer)) return failed('Electron is not installed');
  const way = wayOf(installer, env);
  const before = rememberedFailure(options, way);
  if (before !== null) return failed(`${before.why} (\`npx install-electron\` tries again)`);
  say("Fetching Electron's binary (once) …");
  const stdio = ['ignore', 'ignore', 'pipe'] as const;
  const ended = await runProgram(process.execPath, [installer], { cwd: root, env, stdio: [...stdio] }, limitMs);
  if (ended.asked) return { done: false, why: 'The download was stopped', asked: true, code: ended.code };
  if (ended.code === 0) {
    rmSync(noteOf(root), { force: true });
    return { done: true };
  }
  const why = ended.late
    ? `Electron's binary could not be had within ${limitMs / 1000} s`
    : `Electron's binary could not be had (${reasonIn(ended.complaint, ended.code)})`;
  remember(options, { at: now, way, why });
  return failed(why);
}
