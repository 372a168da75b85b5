/**
 * Electron's official security checklist, item by item, against the app as it runs: a fake that refuses what Electron
 * refuses, and the built files. An item that is proven elsewhere in full has its core here all the same.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { parseApiBase } from '../../src/engine/cloudflare/api-base.ts';
import { LINKS, openLink } from '../../src/main/links.ts';
import { bundleFiles } from '../../src/main/protocol.ts';
import { REQUEST_CHANNELS } from '../../src/shared/channels.ts';
import { CSP } from '../../src/shared/csp.ts';
import { insecureAddresses, UNSAFE_SWITCHES, unsafeSwitches } from '../architecture/built.ts';
import {
  app,
  BrowserWindow,
  cancellable,
  FakeWebContents,
  handledChannels,
  invokeFrom,
  ipcRendererOf,
  Menu,
  menuItem,
  protocol,
  session,
  shell,
} from '../fakes/electron.ts';
import { builtPreload, runPreload } from '../fakes/preload-sandbox.ts';
import { desktopBed, launchOf, startAgain } from './desktop-bed.ts';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const { bed, start } = desktopBed();

const filesOf = (folder: string, kind: RegExp): string[] =>
  readdirSync(join(ROOT, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && kind.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name));
const textOf = (path: string): string => readFileSync(path, 'utf8');
/** Every built file that runs in the main process or before the page. */
const built = (): string[] => [...filesOf('out/main', /\.js$/), ...filesOf('out/preload', /\.cjs$/)];

/** Both windows that the app can have. */
async function windows(): Promise<BrowserWindow[]> {
  await start();
  startAgain('--wall');
  const all = BrowserWindow.getAllWindows();
  expect(all).toHaveLength(2);
  return all;
}

/** The whole of it: an added key is seen, a missing one too. */
const PREFERENCES = {
  preload: '/p/index.cjs',
  sandbox: true,
  contextIsolation: true,
  nodeIntegration: false,
  nodeIntegrationInWorker: false,
  nodeIntegrationInSubFrames: false,
  devTools: true,
  spellcheck: false,
};

/** When Electron's own support for a major ends: three majors at a time, one each eight weeks. Look the next one up there. */
const SUPPORTED = { major: 45, until: '2027-04-01' } as const;

describe('the official checklist', () => {
  it('1. loads secure content only: our own scheme, and an API over https', async () => {
    for (const window of await windows()) {
      for (const url of window.loaded) expect(url).toMatch(/^app:\/\/bundle\//);
    }
    expect(parseApiBase('http://api.cloudflare.com/client/v4').ok).toBe(false);
    expect(built().flatMap((path) => insecureAddresses(textOf(path)))).toEqual([]);
  });

  it('2. gives no page Node, not in workers and not in frames', async () => {
    for (const { options } of await windows()) expect(options.webPreferences).toEqual(PREFERENCES);
  });

  it('3. isolates every page from its preload', async () => {
    for (const { options } of await windows()) expect(options.webPreferences?.contextIsolation).toBe(true);
  });

  it('4. sandboxes every process, before Electron is ready, with a preload that a sandbox can load', async () => {
    const { before } = await start();
    expect(before).toContain('enableSandbox');
    expect(BrowserWindow.getAllWindows()[0]?.options.webPreferences?.sandbox).toBe(true);
    const required = [...textOf(join(ROOT, 'out/preload/index.cjs')).matchAll(/require\((['"`])(.*?)\1\)/g)];
    expect(new Set(required.map(([, , name]) => name))).toEqual(new Set(['electron']));
  });

  it('5. answers requests for permissions: no (every name: guards.test.ts)', async () => {
    await start();
    const { permissionRequest, permissionCheck, device, displayMedia } = session.defaultSession;
    const answers: boolean[] = [];
    permissionRequest?.(null as never, 'media', (granted) => answers.push(granted), {} as never);
    expect(answers).toEqual([false]);
    expect(permissionCheck?.(null, 'geolocation', 'app://bundle', {} as never)).toBe(false);
    expect(device?.({} as never)).toBe(false);
    expect(displayMedia).not.toBeNull();
  });

  it('6. never mentions the switch of web security', () => {
    expect(UNSAFE_SWITCHES).toContain('webSecurity');
    expect(built().length).toBeGreaterThan(1);
    for (const path of built()) expect(unsafeSwitches(textOf(path)), path).toEqual([]);
  });

  it('7. has a policy on every answer, good or bad, without inline code (in Chromium: renderer tests)', async () => {
    await start();
    for (const url of ['app://bundle/', 'app://bundle/no', 'app://other/']) {
      const answer = await protocol.handled.get('app')?.(new Request(url));
      expect(answer?.headers.get('content-security-policy')).toBe(CSP);
    }
    expect(CSP).toContain("default-src 'none'");
    expect(CSP).not.toMatch(/unsafe|\*|https?:/);
  });

  it.each([
    ['8. runs no insecure content', 'allowRunningInsecureContent'],
    ['9. enables no experimental features', 'experimentalFeatures'],
    ['10. enables no features of Blink', 'enableBlinkFeatures'],
    ['11. allows no pop-ups of webviews', 'allowpopups'],
  ] as const)('%s', async (_, word) => {
    expect(UNSAFE_SWITCHES).toContain(word);
    for (const path of built()) expect(textOf(path), path).not.toContain(word);
    for (const { options } of await windows()) expect(options.webPreferences).not.toHaveProperty(word);
  });

  it('12. attaches no webview, whatever its options', async () => {
    for (const { webContents } of await windows()) {
      const event = cancellable({});
      webContents.emit('will-attach-webview', event, {}, { src: 'app://bundle/' });
      expect(event.defaultPrevented).toBe(true);
    }
  });

  it('13. lets no page go elsewhere (look-alikes: guards.test.ts)', async () => {
    const [window] = await windows();
    for (const name of ['will-navigate', 'will-frame-navigate', 'will-redirect']) {
      for (const url of ['https://example.com/', 'app://bundle.evil/', 'file:///etc/passwd', 'javascript:alert(1)']) {
        const event = cancellable({ url, isMainFrame: true });
        window?.webContents.emit(name, event);
        expect(event.defaultPrevented, `${name} ${url}`).toBe(true);
      }
    }
  });

  it('14. lets no page open a window', async () => {
    for (const { webContents } of await windows()) {
      expect(webContents.windowOpenHandler?.({ url: 'app://bundle/' })).toEqual({ action: 'deny' });
    }
  });

  it('15. opens pages in the browser by name from a fixed list, and documentation, in one place', async () => {
    openLink('tokens');
    openLink('https://example.com/');
    openLink('toString');
    expect(shell.opened).toEqual([LINKS.tokens]);
    const [window] = await windows();
    const docs = 'https://developers.cloudflare.com/cloudflare-wan/reference/gre-ipsec-tunnels/';
    for (const url of [
      docs,
      'https://example.com/',
      `${docs}?key=secret`,
      'https://developers.cloudflare.com.evil.example/',
    ]) {
      expect(window?.webContents.windowOpenHandler?.({ url })).toEqual({ action: 'deny' });
    }
    expect(shell.opened).toEqual([LINKS.tokens, docs]);
    const users = filesOf('src', /\.(ts|svelte)$/).filter((path) => textOf(path).includes('openExternal'));
    expect(users).toEqual([join(ROOT, 'src/main/links.ts')]);
  });

  it('16. runs an Electron that is still looked after', () => {
    const lock = JSON.parse(textOf(join(ROOT, 'package-lock.json')));
    const version: string = lock.packages['node_modules/electron'].version;
    expect(Number(version.split('.')[0])).toBe(SUPPORTED.major);
    // A checkout must pass its own tests at any later day; what is built for release must not.
    if (process.env.GITHUB_REF_TYPE === 'tag') expect(Date.now()).toBeLessThan(Date.parse(SUPPORTED.until));
  });

  it('17. hears only the top frame of its own windows, on its own page (all cases: ipc.test.ts)', async () => {
    const { engine, window } = await start();
    if (window === undefined) throw new Error('no window');
    const call = { name: 'pollNow', args: { accountId: null } };
    const { webContents } = window;
    const frames = [
      null,
      { url: 'app://bundle/', parent: webContents.mainFrame, detached: false },
      { url: 'https://example.com/', parent: null, detached: false },
      { url: 'app://bundle.evil/', parent: null, detached: false },
    ];
    for (const frame of frames) {
      expect(await invokeFrom(webContents, frame, REQUEST_CHANNELS.call, call)).toMatchObject({ ok: false });
    }
    const stranger = new FakeWebContents();
    stranger.mainFrame.url = 'app://bundle/';
    expect(await invokeFrom(stranger, stranger.mainFrame, REQUEST_CHANNELS.call, call)).toMatchObject({ ok: false });
    expect(engine.calls).toEqual([]);
    expect(await invokeFrom(webContents, webContents.mainFrame, REQUEST_CHANNELS.call, call)).toMatchObject({
      ok: true,
    });
    expect(handledChannels()).toEqual(Object.values(REQUEST_CHANNELS).sort());
  });

  it('18. serves its page by a scheme of its own, from a list (any path: protocol.test.ts)', async () => {
    await start();
    expect(protocol.schemes).toEqual([
      { scheme: 'app', privileges: { standard: true, secure: true, supportFetchAPI: true } },
    ]);
    expect([...bundleFiles(bed.page).keys()].sort()).toEqual(['/', '/index.html']);
    const handler = protocol.handled.get('app');
    expect((await handler?.(new Request('app://bundle/..%2f..%2fetc%2fpasswd')))?.status).toBe(404);
    for (const path of filesOf('src/main', /\.ts$/)) expect(textOf(path), path).not.toMatch(/loadFile|file:\/\//);
  });

  it('19. has every fuse set (in a packed app: packaging/package.test.ts)', () => {
    expect(parse(textOf(join(ROOT, 'electron-builder.yml'))).electronFuses).toMatchObject({
      runAsNode: false,
      enableNodeOptionsEnvironmentVariable: false,
      enableNodeCliInspectArguments: false,
      enableEmbeddedAsarIntegrityValidation: true,
      onlyLoadAppFromAsar: true,
      grantFileProtocolExtraPrivileges: false,
    });
    expect(existsSync(join(ROOT, 'test/packaging/package.test.ts'))).toBe(true);
  });

  it('20. gives pages nothing of Electron: one frozen object of two functions', async () => {
    const { window } = await start();
    if (window === undefined) throw new Error('no window');
    const { exposed } = runPreload(builtPreload(), ipcRendererOf(window.webContents));
    expect([...exposed.keys()]).toEqual(['tunnelwatch']);
    const bridge = exposed.get('tunnelwatch');
    expect(Object.keys(bridge ?? {}).sort()).toEqual(['call', 'subscribe']);
    expect(Object.isFrozen(bridge)).toBe(true);
  });
});

describe('beyond the list', () => {
  it('a packaged app has no developer tools: not in its windows, not in its menu', async () => {
    app.isPackaged = true;
    for (const { options } of await windows())
      expect(options.webPreferences).toEqual({ ...PREFERENCES, devTools: false });
    expect(menuItem(Menu.current?.template ?? [], 'toggleDevTools')).toBeNull();
    expect(menuItem(Menu.current?.template ?? [], 'reload')).toBeNull();
  });

  it('a packaged app takes its page from nowhere but the bundle', () => {
    expect(textOf(join(ROOT, 'src/main/index.ts'))).toContain(
      'app.isPackaged ? null : (env.ELECTRON_RENDERER_URL ?? null)',
    );
  });

  it('the first file is wiring that one can read through', () => {
    expect(textOf(join(ROOT, 'src/main/index.ts')).trimEnd().split('\n').length).toBeLessThanOrEqual(100);
  });

  it('Windows knows the program by the name of its package', async () => {
    await start();
    expect(app.userModelId).toBe(parse(textOf(join(ROOT, 'electron-builder.yml'))).appId);
  });

  it('one instance runs for each profile, in a folder of its own', async () => {
    await start({ launch: launchOf('--profile', 'lab') });
    expect(app.handed).toEqual({ args: [], cwd: '/work' });
  });
});
