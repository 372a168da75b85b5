/**
 * The built renderer as a fixed map from URL path to bytes, read once at the start. A request is looked up in the map
 * and nowhere else, so no path of a request ever reaches the file system.
 */
import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { extname, join, relative, sep } from 'node:path';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';

export interface StaticFile {
  readonly body: Buffer;
  /** The same, compressed; `null` where that does not help. */
  readonly gzipped: Buffer | null;
  readonly type: string;
  readonly etag: string;
  /** The build put a hash of the content into the name: it may be kept for ever. */
  readonly immutable: boolean;
}

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.json': 'application/json; charset=utf-8',
  '.webmanifest': 'application/manifest+json; charset=utf-8',
  '.woff2': 'font/woff2',
};
const TEXT = /^(text\/|image\/svg|application\/(json|manifest))/;
const compress = promisify(gzip);

/** Makes the entry of one file; `path` is its URL path. */
export async function staticFile(path: string, body: Buffer): Promise<StaticFile> {
  const type = TYPES[extname(path)] ?? 'application/octet-stream';
  const gzipped = TEXT.test(type) && body.length > 1024 ? await compress(body, { level: 9 }) : null;
  const etag = `"${createHash('sha256').update(body).digest('base64url').slice(0, 27)}"`;
  return { body, gzipped, type, etag, immutable: /^\/assets\/.+-[\w-]{8,}\.\w+$/.test(path) };
}

/** All files below `folder`, and `/` for its index page. Source maps stay at home. Rejects when there is no index page. */
export async function readStaticFiles(folder: string): Promise<ReadonlyMap<string, StaticFile>> {
  const files = new Map<string, StaticFile>();
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile() || entry.name.endsWith('.map')) continue;
    const full = join(entry.parentPath, entry.name);
    const path = `/${relative(folder, full).split(sep).join('/')}`;
    files.set(path, await staticFile(path, await readFile(full)));
  }
  const index = files.get('/index.html');
  if (index === undefined) throw new Error(`no index.html in ${folder}`);
  files.set('/', index);
  return files;
}
