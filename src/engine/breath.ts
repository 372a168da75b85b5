/** Lets the rest of the process have its turn between two slices of long work: sockets, rounds of polling, other calls. */
export function breath(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
