/**
 * Which folder may import which. Read it as the plan of the house: a folder that is not here may not exist.
 */
import { isBuiltin } from 'node:module';
import { posix } from 'node:path';
import type { ImportFact, Source, Violation } from './source.ts';

interface Room {
  readonly folder: string;
  /** Other folders or single files of src that it may import. */
  readonly rooms: readonly string[];
  /** The same for types alone. */
  readonly types?: readonly string[];
  readonly packages: readonly string[];
  /** Node's own modules. */
  readonly node: boolean;
}

/** The rooms, most special first: a file belongs to the first folder that holds it. */
export const HOUSE: readonly Room[] = [
  // Forms are checked alike on the page and in the engine; nothing else of src/shared needs a library.
  { folder: 'src/shared/tunnel-form', rooms: ['src/shared'], packages: ['zod', 'ipaddr.js'], node: false },
  { folder: 'src/shared', rooms: [], packages: [], node: false },
  {
    folder: 'src/engine',
    rooms: ['src/shared'],
    packages: [
      'undici',
      'zod',
      'keytar',
      'pino',
      'ipaddr.js',
      'yaml',
      'nodemailer',
      'mustache',
      'luxon',
      'ical-generator',
    ],
    node: true,
  },
  {
    folder: 'src/simulator',
    rooms: ['src/shared', 'src/engine/clock.ts', 'src/engine/virtual-clock.ts'],
    // The shape of a transport: the simulator can stand in for the network without a socket.
    types: ['src/engine/cloudflare/contract.ts'],
    packages: ['fastify', 'graphql', 'zod', 'ipaddr.js'],
    node: true,
  },
  { folder: 'src/practice', rooms: ['src/shared', 'src/engine', 'src/simulator'], packages: [], node: true },
  { folder: 'src/preload', rooms: ['src/shared'], packages: ['electron'], node: false },
  {
    folder: 'src/renderer',
    rooms: ['src/shared'],
    packages: ['svelte', 'chart.js', 'chartjs-adapter-date-fns', 'date-fns'],
    node: false,
  },
  {
    folder: 'src/main',
    // Both hosts look for settings and data in the same places, log alike, and outlive bugs in the same way.
    rooms: [
      'src/shared',
      'src/engine',
      'src/practice',
      'src/headless/paths.ts',
      'src/headless/outlive.ts',
      'src/headless/log.ts',
      'src/headless/log-tail.ts',
    ],
    packages: ['electron', 'electron-updater', 'zod'],
    node: true,
  },
  {
    folder: 'src/headless',
    rooms: ['src/shared', 'src/engine', 'src/practice', 'src/simulator', 'package.json'],
    packages: ['fastify', 'commander', 'yaml', 'zod', 'pino', 'prom-client', 'undici'],
    node: true,
  },
];

/** Modules with one home: everything else goes through that home. */
export const HOMES: readonly {
  readonly specifier: string;
  readonly homes: readonly string[];
  readonly why: string;
}[] = [
  { specifier: 'node:sqlite', homes: ['src/engine/history/'], why: 'its name and quirks change between Node releases' },
  { specifier: 'nodemailer', homes: ['src/engine/alerts/sinks/'], why: 'mail is a sink like others' },
  {
    specifier: 'electron-updater',
    homes: ['src/main/update.ts'],
    why: 'when an update may come is decided in one place',
  },
  { specifier: 'keytar', homes: ['src/engine/credentials/'], why: 'credentials pass through one place' },
  {
    specifier: 'undici',
    // `status` asks a host of ours, never Cloudflare.
    homes: ['src/engine/cloudflare/', 'src/headless/ask-host.ts'],
    why: 'only the API client talks to Cloudflare',
  },
];

const inside = (path: string, place: string): boolean => path === place || path.startsWith(`${place}/`);

/** The name of the package that a specifier belongs to. */
export function packageOf(specifier: string): string {
  const [scope = '', name = ''] = specifier.split('/');
  return scope.startsWith('@') ? `${scope}/${name}` : scope;
}

function complaint(room: Room, source: Source, fact: ImportFact): string | null {
  const { specifier } = fact;
  if (specifier === null) return 'imports something that is computed at run time';
  if (specifier.startsWith('.')) {
    const target = posix.normalize(posix.join(posix.dirname(source.path), specifier));
    const open = [room.folder, ...room.rooms, ...(fact.typeOnly ? (room.types ?? []) : [])];
    if (open.some((place) => inside(target, place))) return null;
    return `${room.folder} may not import ${target}`;
  }
  if (isBuiltin(specifier)) {
    if (!specifier.startsWith('node:')) return `writes Node's "${specifier}" without "node:"`;
    return room.node ? null : `${room.folder} may not import ${specifier}`;
  }
  const name = packageOf(specifier);
  return room.packages.includes(name) ? null : `${room.folder} may not import the package ${name}`;
}

/** Each import against the plan of its folder. */
export function importsStayInTheirRoom(source: Source): Violation[] {
  const at = (line: number, what: string): Violation => ({ rule: 'imports', path: source.path, line, what });
  const room = HOUSE.find(({ folder }) => inside(source.path, folder));
  if (room === undefined) return [at(1, 'lies in no folder of the plan')];
  return source.imports.flatMap((fact) => {
    const what = complaint(room, source, fact);
    return what === null ? [] : [at(fact.line, what)];
  });
}

/** Modules with one home are imported there alone; node:sqlite by one file alone, see `oneFileImports`. */
export function modulesHaveOneHome(source: Source): Violation[] {
  return source.imports.flatMap(({ specifier, line }) => {
    const rule = HOMES.find((home) => home.specifier === specifier);
    if (rule === undefined || rule.homes.some((home) => source.path.startsWith(home))) return [];
    const what = `${rule.specifier} lives in ${rule.homes.join(', ')}: ${rule.why}`;
    return [{ rule: 'one-home', path: source.path, line, what }];
  });
}

/** The IPC door: `ipcMain` in one file, and no import of all of Electron through which it could slip elsewhere. */
export function ipcHasOneDoor(source: Source): Violation[] {
  const at = (line: number, what: string): Violation => ({ rule: 'ipc', path: source.path, line, what });
  return source.imports.flatMap(({ specifier, names, line, typeOnly }) => {
    if (specifier === null || typeOnly || packageOf(specifier) !== 'electron') return [];
    if (names.includes('*') || names.includes('default'))
      return [at(line, 'imports all of electron; name what you need')];
    if (names.includes('ipcMain') && source.path !== 'src/main/ipc.ts') {
      return [at(line, 'ipcMain belongs to src/main/ipc.ts alone')];
    }
    return [];
  });
}

/** Over all files: `specifier` is imported, types aside, by one file at most. */
export function oneFileImports(sources: readonly Source[], specifier: string): Violation[] {
  const users = sources.flatMap(({ path, imports }) =>
    imports.filter((fact) => fact.specifier === specifier && !fact.typeOnly).map(({ line }) => ({ path, line })),
  );
  if (new Set(users.map(({ path }) => path)).size <= 1) return [];
  return users.map(({ path, line }) => ({ rule: 'one-file', path, line, what: `${specifier} belongs to one file` }));
}
