/**
 * The renderer's `Bridge` over IPC. Listeners get data, never an event of Electron's, and no answer ever throws. Silence of
 * the host is the renderer's to notice: it watches both transports alike.
 */
import type { IpcRenderer } from 'electron';
import type { Bridge, BridgeMessage } from '../shared/bridge.ts';
import {
  type CallRequest,
  PUSH_CHANNELS,
  type Pushes,
  REQUEST_CHANNELS,
  type Reply,
  type SubscriptionRef,
} from '../shared/channels.ts';

type Ipc = Pick<IpcRenderer, 'invoke' | 'on'>;

const REFUSED = "Tunnelwatch's background process refused this window. Restart the app.";
const UNREACHABLE = "Tunnelwatch's background process does not answer. Restart the app.";

/** A frozen bridge over the given IPC. Subscriptions are numbered from 1 within this document. */
export function ipcBridge(ipc: Ipc): Bridge {
  const listeners = new Map<number, (message: BridgeMessage) => void>();
  let last = 0;

  const ask = (name: 'subscribe' | 'unsubscribe', ref: SubscriptionRef): Promise<Reply<null>> =>
    ipc.invoke(REQUEST_CHANNELS[name], ref);
  const lose = (subscription: number, reason: string): void => listeners.get(subscription)?.({ type: 'lost', reason });

  ipc.on(PUSH_CHANNELS.message, (_event, { subscription, message }: Pushes['message']) => {
    listeners.get(subscription)?.(message);
  });

  return Object.freeze<Bridge>({
    subscribe(listener) {
      last += 1;
      const subscription = last;
      listeners.set(subscription, listener);
      ask('subscribe', { subscription }).then(
        (reply) => {
          if (!reply.ok) lose(subscription, REFUSED);
        },
        () => lose(subscription, UNREACHABLE),
      );
      return () => {
        if (!listeners.delete(subscription)) return;
        ask('unsubscribe', { subscription }).catch(() => undefined);
      };
    },
    async call(name, args) {
      const question: CallRequest = { name, args };
      try {
        return await ipc.invoke(REQUEST_CHANNELS.call, question);
      } catch {
        return { ok: false, error: { kind: 'unreachable', sentence: UNREACHABLE } };
      }
    },
  });
}
