/** Paths inside sinks: the files of their secrets, and programs that are named by a path. */
import type { SinkSettings } from './schema.ts';

const isPath = (program: string): boolean => /[\\/]/.test(program);

/** The same value, with each `{ file: PATH }` in it anchored. Nothing but secret sources has a key of this name alone. */
function anchorFiles(value: unknown, path: (written: string) => string): unknown {
  if (Array.isArray(value)) return value.map((one) => anchorFiles(one, path));
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value);
  const [only] = entries;
  if (entries.length === 1 && only?.[0] === 'file' && typeof only[1] === 'string') return { file: path(only[1]) };
  return Object.fromEntries(entries.map(([key, one]) => [key, anchorFiles(one, path)]));
}

/** A program without a slash is looked up as usual; with one it is meant from the folder of the settings. */
function anchorProgram(sink: SinkSettings, path: (written: string) => string): SinkSettings {
  if (sink.type !== 'command') return sink;
  const [program = '', ...rest] = sink.command;
  return { ...sink, command: [isPath(program) ? path(program) : program, ...rest] };
}

/** Sinks with every path in them meant from one folder. */
export function anchorSinks(sinks: readonly SinkSettings[], path: (written: string) => string): SinkSettings[] {
  return sinks.map((sink) => {
    // Nothing changes its shape on the way.
    const anchored = anchorFiles(sink, path) as SinkSettings;
    return anchorProgram(anchored, path);
  });
}
