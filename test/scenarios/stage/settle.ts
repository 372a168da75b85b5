/** Letting everything that is under way come to its end before time goes on. */

/** The simulator answers in microtasks, and ticks wait until no microtask is left. */
export function settled(): Promise<void> {
  return new Promise((resolve) => process.nextTick(resolve));
}

/** The rest of the process has its turn. Ticks settle nothing when they are asked for outside of a microtask: begin with this. */
export function breath(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
