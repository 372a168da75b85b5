/** The built command line as a child process. */
import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';

const ROOT = join(import.meta.dirname, '..', '..');
const ENTRY = join(ROOT, 'out', 'main', 'headless.js');
export const LAUNCHER = join(ROOT, 'src', 'headless', 'launch.cjs');

export interface Finished {
  readonly code: number | null;
  readonly out: string;
  readonly error: string;
}

export interface Running {
  readonly child: ChildProcess;
  out(): string;
  error(): string;
  readonly finished: Promise<Finished>;
  /** The first match in stdout. */
  saw(pattern: RegExp, withinMs?: number): Promise<RegExpExecArray>;
}

/** Starts a command. The environment is bare, so that nothing of the machine leaks into a test. */
export function start(args: readonly string[], env: Record<string, string> = {}, entry: string = ENTRY): Running {
  if (!existsSync(ENTRY)) throw new Error('these tests run the build: `npm run build` first');
  const child = spawn(process.execPath, [entry, ...args], {
    env: { PATH: process.env.PATH, HOME: '/nonexistent', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let out = '';
  let error = '';
  child.stdout.on('data', (part) => {
    out += String(part);
  });
  child.stderr.on('data', (part) => {
    error += String(part);
  });
  const finished = new Promise<Finished>((resolve) => {
    child.on('close', (code) => resolve({ code, out, error }));
  });
  return {
    child,
    out: () => out,
    error: () => error,
    finished,
    async saw(pattern, withinMs = 60_000) {
      const until = performance.now() + withinMs;
      for (;;) {
        const match = pattern.exec(out);
        if (match !== null) return match;
        if (performance.now() > until || child.exitCode !== null)
          throw new Error(`never saw ${pattern}; stderr: ${error}`);
        await new Promise((resolve) => setTimeout(resolve, 20));
      }
    },
  };
}

export function run(args: readonly string[], env: Record<string, string> = {}, entry?: string): Promise<Finished> {
  return start(args, env, entry).finished;
}

/** NODE_OPTIONS with which a child runs `code` once the file `go` is there: when the test says so, however slow the start. */
export function whenThereIs(go: string, code: string): string {
  const planted = `import { existsSync } from 'node:fs';
    const look = setInterval(() => {
      if (!existsSync(${JSON.stringify(go)})) return;
      clearInterval(look);
      ${code};
    }, 20).unref();`;
  return `--import=data:text/javascript,${encodeURIComponent(planted)}`;
}
