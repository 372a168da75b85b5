/**
 * How often Cloudflare renews `bgp_status.updated_at`. No document says whether it moves at every look or at changes alone, so
 * it is learnt: renewals without any other news, at a steady pace, are a beat. Without one nothing can be called stale.
 */
import type { Millis, Tunnel } from '../../shared/model.ts';

const SAMPLES = 60;
const ENOUGH = 20;
/** Steady: the upper quartile is at most so many times the lower one. */
const STEADY = 2;

export class BgpBeat {
  #gaps: Millis[] = [];
  #beat: Millis | null;
  readonly #given: boolean;

  constructor(given: Millis | null) {
    this.#beat = given;
    this.#given = given !== null;
  }

  get beatMs(): Millis | null {
    return this.#beat;
  }

  /** Two looks at one tunnel, one after the other. */
  note({ bgpStatus: before }: Tunnel, { bgpStatus: after }: Tunnel): void {
    if (this.#given || before?.updatedAt == null || after?.updatedAt == null) return;
    const gap = after.updatedAt - before.updatedAt;
    const quiet =
      before.raw === after.raw && before.bgpState === after.bgpState && before.tcpEstablished === after.tcpEstablished;
    if (!quiet || gap <= 0) return;
    this.#gaps.push(gap);
    // A new opinion for each lot of samples, so that verdicts do not move with every answer.
    if (this.#gaps.length < (this.#beat === null ? ENOUGH : SAMPLES)) return;
    const gaps = this.#gaps.sort((a, b) => a - b);
    const at = (share: number): Millis => gaps[Math.floor(share * (gaps.length - 1))] ?? 0;
    this.#beat = at(0.75) <= STEADY * at(0.25) ? Math.round(at(0.5)) : null;
    this.#gaps = [];
  }
}
