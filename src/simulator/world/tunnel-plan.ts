/** What never changes about a tunnel of the world, and which incidents concern it. */
import type { Instant } from '../../shared/model.ts';
import type { JsonObject } from '../json.ts';
import type { Incident } from '../scenario.ts';
import type { Colo } from './colos.ts';
import type { Schedule } from './occurrences.ts';

export interface Binding {
  readonly incident: Incident;
  readonly schedule: Schedule;
  /** Tells draws of one incident from those of another. */
  readonly salt: number;
}

export interface TunnelPlan {
  readonly accountName: string;
  readonly name: string;
  readonly siteName: string;
  readonly site: string;
  readonly carrier: string;
  readonly endpoint: number;
  readonly bgp: 'on' | 'off' | 'unreported';
  readonly cloudflareSide: string;
  readonly customerSide: string;
  /** The configuration as the API shows it, without id, name, times, PSK and live state; the target as saved. */
  readonly config: JsonObject;
  readonly createdAt: Instant;
  readonly modifiedAt: Instant;
  readonly pskAt: Instant | null;
  /** Routes prefer the other tunnels of its site: it carries nothing but health checks. */
  readonly standby: boolean;
  readonly salt: number;
  readonly colos: readonly Colo[];
  readonly bindings: readonly Binding[];
}

/** Cloudflare's internal number of the account, which IKE identities use. */
export function numericAccount(accountId: string): number {
  return 10_000_000 + (Number.parseInt(accountId.slice(0, 6), 16) % 80_000_000);
}
