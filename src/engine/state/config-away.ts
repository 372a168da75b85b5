/** What became of a tunnel's configuration while we were not running. */
import type { EventDetail, Instant } from '../../shared/model.ts';
import type { RememberedTunnel } from '../history/contract.ts';
import { configChange, modifiedLater } from './config-snapshot.ts';
import type { Entry } from './entry.ts';
import type { FleetMemory } from './fleet-contract.ts';
import { byOurClock, type Look } from './look.ts';

/**
 * The detail of a `config-changed` event, or `null` when nothing did. Another configuration is told field by field; where the
 * same one was modified since our last look, something that the API does not show is different.
 */
export function changedWhileAway(
  { tunnel, config, configHash }: Entry,
  remembered: RememberedTunnel | null,
  memory: FleetMemory,
  look: Look,
): EventDetail | null {
  if (remembered === null || remembered.configHash === null) return null;
  const modified: Instant | null = tunnel.modifiedAt === null ? null : byOurClock(tunnel.modifiedAt, look);
  if (remembered.configHash === configHash) {
    if (!modifiedLater(memory.lookedAt ?? null, modified)) return null;
    return configChange(config, config, tunnel.modifiedAt);
  }
  const before = memory.config(tunnel.key);
  return before === null ? null : configChange(before, config, tunnel.modifiedAt);
}
