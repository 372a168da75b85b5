/** The IPC of both sides. */
import type { FakeFrame, FakeWebContents } from './contents.ts';

type PageListener = (event: object, payload: unknown) => void;
type Handler = Parameters<Electron.IpcMain['handle']>[1];
const handlers = new Map<string, Handler>();

export const ipcMain = {
  handle(channel: string, handler: Handler): void {
    if (handlers.has(channel)) throw new Error(`Attempted to register a second handler for '${channel}'`);
    handlers.set(channel, handler);
  },
  removeHandler(channel: string): void {
    handlers.delete(channel);
  },
};
ipcMain satisfies Pick<Electron.IpcMain, 'handle' | 'removeHandler'>;

/** Test side: the channels that have a handler. */
export const handledChannels = (): string[] => [...handlers.keys()].sort();

/** Test side: a request arrives from `senderFrame` of `sender`; what crosses is cloned both ways, errors as Electron words them. */
export async function invokeFrom(
  sender: FakeWebContents,
  senderFrame: FakeFrame | null,
  channel: string,
  ...args: unknown[]
): Promise<unknown> {
  const handler = handlers.get(channel);
  const event = { type: 'frame', sender, senderFrame, frameId: 1, processId: 1 };
  try {
    if (handler === undefined) throw new Error(`No handler registered for '${channel}'`);
    const answer: unknown = await handler(event as unknown as Electron.IpcMainInvokeEvent, ...structuredClone(args));
    return structuredClone(answer);
  } catch (error) {
    throw new Error(`Error invoking remote method '${channel}': ${String(error)}`);
  }
}

/** Test side: the `ipcRenderer` that the preload of this page gets. */
export function ipcRendererOf(contents: FakeWebContents) {
  const renderer = {
    invoke: (channel: string, ...args: unknown[]): Promise<unknown> =>
      invokeFrom(contents, contents.mainFrame, channel, ...args),
    on(channel: string, listener: PageListener) {
      const listeners = contents.page.get(channel) ?? new Set<PageListener>();
      contents.page.set(channel, listeners.add(listener));
      return renderer;
    },
  };
  renderer satisfies Pick<Electron.IpcRenderer, 'invoke'>;
  return renderer;
}

/** Test side: no channel has a handler. */
export function resetIpc(): void {
  handlers.clear();
}
