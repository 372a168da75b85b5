/**
 * The desktop's command line: `--demo` and `--config FILE` (`-c FILE`). Chromium's own switches pass through unread.
 */
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';

/** What the command line asked for. */
export interface DesktopArguments {
  /** Practice mode: watch the built-in simulator instead of Cloudflare. */
  readonly demo: boolean;
  /** Absolute path of the config file; `null` for the usual place. */
  readonly config: string | null;
}

/** Reads what follows the program and its path; relative files are taken from `cwd`. */
export function desktopArguments(args: readonly string[], cwd: string): DesktopArguments {
  const { values } = parseArgs({
    args: [...args],
    options: { demo: { type: 'boolean' }, config: { type: 'string', short: 'c' } },
    strict: false,
  });
  return {
    demo: values.demo === true,
    config: typeof values.config === 'string' && values.config !== '' ? resolve(cwd, values.config) : null,
  };
}
