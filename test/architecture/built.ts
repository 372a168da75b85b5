/**
 * Looks at what the build wrote: who is reachable from whom, and which words must not be there.
 */
import { isBuiltin } from 'node:module';
import { posix } from 'node:path';
import { importsOf, treeOf } from './source.ts';

/** What can be reached from an entry: files of the build, and packages or Node modules outside it. */
export interface Reach {
  readonly files: readonly string[];
  readonly outside: readonly string[];
}

/** Follows static and dynamic imports and requires from `entry`. `read` gives the text of a file of the build. */
export function reachOf(entry: string, read: (path: string) => string): Reach {
  const files = new Set<string>();
  const outside = new Set<string>();
  const queue = [entry];
  for (let path = queue.pop(); path !== undefined; path = queue.pop()) {
    if (files.has(path)) continue;
    files.add(path);
    for (const { specifier } of importsOf(treeOf(path, read(path)))) {
      if (specifier === null) outside.add(`computed in ${path}`);
      else if (specifier.startsWith('.')) queue.push(posix.join(posix.dirname(path), specifier));
      else outside.add(specifier);
    }
  }
  return { files: [...files], outside: [...outside].sort() };
}

/** The packages among what lies outside. */
export function packagesOf({ outside }: Reach): string[] {
  return outside.filter((specifier) => !isBuiltin(specifier));
}

/** Names and machines that plain http may point at: XML's names are no addresses, and loopback never leaves. */
const HARMLESS = [
  /^http:\/\/www\.w3\.org\//,
  // The name of a schema, which no program fetches.
  /^http:\/\/adaptivecards\.io\/schemas\//,
  /^http:\/\/(127\.0\.0\.1|localhost|\[::1\])([:/]|$)/,
  // Names reserved for examples: they belong to nobody.
  /^http:\/\/([a-z0-9-]+\.)*example([:/]|$)/,
  // An address put together at run time, or a bare prefix to compare with.
  /^http:\/\/(\$\{.*)?$/,
];

/** Every plain `http://` address in a text that is not harmless. */
export function insecureAddresses(text: string): string[] {
  return [...text.matchAll(/http:\/\/[^\s"'`<>)\\]*/g)]
    .map(([url]) => url)
    .filter((url) => !HARMLESS.some((ok) => ok.test(url)));
}

/** Switches of Electron that take protection away; none of them may be mentioned at all. */
export const UNSAFE_SWITCHES = [
  'webSecurity',
  'allowRunningInsecureContent',
  'experimentalFeatures',
  'enableBlinkFeatures',
  'webviewTag',
  'allowpopups',
  'rejectUnauthorized',
  'NODE_TLS_REJECT_UNAUTHORIZED',
] as const;

/** The unsafe switches that a text mentions. */
export function unsafeSwitches(text: string): string[] {
  return UNSAFE_SWITCHES.filter((word) => text.includes(word));
}
