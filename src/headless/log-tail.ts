/** The last lines of the log, for diagnostics: kept in memory beside the stream that they go to. */
import type { DestinationStream } from 'pino';

export interface LogTail extends DestinationStream {
  /** The oldest first. */
  lines(): readonly string[];
}

/** Passes everything on and keeps the last `most` lines; pino writes line by line. */
export function logTail(to: DestinationStream, most = 200): LogTail {
  const kept: string[] = [];
  return {
    write(line) {
      kept.push(line.slice(0, 2_000));
      if (kept.length > most) kept.shift();
      to.write(line);
    },
    lines: () => [...kept],
  };
}
