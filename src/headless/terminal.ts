/** What the command line says and where: results to stdout, everything else to stderr. */
import type { Writable } from 'node:stream';

export interface Terminal {
  readonly out: Writable;
  readonly error: Writable;
  /** A person looks at stderr: a bar may be redrawn there. */
  readonly live: boolean;
}

/** The three outcomes of a command; `status` gives them meanings of its own (see its help). */
export const EXIT = { done: 0, failed: 1, wrongInput: 2 } as const;

/** Trouble that the user can correct; its message is the whole output, without a stack. */
export class UserError extends Error {
  readonly code: number;
  constructor(message: string, code: number = EXIT.failed) {
    super(message);
    this.code = code;
  }
}

/** What moves the cursor, colours, or hides on a terminal; ends of lines and tabs aside. */
const CONTROL = /(?![\n\t])\p{Cc}/gu;

/** Writes one line. Names and descriptions in it are other people's: none of them may rewrite what is on the screen. */
export function say(to: Writable, line: string): void {
  to.write(`${line.replace(CONTROL, '\uFFFD')}\n`);
}

const BAR_WIDTH = 30;

/** A bar that fills on a terminal, a line for each tenth elsewhere. Takes shares from 0 to 1. */
export function progressBar(terminal: Terminal, title: string): (share: number) => void {
  let drawn = -1;
  return (share) => {
    const steps = terminal.live ? 100 : 10;
    const step = Math.floor(Math.min(1, share) * steps);
    if (step <= drawn) return;
    drawn = step;
    const percent = Math.round((step / steps) * 100);
    if (!terminal.live) return say(terminal.error, `${title}: ${percent} %`);
    const full = Math.round((step / steps) * BAR_WIDTH);
    const bar = '█'.repeat(full) + '░'.repeat(BAR_WIDTH - full);
    terminal.error.write(`\r${title} ${bar} ${percent} %${step >= steps ? '\n' : ''}`);
  };
}
