/** What an account's fleet of tunnels takes in and gives out. */

import type { BoardRow, Instant, Tunnel, TunnelDetail, TunnelKey, UnreadableTunnel } from '../../shared/model.ts';
import type { HealthRow, ListSnapshot } from '../cloudflare/contract.ts';
import type { RememberedTunnel } from '../history/contract.ts';
import type { RecentChange, Surroundings } from '../lint/contract.ts';
import type { FlatConfig } from './config-snapshot.ts';
import type { Entry } from './entry.ts';
import type { TrafficSeen } from './entry-traffic.ts';
import type { Look } from './look.ts';
import type { Update } from './update.ts';

export interface FleetMemory {
  /** Tunnels of this account as the history knows them, those gone included. */
  readonly tunnels: readonly RememberedTunnel[];
  /** True when the account was looked at before: tunnels that appear now are news then. */
  readonly known: boolean;
  /** The last good list before this start; `null` or absent: there was none, or nobody knows. */
  readonly lookedAt?: Instant | null;
  /** What lint looks back at, oldest first. */
  readonly recent?: readonly RecentChange[];
  /** What is known beside the list. */
  readonly beside?: Surroundings;
  /** The newest recorded configuration of a tunnel, `null` when there is none. */
  config(key: TunnelKey): FlatConfig | null;
}

export interface Fleet {
  applyList(snapshot: ListSnapshot, look: Look): Update;
  /** One tunnel read by get. */
  applyTunnel(tunnel: Tunnel, look: Look): Update;
  applyHealth(rows: readonly HealthRow[], look: Look): Update;
  /** An answer about traffic; `null` when the last one became too old. */
  applyTraffic(seen: TrafficSeen | null, look: Look): Update;
  /** What was read beside the list. */
  applySurroundings(known: Surroundings, look: Look): Update;
  /** Somebody waived a finding of this tunnel, or took the waiver back. */
  applyWaivers(key: TunnelKey, look: Look): Update;
  applyTime(look: Look): Update;
  entry(key: TunnelKey): Entry | undefined;
  entries(): IterableIterator<Entry>;
  row(key: TunnelKey): BoardRow | undefined;
  rows(): BoardRow[];
  detail(key: TunnelKey): TunnelDetail | null;
  /** The name of a tunnel that went within the last day; empty when nobody knows. */
  formerName(key: TunnelKey): string;
  readonly size: number;
  /** Tunnels of the newest list that could not be read. */
  readonly unreadable: readonly UnreadableTunnel[];
}
