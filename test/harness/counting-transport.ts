import type { Transport } from '../../src/engine/cloudflare/contract.ts';

/** A transport that tells when nothing is under way, so that a virtual clock can wait for real sockets. */
export interface CountingTransport extends Transport {
  /** Resolves when no exchange is in flight and the answers have been worked through. */
  readonly idle: () => Promise<void>;
  readonly inFlight: () => number;
  /** Most exchanges that were ever in flight at once. */
  readonly peak: () => number;
  readonly total: () => number;
}

const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

export function countingTransport(inner: Transport): CountingTransport {
  let inFlight = 0;
  let peak = 0;
  let total = 0;
  const waiting: (() => void)[] = [];
  return {
    async exchange(request) {
      inFlight += 1;
      total += 1;
      peak = Math.max(peak, inFlight);
      try {
        return await inner.exchange(request);
      } finally {
        inFlight -= 1;
        if (inFlight === 0) for (const done of waiting.splice(0)) done();
      }
    },
    close: () => inner.close(),
    inFlight: () => inFlight,
    peak: () => peak,
    total: () => total,
    async idle() {
      await turn();
      while (inFlight > 0) {
        await new Promise<void>((resolve) => waiting.push(resolve));
        await turn();
      }
    },
  };
}
