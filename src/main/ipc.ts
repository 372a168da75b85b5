/**
 * The one IPC door. Every request passes `handle()`: it comes from the top frame of our own window, on our own page, and
 * has the shape of its contract, or it is refused as a value and nothing behind the door hears of it.
 */
import { type IpcMainInvokeEvent, ipcMain, type WebContents } from 'electron';
import { z } from 'zod';
import type { CallError, CallName, CallResult, HostMessage } from '../shared/bridge.ts';
import {
  PUSH_CHANNELS,
  type PushedMessage,
  REQUEST_CHANNELS,
  type RequestName,
  type Requests,
} from '../shared/channels.ts';
import { sameHome } from './origin.ts';

/** What stands behind the door: the bridge of the running engine. It checks the arguments of each call by itself. */
export interface IpcHost {
  /** A full board first, then deltas and pulses. */
  subscribe(listener: (message: HostMessage) => void): () => void;
  call(name: string, args: unknown): Promise<CallResult<CallName>>;
}

/** A page that subscribes more often than this has lost count. */
const MAX_SUBSCRIPTIONS = 32;

const subscriptionRef = z.strictObject({ subscription: z.int().min(1) });
const callRequest = z.strictObject({ name: z.string().max(64), args: z.unknown() });

const refuse = (kind: CallError['kind'], sentence: string): { readonly ok: false; readonly error: CallError } => ({
  ok: false,
  error: { kind, sentence },
});

/** Whether a request was sent by the top frame of a living page of ours. Never throws, whatever became of the frame. */
function fromOurPage(event: IpcMainInvokeEvent, ours: (contents: WebContents) => boolean, home: string): boolean {
  try {
    const frame = event.senderFrame;
    if (frame === null || frame.detached || frame.parent !== null || event.sender.isDestroyed()) return false;
    return ours(event.sender) && sameHome(frame.url, home);
  } catch {
    // A frame that navigates or dies while its request is on the way throws on any look at it.
    return false;
  }
}

function send(contents: WebContents, pushed: PushedMessage): void {
  if (!contents.isDestroyed() && !contents.isCrashed()) contents.send(PUSH_CHANNELS.message, pushed);
}

/** The subscriptions of each page; they end with the page, with its document, or when it says so. */
function subscriptions(host: IpcHost) {
  const byPage = new Map<WebContents, Map<number, () => void>>();

  const dropAll = (contents: WebContents): void => {
    for (const stop of byPage.get(contents)?.values() ?? []) stop();
    byPage.get(contents)?.clear();
  };

  const of = (contents: WebContents): Map<number, () => void> => {
    const known = byPage.get(contents);
    if (known !== undefined) return known;
    const fresh = new Map<number, () => void>();
    byPage.set(contents, fresh);
    contents.once('destroyed', () => {
      dropAll(contents);
      byPage.delete(contents);
    });
    contents.on('render-process-gone', () => dropAll(contents));
    contents.on('did-start-navigation', (details) => {
      if (details.isMainFrame && !details.isSameDocument) dropAll(contents);
    });
    return fresh;
  };

  const remove = (contents: WebContents, subscription: number): void => {
    byPage.get(contents)?.get(subscription)?.();
    byPage.get(contents)?.delete(subscription);
  };

  return {
    /** False when the page has too many already. */
    add(contents: WebContents, subscription: number): boolean {
      // Numbers start anew with each document: one that is known already belonged to the document before.
      remove(contents, subscription);
      const own = of(contents);
      if (own.size >= MAX_SUBSCRIPTIONS) return false;
      own.set(
        subscription,
        host.subscribe((message) => send(contents, { subscription, message })),
      );
      return true;
    },
    remove,
    clear(): void {
      for (const contents of byPage.keys()) dropAll(contents);
    },
  };
}

/**
 * Opens the door. `ours` says which pages are windows of this app, `home` is the address they must be at.
 * Returns the way to close it.
 */
export function openIpc(host: IpcHost, ours: (contents: WebContents) => boolean, home: string): () => void {
  const live = subscriptions(host);

  function handle<N extends RequestName>(
    name: N,
    shape: z.ZodType<Requests[N]['request']>,
    answer: (sender: WebContents, request: Requests[N]['request']) => Promise<Requests[N]['reply']>,
  ): void {
    ipcMain.handle(REQUEST_CHANNELS[name], async (event, payload: unknown) => {
      if (!fromOurPage(event, ours, home)) return refuse('not-allowed', 'This page may not talk to Tunnelwatch.');
      const request = shape.safeParse(payload);
      if (!request.success) return refuse('bad-arguments', `The request "${name}" has the wrong shape.`);
      try {
        return await answer(event.sender, request.data);
      } catch (error) {
        // A bug of ours: the words of an error may hold paths and belong on the terminal, not in the page.
        console.error(`tunnelwatch: request "${name}" failed`, error);
        return refuse('failed', `Tunnelwatch could not answer "${name}". Its terminal says why.`);
      }
    });
  }

  handle('subscribe', subscriptionRef, async (sender, { subscription }) =>
    live.add(sender, subscription)
      ? { ok: true, value: null }
      : refuse('not-allowed', `This page has ${MAX_SUBSCRIPTIONS} subscriptions already.`),
  );
  handle('unsubscribe', subscriptionRef, async (sender, { subscription }) => {
    live.remove(sender, subscription);
    return { ok: true, value: null };
  });
  handle('call', callRequest, (_sender, { name, args }) => host.call(name, args));

  return () => {
    for (const channel of Object.values(REQUEST_CHANNELS)) ipcMain.removeHandler(channel);
    live.clear();
  };
}
