/** All stories of `stories/`. */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { readStory, readWorlds, type Story, type Worlds } from './language.ts';

const HERE = import.meta.dirname;

/** The worlds that stories take place in, by name. */
export function worlds(): Worlds {
  return readWorlds(join(HERE, 'worlds.yaml'));
}

/** Every story, by name. Throws for the first that cannot be read. */
export function repertoire(): readonly Story[] {
  const known = worlds();
  const folder = join(HERE, 'stories');
  return readdirSync(folder)
    .filter((file) => file.endsWith('.yaml'))
    .sort()
    .map((file) => readStory(join(folder, file), file.replace(/\.yaml$/, ''), known));
}
