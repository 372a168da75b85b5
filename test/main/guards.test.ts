import { beforeEach, describe, expect, it } from 'vitest';
import { guardContents, guardEverything, guardSession } from '../../src/main/guards.ts';
import { HOME_URL, sameHome } from '../../src/main/origin.ts';
import { app, cancellable, FakeSession, FakeWebContents, resetElectron } from '../fakes/electron.ts';

const guarded = (): FakeWebContents => {
  const contents = new FakeWebContents();
  guardContents(contents as unknown as Electron.WebContents, HOME_URL);
  return contents;
};

const OURS = [
  'app://bundle/',
  'app://bundle/index.html',
  'app://bundle/#/tunnel/1',
  'app://bundle/assets/../index.html',
];
const FOREIGN = [
  'https://example.com/',
  'http://bundle/',
  'app://bundle.evil/',
  'app://evil/bundle/',
  'app://bundle:80/',
  'app://bundle@evil/',
  'app://user@bundle/',
  'app://user:pass@bundle/',
  'app:bundle/',
  'app:/bundle/',
  'app:\\\\bundle\\',
  'app2://bundle/',
  'javascript:alert(1)',
  'data:text/html,hello',
  'file:///etc/passwd',
  'blob:app://bundle/0',
  'filesystem:app://bundle/x',
  'view-source:app://bundle/',
  'about:blank',
  'chrome://gpu',
  '//bundle/',
  '',
  'not an address',
];

beforeEach(() => resetElectron());

describe('sameHome', () => {
  it.each(OURS)('knows %s as ours', (url) => expect(sameHome(url, HOME_URL)).toBe(true));
  it.each(FOREIGN)('does not take %s for ours', (url) => expect(sameHome(url, HOME_URL)).toBe(false));
  it('takes the development server for ours only when it is the home', () => {
    expect(sameHome('http://localhost:5173/x', 'http://localhost:5173/')).toBe(true);
    expect(sameHome('http://localhost:5174/', 'http://localhost:5173/')).toBe(false);
    expect(sameHome('app://bundle/', 'not an address')).toBe(false);
  });
});

describe('navigation', () => {
  it.each(['will-navigate', 'will-frame-navigate', 'will-redirect'])('%s stays at home', (name) => {
    const contents = guarded();
    for (const url of OURS) {
      const event = cancellable({ url, isMainFrame: true });
      contents.emit(name, event);
      expect(event.defaultPrevented, url).toBe(false);
    }
    for (const url of FOREIGN) {
      const event = cancellable({ url, isMainFrame: true });
      contents.emit(name, event);
      expect(event.defaultPrevented, url).toBe(true);
    }
  });

  it('lets no subframe load anything, not even our own page', () => {
    const event = cancellable({ url: HOME_URL, isMainFrame: false });
    guarded().emit('will-frame-navigate', event);
    expect(event.defaultPrevented).toBe(true);
  });

  it('opens no second window, whatever its address', () => {
    const contents = guarded();
    for (const url of [...OURS, ...FOREIGN]) expect(contents.windowOpenHandler?.({ url })).toEqual({ action: 'deny' });
  });

  it('attaches no webview', () => {
    const event = cancellable({});
    guarded().emit('will-attach-webview', event, {}, {});
    expect(event.defaultPrevented).toBe(true);
  });
});

type Permission = Parameters<NonNullable<FakeSession['permissionRequest']>>[1];
/** Every permission that Electron names; the type check fails when this list and Electron's differ. */
const PERMISSIONS: Readonly<Record<Permission, true>> = {
  ar: true,
  'automatic-fullscreen': true,
  'background-fetch': true,
  'background-sync': true,
  'captured-surface-control': true,
  'clipboard-read': true,
  'clipboard-sanitized-write': true,
  'deprecated-sync-clipboard-read': true,
  'display-capture': true,
  fileSystem: true,
  fullscreen: true,
  geolocation: true,
  'geolocation-approximate': true,
  'hand-tracking': true,
  hid: true,
  'idle-detection': true,
  keyboardLock: true,
  'local-fonts': true,
  'local-network': true,
  'local-network-access': true,
  'loopback-network': true,
  media: true,
  mediaKeySystem: true,
  midi: true,
  midiSysex: true,
  nfc: true,
  notifications: true,
  openExternal: true,
  'payment-handler': true,
  'periodic-background-sync': true,
  'persistent-storage': true,
  pointerLock: true,
  'screen-wake-lock': true,
  sensors: true,
  serial: true,
  'smart-card': true,
  'speaker-selection': true,
  'storage-access': true,
  'system-wake-lock': true,
  'top-level-storage-access': true,
  usb: true,
  vr: true,
  'web-app-installation': true,
  'web-printing': true,
  'window-management': true,
  unknown: true,
};

describe('permissions', () => {
  const session = new FakeSession();
  guardSession(session as unknown as Electron.Session);
  const contents = new FakeWebContents() as unknown as Electron.WebContents;

  it.each(Object.keys(PERMISSIONS) as Permission[])('denies %s, asked for or looked up', (permission) => {
    const answers: boolean[] = [];
    session.permissionRequest?.(contents, permission, (granted) => answers.push(granted), {
      isMainFrame: true,
      requestingUrl: HOME_URL,
    });
    expect(answers).toEqual([false]);
    expect(session.permissionCheck?.(contents, permission, HOME_URL, { isMainFrame: true })).toBe(false);
  });

  it('hands out no device and no screen', () => {
    const details = { deviceType: 'usb', origin: HOME_URL, device: {} };
    expect(session.device?.(details as unknown as Electron.DevicePermissionHandlerHandlerDetails)).toBe(false);
    const streams: unknown[] = [];
    session.displayMedia?.({} as unknown as Electron.DisplayMediaRequestHandlerHandlerRequest, (s) => streams.push(s));
    expect(streams).toEqual([null]);
  });
});

describe('guardEverything', () => {
  it('reaches pages and sessions that are made later', () => {
    guardEverything(app as unknown as Electron.App, HOME_URL);
    const contents = new FakeWebContents();
    const session = new FakeSession();
    app.emit('web-contents-created', cancellable({}), contents);
    app.emit('session-created', session);
    expect(contents.windowOpenHandler?.({ url: HOME_URL })).toEqual({ action: 'deny' });
    expect(session.permissionCheck).not.toBeNull();
  });
});
