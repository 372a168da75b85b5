import type { Transport } from '../../src/engine/cloudflare/contract.ts';

/** A transport that tells when nothing is under way, so that a virtual clock can wait for real sockets. */
export interface CountingTransport extends Transport {
  /** Resolves when no exchange is in flight, but those that hang, and the answers have been worked through. */
  readonly idle: (hangs?: (url: string) => boolean) => Promise<void>;
  readonly inFlight: () => number;
  /** Most exchanges that were ever in flight at once. */
  readonly peak: () => number;
  readonly total: () => number;
}

const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

export function countingTransport(inner: Transport): CountingTransport {
  const underWay: string[] = [];
  let peak = 0;
  let total = 0;
  const waiting: (() => void)[] = [];
  return {
    async exchange(request) {
      underWay.push(request.url);
      total += 1;
      peak = Math.max(peak, underWay.length);
      try {
        return await inner.exchange(request);
      } finally {
        underWay.splice(underWay.indexOf(request.url), 1);
        for (const done of waiting.splice(0)) done();
      }
    },
    close: () => inner.close(),
    inFlight: () => underWay.length,
    peak: () => peak,
    total: () => total,
    async idle(hangs = () => false) {
      await turn();
      while (underWay.some((url) => !hangs(url))) {
        await new Promise<void>((resolve) => waiting.push(resolve));
        await turn();
      }
    },
  };
}
