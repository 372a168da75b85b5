/** The one process that the pieces of this fake live in: what was called, and whether Electron is ready. */

/** What was called, in order. */
export const journal: string[] = [];

/** Where this process stands. */
export const state = {
  isReady: false,
  ready: Promise.withResolvers<void>(),
  lockIsFree: true,
  nextId: 1,
};

/** What an event looks like to its listener. */
export function cancellable<P extends object>(params: P): P & { defaultPrevented: boolean; preventDefault(): void } {
  const event = {
    ...params,
    defaultPrevented: false,
    preventDefault(): void {
      event.defaultPrevented = true;
    },
  };
  return event;
}
