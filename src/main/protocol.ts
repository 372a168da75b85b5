/**
 * `app://bundle/`: the built renderer, served from a list of files that is read once. A request picks from that list by
 * exact name; no part of an address ever becomes part of a path.
 */
import { readdirSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { extname, join, relative, sep } from 'node:path';
import { type Protocol, protocol } from 'electron';
import { CSP } from '../shared/csp.ts';
import { APP_HOST, APP_SCHEME } from './origin.ts';

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
};

const HEADERS: Readonly<Record<string, string>> = {
  'Content-Security-Policy': CSP,
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'no-referrer',
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'Cache-Control': 'no-cache',
};

/** A file that may be served. */
export interface BundleFile {
  readonly path: string;
  readonly type: string;
}

/** The files below `root` by the path of their address; `/` is `index.html`. Kinds of file we do not know are left out. */
export function bundleFiles(root: string): ReadonlyMap<string, BundleFile> {
  const files = new Map<string, BundleFile>();
  for (const entry of readdirSync(root, { recursive: true, withFileTypes: true })) {
    const type = TYPES[extname(entry.name)];
    if (!entry.isFile() || type === undefined) continue;
    const path = join(entry.parentPath, entry.name);
    files.set(`/${relative(root, path).split(sep).map(encodeURIComponent).join('/')}`, { path, type });
  }
  const index = files.get('/index.html');
  if (index !== undefined) files.set('/', index);
  return files;
}

const refusal = (status: 404 | 405): Response => new Response(null, { status, headers: HEADERS });

/** Answers GET for files of the list on our host; everything else is 404 or 405. */
export function bundleHandler(files: ReadonlyMap<string, BundleFile>): (request: Request) => Promise<Response> {
  return async (request) => {
    if (request.method !== 'GET') return refusal(405);
    const url = URL.parse(request.url);
    if (url === null || url.protocol !== `${APP_SCHEME}:` || url.host !== APP_HOST) return refusal(404);
    const file = files.get(url.pathname);
    if (file === undefined) return refusal(404);
    const body = new Uint8Array(await readFile(file.path));
    return new Response(body, { headers: { ...HEADERS, 'Content-Type': file.type } });
  };
}

/** Makes `app:` a secure, standard scheme. Electron wants this before it is ready. */
export function registerAppScheme(): void {
  protocol.registerSchemesAsPrivileged([
    { scheme: APP_SCHEME, privileges: { standard: true, secure: true, supportFetchAPI: true } },
  ]);
}

/** Serves the files below `root` as `app://bundle/` in one session. */
export function serveBundle(target: Pick<Protocol, 'handle'>, root: string): void {
  target.handle(APP_SCHEME, bundleHandler(bundleFiles(root)));
}
