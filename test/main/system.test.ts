/** The system's proxies, certificates, folders and logs. */
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { defaultPaths } from '../../src/headless/paths.ts';
import { logFile } from '../../src/main/log-file.ts';
import { desktopPlaces } from '../../src/main/places.ts';
import { readProxyAnswer, systemProxyOf } from '../../src/main/system-proxy.ts';
import { trustSystem } from '../../src/main/system-trust.ts';
import { FakeSession } from '../fakes/electron.ts';

describe('an answer of the system about proxies', () => {
  it.each<[string, readonly (string | null)[]]>([
    ['DIRECT', [null]],
    ['PROXY proxy.example:8080', ['http://proxy.example:8080']],
    ['PROXY a:1; PROXY b:2; DIRECT', ['http://a:1', 'http://b:2', null]],
    ['HTTPS secure.example:443', ['https://secure.example:443']],
    ['SOCKS5 s:1080;SOCKS s:1080', ['socks5://s:1080']],
    ['SOCKS4 s:1080; PROXY a:1', ['http://a:1']],
    ['proxy A.example:8080 ;direct', ['http://a.example:8080', null]],
    ['PROXY [2001:db8::1]:3128', ['http://[2001:db8::1]:3128']],
    ['', [null]],
    ['PROXY', [null]],
    ['PROXY a:1/path; PROXY u:p@b:1; QUIC q:1', [null]],
  ])('%s', (answer, ways) => expect(readProxyAnswer(answer)).toEqual(ways));

  it('is asked of the session for the host that is meant, without path or query', async () => {
    const session = new FakeSession();
    session.proxies.set('api.cloudflare.com', 'PROXY office:3128; DIRECT');
    const system = systemProxyOf(() => session as unknown as Electron.Session);
    const url = new URL('https://api.cloudflare.com/client/v4/accounts/secret?x=1');
    expect(await system(url)).toEqual(['http://office:3128', null]);
    expect(session.proxyQuestions).toEqual(['https://api.cloudflare.com']);
  });
});

describe('certificates', () => {
  it('of the system are trusted besides those that come along, once each', () => {
    const setDefaultCACertificates = vi.fn();
    const stores = { default: ['a', 'b'], system: ['b', 'office'] };
    const getCACertificates = (store?: string) => stores[store as keyof typeof stores];
    expect(trustSystem({ getCACertificates, setDefaultCACertificates } as never)).toBe(true);
    expect(setDefaultCACertificates.mock.calls).toEqual([[['a', 'b', 'office']]]);
  });

  it('that cannot be read leave everything as it was', () => {
    const setDefaultCACertificates = vi.fn();
    const getCACertificates = () => {
      throw new Error('not here');
    };
    expect(trustSystem({ getCACertificates, setDefaultCACertificates } as never)).toBe(false);
    expect(setDefaultCACertificates).not.toHaveBeenCalled();
  });
});

describe('the places of a profile', () => {
  it('share settings and history with the headless host, and keep Chromium apart', () => {
    const paths = defaultPaths({}, 'linux', '/home/me');
    expect(desktopPlaces(paths, null, 'linux', '/home/me')).toEqual({
      config: '/home/me/.config/tunnelwatch/config.yaml',
      data: '/home/me/.local/share/tunnelwatch',
      userData: '/home/me/.config/tunnelwatch/desktop',
      logs: '/home/me/.config/tunnelwatch/desktop/logs',
    });
  });

  it('are its own in every respect when it has a name', () => {
    const paths = defaultPaths({}, 'linux', '/home/me');
    const [usual, lab] = [null, 'lab'].map((name) => desktopPlaces(paths, name, 'linux', '/home/me'));
    for (const key of ['config', 'data', 'userData', 'logs'] as const) {
      expect(lab?.[key]).not.toBe(usual?.[key]);
      expect(lab?.[key]).toContain('lab');
    }
  });

  it('have their logs where macOS wants them', () => {
    const paths = defaultPaths({}, 'darwin', '/Users/me');
    expect(desktopPlaces(paths, null, 'darwin', '/Users/me').logs).toBe('/Users/me/Library/Logs/Tunnelwatch');
    expect(desktopPlaces(paths, 'lab', 'darwin', '/Users/me').logs).toBe(
      '/Users/me/Library/Logs/Tunnelwatch/profiles/lab',
    );
  });
});

describe('the log on disk', () => {
  let folder = '';
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'tunnelwatch-log-'));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  it('is capped: two files, the newest lines last', () => {
    const path = join(folder, 'logs', 'a.log');
    const log = logFile(path, 100);
    for (let i = 0; i < 50; i += 1) log.write(`line ${i} ${'.'.repeat(20)}\n`);
    const both = readFileSync(`${path}.1`, 'utf8') + readFileSync(path, 'utf8');
    expect(both.length).toBeLessThanOrEqual(200);
    expect(both.trimEnd().split('\n').at(-1)).toContain('line 49');
    expect(existsSync(`${path}.2`)).toBe(false);
  });

  it('goes on after what was written before', () => {
    const path = join(folder, 'a.log');
    writeFileSync(path, 'x'.repeat(95));
    logFile(path, 100).write('the next\n');
    expect(readFileSync(`${path}.1`, 'utf8')).toHaveLength(95);
    expect(readFileSync(path, 'utf8')).toBe('the next\n');
  });

  it('costs nobody anything when it cannot be written, and goes on when it can', () => {
    const path = join(folder, 'a.log');
    mkdirSync(path);
    const log = logFile(path, 100);
    log.write('lost\n');
    rmSync(path, { recursive: true });
    log.write('kept\n');
    expect(readFileSync(path, 'utf8')).toBe('kept\n');
  });
});
