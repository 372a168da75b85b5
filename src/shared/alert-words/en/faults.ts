/** Faults of ours, or of the way to Cloudflare, in words. In English the engine has said it already, for logs as well. */
import type { Fault } from '../../fault.ts';

/** A fault as far as words are concerned. `stale`: nothing failed, and yet nothing came. */
export interface ToldFault {
  readonly kind: Fault['kind'] | 'stale';
  readonly sentence: string;
  readonly about?: Fault['about'] | undefined;
}

export const sentence = (fault: ToldFault): string => fault.sentence;
