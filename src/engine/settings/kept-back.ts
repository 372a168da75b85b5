/**
 * Secrets that people wrote into the settings themselves (addresses of receivers, values of headers) do not leave the file:
 * pages and exports get a mark in their place, and a mark that comes back unchanged stands for what is in the file.
 */
import { isDeepStrictEqual } from 'node:util';
import { isKeptBack, type Json, keptBack, type SettingsDocument, type SettingsTrouble } from '../../shared/settings.ts';

type Path = readonly (string | number)[];
type Mapping = { readonly [key: string]: Json };

const isMapping = (value: Json | undefined): value is Mapping =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const urlOf = (text: string): URL | null => (URL.canParse(text) ? new URL(text) : null);

/** Sinks whose address may itself be the secret, as the schema has it; those of other sinks are open unless they ask something. */
const SECRET_ADDRESS: readonly Json[] = ['webhook', 'heartbeat'];

function addressHint(text: string, secretPath: boolean): string | null {
  const url = urlOf(text);
  if (url === null) return null;
  const says = url.search !== '' || url.username !== '' || url.password !== '';
  return says || (secretPath && url.pathname !== '/') ? url.host : null;
}

/** What may be told of a secret text at this place; `null` when the text is no secret. `at` is the path inside the sink. */
function sinkHint(sink: Mapping, [field, part]: Path, text: string): string | null {
  if (field === 'headers' || field === 'env' || field === 'topic') return '';
  if (field === 'url' || field === 'urls' || field === 'server') {
    return addressHint(text, SECRET_ADDRESS.includes(sink.type ?? null));
  }
  return field === 'command' && part !== 0 ? addressHint(text, true) : null;
}

type Replace = (text: string, hint: string | null, path: Path) => Json;

/** Texts one by one; what is no text stays. */
function mapTexts(value: Json, path: Path, replace: (text: string, path: Path) => Json): Json {
  if (typeof value === 'string') return replace(value, path);
  if (Array.isArray(value)) return value.map((one: Json, index) => mapTexts(one, [...path, index], replace));
  if (!isMapping(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, mapTexts(one, [...path, key], replace)]));
}

/** A text of `{ keychain: … }` and its like is a place, and places are shown; a header may have such a name, too. */
const isPlace = (path: Path): boolean =>
  ['env', 'file', 'keychain'].includes(String(path.at(-1))) &&
  path.length >= (path[0] === 'headers' || path[0] === 'env' ? 3 : 2);

function mapSecrets(document: SettingsDocument, replace: Replace): SettingsDocument {
  return Object.fromEntries(
    Object.entries(document).map(([key, value]) => {
      if (key === 'network' && isMapping(value)) {
        return [key, mapTexts(value, [key], (text, path) => replace(text, proxyHint(path, text), path))];
      }
      if (key !== 'alerts' || !isMapping(value) || !Array.isArray(value.sinks)) return [key, value];
      const sinks = value.sinks.map((sink: Json, index: number) => {
        if (!isMapping(sink)) return sink;
        const at = ['alerts', 'sinks', index];
        return mapTexts(sink, [], (text, path) =>
          replace(text, isPlace(path) ? null : sinkHint(sink, path, text), [...at, ...path]),
        );
      });
      return [key, { ...value, sinks }];
    }),
  );
}

const proxyHint = (path: Path, text: string): string | null => (path[1] === 'proxy' ? addressHint(text, false) : null);

/** The document as it may be seen: no secret in it. */
export function keepSecretsBack(document: SettingsDocument): SettingsDocument {
  return mapSecrets(document, (text, hint) => (hint === null ? text : keptBack(hint)));
}

/** Where a sink sends things: a secret of one receiver may not go to another one. */
const DESTINATION = ['type', 'url', 'urls', 'server', 'host', 'region', 'command'] as const;

const sinksOf = (document: SettingsDocument): readonly Json[] => {
  const { alerts } = document;
  return isMapping(alerts) && Array.isArray(alerts.sinks) ? alerts.sinks : [];
};

/** The sink of this name in the file, unless it now sends elsewhere. */
function sameSink(sink: Mapping, present: SettingsDocument, shown: SettingsDocument): Mapping | null {
  const index = sinksOf(present).findIndex((one) => isMapping(one) && one.name === sink.name);
  const [before, seen] = [sinksOf(present)[index], sinksOf(shown)[index]];
  if (!isMapping(before) || !isMapping(seen)) return null;
  const stays = (key: string): boolean =>
    isDeepStrictEqual(sink[key], seen[key]) || isDeepStrictEqual(sink[key], before[key]);
  return DESTINATION.every(stays) ? before : null;
}

function textAt(value: Json | undefined, path: Path): string | null {
  let found: Json | undefined = value;
  for (const part of path) {
    if (Array.isArray(found)) found = found[Number(part)];
    else found = isMapping(found) ? found[String(part)] : undefined;
  }
  return typeof found === 'string' ? found : null;
}

const words = (path: Path): string =>
  path.reduce<string>((whole, part) => {
    if (typeof part === 'number') return `${whole}[${part}]`;
    return whole === '' ? part : `${whole}.${part}`;
  }, '');

const LOST =
  'this was kept back, and the secret it stands for is not in this file (or belongs to another address): write it again, or name its place.';

/** The other way: marks become what stands in the present file. What cannot be found again is told. */
export function putSecretsBack(
  document: SettingsDocument,
  present: SettingsDocument,
): { readonly document: SettingsDocument; readonly troubles: readonly SettingsTrouble[] } {
  const shown = keepSecretsBack(present);
  const troubles: SettingsTrouble[] = [];
  const given = sinksOf(document);
  const restore = (text: string, path: Path): Json => {
    if (!isKeptBack(text)) return text;
    const sink = path[1] === 'sinks' ? given[Number(path[2])] : null;
    const before = isMapping(sink) ? sameSink(sink, present, shown) : null;
    const found = path[0] === 'network' ? textAt(present, path) : textAt(before ?? undefined, path.slice(3));
    // A mark that stands for another text than this one is no key to it.
    const mark = path[0] === 'network' ? textAt(shown, path) : text;
    if (found !== null && mark === text) return found;
    troubles.push({ key: words(path), line: null, sentence: LOST });
    return text;
  };
  const whole = mapTexts(document, [], restore);
  return { document: isMapping(whole) ? whole : {}, troubles };
}
