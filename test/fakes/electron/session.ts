/** Sessions and their protocols. */
import { EventEmitter } from 'node:events';
import { journal, state } from './process.ts';

type SchemeHandler = (request: Request) => Response | Promise<Response>;

class FakeProtocol {
  readonly schemes: Electron.CustomScheme[] = [];
  readonly handled = new Map<string, SchemeHandler>();
  registerSchemesAsPrivileged(schemes: Electron.CustomScheme[]): void {
    if (state.isReady) throw new Error('protocol.registerSchemesAsPrivileged should be called before app is ready');
    journal.push('schemes');
    this.schemes.push(...schemes);
  }
  handle(scheme: string, handler: SchemeHandler): void {
    if (!state.isReady) throw new Error('protocol.handle should be called after app is ready');
    if (this.handled.has(scheme)) throw new Error('The scheme has been registered');
    this.handled.set(scheme, handler);
  }
}
export const protocol = new FakeProtocol();
protocol satisfies Pick<Electron.Protocol, 'registerSchemesAsPrivileged' | 'handle'>;

/** Keeps the handlers that the app sets, for tests to call. */
export class FakeSession extends EventEmitter {
  readonly protocol = protocol;
  permissionRequest: Parameters<Electron.Session['setPermissionRequestHandler']>[0] = null;
  permissionCheck: Parameters<Electron.Session['setPermissionCheckHandler']>[0] = null;
  device: Parameters<Electron.Session['setDevicePermissionHandler']>[0] = null;
  displayMedia: Parameters<Electron.Session['setDisplayMediaRequestHandler']>[0] = null;

  /** What the system's proxy settings answer, by host. */
  readonly proxies = new Map<string, string>();
  readonly proxyQuestions: string[] = [];

  async resolveProxy(url: string): Promise<string> {
    this.proxyQuestions.push(url);
    return this.proxies.get(new URL(url).host) ?? 'DIRECT';
  }
  setPermissionRequestHandler(handler: FakeSession['permissionRequest']): void {
    this.permissionRequest = handler;
  }
  setPermissionCheckHandler(handler: FakeSession['permissionCheck']): void {
    this.permissionCheck = handler;
  }
  setDevicePermissionHandler(handler: FakeSession['device']): void {
    this.device = handler;
  }
  setDisplayMediaRequestHandler(handler: FakeSession['displayMedia']): void {
    this.displayMedia = handler;
  }
}
({}) as FakeSession satisfies Pick<
  Electron.Session,
  | 'setPermissionRequestHandler'
  | 'setPermissionCheckHandler'
  | 'setDevicePermissionHandler'
  | 'setDisplayMediaRequestHandler'
  | 'resolveProxy'
>;

const sessions = { usual: new FakeSession() };
export const session = {
  get defaultSession(): FakeSession {
    if (!state.isReady) throw new Error('Session can only be received when app is ready');
    return sessions.usual;
  },
};

/** Test side: a fresh session, nothing served. */
export function resetSession(): void {
  protocol.schemes.length = 0;
  protocol.handled.clear();
  sessions.usual = new FakeSession();
}
