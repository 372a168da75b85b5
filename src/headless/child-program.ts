/** Runs a program in the place of this one: signals are handed on, and its end is known. */
import { type SpawnOptions, spawn } from 'node:child_process';
import { constants } from 'node:os';

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** How a program ended. */
export interface Ended {
  /** Its exit code; 128 and the number of the signal that ended it, as shells count; 127 when it could not be started. */
  readonly code: number;
  /** Somebody asked for the end by a signal to us. */
  readonly asked: boolean;
  /** It took longer than it was given, and was killed. */
  readonly late: boolean;
  /** What it wrote to stderr, where that was not passed through; the first 8 kB. */
  readonly complaint: string;
}

const MOST_COMPLAINT = 8_192;

/** Starts `program` and resolves when it is over. Never rejects. `limitMs: null` lets it run for ever. */
export function runProgram(
  program: string,
  args: readonly string[],
  options: SpawnOptions,
  limitMs: number | null = null,
): Promise<Ended> {
  return new Promise((resolve) => {
    let [asked, late, complaint] = [false, false, ''];
    const child = spawn(program, args, options);
    const handOn = SIGNALS.map((signal) => {
      const listener = (): void => {
        asked = true;
        child.kill(signal);
      };
      process.on(signal, listener);
      return [signal, listener] as const;
    });
    const limit =
      limitMs === null
        ? undefined
        : setTimeout(() => {
            late = true;
            child.kill('SIGKILL');
          }, limitMs);
    const end = (code: number): void => {
      clearTimeout(limit);
      for (const [signal, listener] of handOn) process.off(signal, listener);
      resolve({ code, asked, late, complaint });
    };
    child.stderr?.on('data', (part) => {
      if (complaint.length < MOST_COMPLAINT) complaint += String(part);
    });
    child.on('error', (error) => {
      complaint = error.message;
      end(127);
    });
    // Not `close`: a program that leaves children behind keeps its pipes open.
    child.on('exit', (code, signal) => end(code ?? 128 + (signal === null ? 0 : constants.signals[signal])));
  });
}
