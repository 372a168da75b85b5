import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { bundleFiles, bundleHandler, registerAppScheme, serveBundle } from '../../src/main/protocol.ts';
import { CSP } from '../../src/shared/csp.ts';
import { becomeReady, protocol, resetElectron } from '../fakes/electron.ts';

let folder = '';
let root = '';

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'tunnelwatch-bundle-'));
  root = join(folder, 'renderer');
  mkdirSync(join(root, 'assets'), { recursive: true });
  writeFileSync(join(root, 'index.html'), '<!doctype html><title>page</title>');
  writeFileSync(join(root, 'assets', 'index-1a2b.js'), 'export {};');
  writeFileSync(join(root, 'assets', 'two words.css'), 'body {}');
  writeFileSync(join(root, 'assets', 'index-1a2b.js.map'), 'SECRET');
  writeFileSync(join(root, '.env'), 'SECRET');
  writeFileSync(join(folder, 'secret.html'), 'SECRET');
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));
beforeEach(() => resetElectron());

const ask = (url: string, method = 'GET'): Promise<Response> =>
  bundleHandler(bundleFiles(root))({ url, method } as Request);

describe('app://bundle/', () => {
  it.each([
    ['app://bundle/', 'text/html; charset=utf-8', '<!doctype html><title>page</title>'],
    ['app://bundle', 'text/html; charset=utf-8', null],
    ['app://bundle/index.html', 'text/html; charset=utf-8', '<!doctype html><title>page</title>'],
    ['app://bundle/?theme=dark#/tunnel', 'text/html; charset=utf-8', '<!doctype html><title>page</title>'],
    ['app://bundle/assets/index-1a2b.js', 'text/javascript; charset=utf-8', 'export {};'],
    ['app://bundle/assets/two%20words.css', 'text/css; charset=utf-8', 'body {}'],
    ['app://bundle/assets/../index.html', 'text/html; charset=utf-8', '<!doctype html><title>page</title>'],
  ])('serves %s', async (url, type, body) => {
    const response = await ask(url);
    if (body === null) return expect(response.status).toBe(404);
    expect(response.status).toBe(200);
    expect(response.headers.get('content-type')).toBe(type);
    expect(await response.text()).toBe(body);
  });

  it.each([
    'app://bundle/../secret.html',
    'app://bundle/%2e%2e/secret.html',
    'app://bundle/..%2fsecret.html',
    'app://bundle/..%5csecret.html',
    'app://bundle/..\\secret.html',
    'app://bundle/assets/..%2f..%2fsecret.html',
    'app://bundle//etc/passwd',
    'app://bundle/%2fetc/passwd',
    'app://bundle/index.html%00.js',
    'app://bundle/index.html/',
    'app://bundle/INDEX.HTML',
    'app://bundle/assets',
    'app://bundle/assets/',
    'app://bundle/assets/index-1a2b.js.map',
    'app://bundle/.env',
    'app://bundle/__proto__',
    'app://bundle.evil/index.html',
    'app://other/index.html',
    'app://bundle:80/index.html',
    'https://bundle/index.html',
    'file:///etc/passwd',
    'not an address',
  ])('answers 404 to %s', async (url) => {
    const response = await ask(url);
    expect(response.status).toBe(404);
    expect(await response.text()).toBe('');
  });

  it.each(['POST', 'PUT', 'DELETE', 'OPTIONS', 'HEAD', 'PATCH'])('answers 405 to %s', async (method) => {
    expect((await ask('app://bundle/index.html', method)).status).toBe(405);
  });

  it('sends the policy with every answer, good or bad', async () => {
    for (const response of [
      await ask('app://bundle/'),
      await ask('app://bundle/no'),
      await ask('app://bundle/', 'POST'),
    ]) {
      expect(response.headers.get('content-security-policy')).toBe(CSP);
      expect(response.headers.get('x-content-type-options')).toBe('nosniff');
      expect(response.headers.get('referrer-policy')).toBe('no-referrer');
    }
  });

  it('never leaves its list, whatever the path', async () => {
    const piece = fc.oneof(
      fc.constantFrom(
        '..',
        '.',
        '%2e%2e',
        '%2f',
        '%5c',
        '\\',
        '/',
        '//',
        '%00',
        'index.html',
        'assets',
        'secret.html',
        '.env',
      ),
      fc.webSegment(),
      fc.string(),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(piece, { maxLength: 8 }), fc.constantFrom('/', ''), async (pieces, glue) => {
        const response = await ask(`app://bundle/${pieces.join(glue)}`);
        expect([200, 404]).toContain(response.status);
        expect(await response.text()).not.toContain('SECRET');
      }),
      { numRuns: 500 },
    );
  });
});

describe('the scheme', () => {
  it('is standard, secure and fetchable, and no more than that', () => {
    registerAppScheme();
    expect(protocol.schemes).toEqual([
      { scheme: 'app', privileges: { standard: true, secure: true, supportFetchAPI: true } },
    ]);
  });

  it('is served in the session it is given', async () => {
    await becomeReady();
    serveBundle(protocol as unknown as Electron.Protocol, root);
    const response = await protocol.handled.get('app')?.(new Request('app://bundle/index.html'));
    expect(response?.status).toBe(200);
  });

  it('finds nothing to serve without a page and says so by an error', () => {
    expect(() => bundleFiles(join(folder, 'missing'))).toThrow(/ENOENT/);
  });
});

describe('the policy', () => {
  it('is exactly this: our own files, no inline code, no frames, no forms', () => {
    const directives = Object.fromEntries(
      CSP.split('; ').map((part) => {
        const [name = '', ...values] = part.split(' ');
        return [name, values];
      }),
    );
    expect(directives).toEqual({
      'default-src': ["'none'"],
      'script-src': ["'self'"],
      'style-src': ["'self'"],
      'img-src': ["'self'", 'data:'],
      'font-src': ["'self'"],
      'connect-src': ["'self'"],
      'base-uri': ["'none'"],
      'form-action': ["'none'"],
      'frame-ancestors': ["'none'"],
    });
  });
});
