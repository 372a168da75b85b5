/** One tunnel while its history is lived through again. */
import type {
  BoardRow,
  Finding,
  Instant,
  Lane,
  LaneState,
  Lanes,
  LaneValue,
  Millis,
  Tunnel,
  TunnelKey,
} from '../../../shared/model.ts';
import { LANES } from '../../../shared/model.ts';
import type { RecordedTunnel } from '../../history/recorded.ts';
import { RECOVERY_MS } from '../../state/health.ts';
import { tunnelSeverity } from '../../state/severity.ts';
import { siteOf } from '../../state/site.ts';
import { isTrouble } from './timeline.ts';
import { readFlat, tunnelOfConfig } from './tunnel.ts';

const unobserved = (at: Instant): LaneState<never> => ({ value: 'unobserved' as never, since: at, exact: false });

export class LivedTunnel {
  readonly key: TunnelKey;
  /** It is in the list of its account. */
  present: boolean;
  findings: readonly Finding[] = [];
  #tunnel: Tunnel;
  #lanes: Lanes;
  #recoveringUntil: Instant | null = null;
  /** When it was last read by itself (monotonic). */
  closely: Millis | null = null;

  constructor({ key, name, lanes, config }: RecordedTunnel, at: Instant) {
    this.key = key;
    this.present = LANES.some((lane) => lanes[lane] !== null);
    this.#tunnel = tunnelOfConfig(key, name, readFlat(config));
    const state = (lane: Lane): LaneState => {
      const known = lanes[lane];
      return known === null ? unobserved(at) : { ...known, exact: true };
    };
    this.#lanes = { bgp: state('bgp'), health: state('health'), psk: state('psk'), config: state('config') } as Lanes;
  }

  /** Does it deserve a close watch? */
  get troubled(): boolean {
    return this.present && (isTrouble(this.#lanes.bgp.value) || isTrouble(this.#lanes.health.value));
  }

  get tunnel(): Tunnel {
    return this.#tunnel;
  }

  /** `null` when the tunnel left. */
  lane(lane: Lane, value: LaneValue | null, since: Instant): void {
    this.present = value !== null;
    const before = this.#lanes.health.value;
    const state = value === null ? unobserved(since) : { value, since, exact: true };
    this.#lanes = { ...this.#lanes, [lane]: state };
    if (lane !== 'health') return;
    this.#recoveringUntil = value === 'degraded' && before === 'down' ? since + RECOVERY_MS : null;
  }

  named(name: string): void {
    this.#tunnel = { ...this.#tunnel, name };
  }

  configured(json: string, at: Instant): void {
    this.#tunnel = { ...tunnelOfConfig(this.key, this.#tunnel.name, readFlat(json)), modifiedAt: at };
  }

  row(now: Instant): BoardRow {
    const { key, accountId, id, name, description, cloudflareEndpoint, customerEndpoint } = this.#tunnel;
    return {
      key,
      accountId,
      id,
      name,
      description,
      site: siteOf(name, null),
      cloudflareEndpoint,
      customerEndpoint,
      lanes: this.#lanes,
      severity: tunnelSeverity(this.#lanes),
      recovering: this.#recoveringUntil !== null && now < this.#recoveringUntil,
      bgpStatus: null,
      healthShare: null,
      pskGeneratedAt: null,
      idle: null,
      unreadable: null,
    };
  }
}
