/** All stories of `stories/`. */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { readStory, readWorlds, type Story } from './language.ts';

const HERE = import.meta.dirname;

/** Every story, by name. Throws for the first that cannot be read. */
export function repertoire(): readonly Story[] {
  const worlds = readWorlds(join(HERE, 'worlds.yaml'));
  const folder = join(HERE, 'stories');
  return readdirSync(folder)
    .filter((file) => file.endsWith('.yaml'))
    .sort()
    .map((file) => readStory(join(folder, file), file.replace(/\.yaml$/, ''), worlds));
}
