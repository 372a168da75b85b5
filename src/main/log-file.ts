/** The log on disk, capped: when the file is full it becomes `.1`, and what was `.1` goes. Never in the way of anything. */
import { appendFileSync, mkdirSync, renameSync, statSync } from 'node:fs';
import { dirname } from 'node:path';

/** Bytes of one file; two of them are kept. Days of trouble, years of quiet. */
const MOST_BYTES = 2_000_000;

/** A place for lines, as pino wants it. */
export interface LogFile {
  write(line: string): void;
}

const sizeOf = (path: string): number => {
  try {
    return statSync(path).size;
  } catch {
    return 0;
  }
};

/** Opens the log. A disk that is full or read-only costs the lines and nothing else. */
export function logFile(path: string, mostBytes: number = MOST_BYTES): LogFile {
  try {
    mkdirSync(dirname(path), { recursive: true });
  } catch {
    // Found out again at each line.
  }
  let size = sizeOf(path);
  return {
    write(line) {
      const bytes = Buffer.byteLength(line);
      try {
        if (size > 0 && size + bytes > mostBytes) {
          renameSync(path, `${path}.1`);
          size = 0;
        }
        appendFileSync(path, line, { mode: 0o600 });
        size += bytes;
      } catch {
        size = sizeOf(path);
      }
    },
  };
}
