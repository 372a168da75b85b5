/** Recorded configurations, read once: most moments share nearly all of them. */
import { readFlat } from '../alerts/rehearse/tunnel.ts';
import type { PastReader } from '../history/past-contract.ts';
import type { FlatConfig } from '../state/config-snapshot.ts';

/** Some 15 MB at most; then the memory begins anew. */
const MOST = 20_000;

/** Looks configurations up by their hash; no hash and a damaged text give an empty one. */
export function createConfigs(past: PastReader): (hash: string | null) => FlatConfig {
  const known = new Map<string, FlatConfig>();
  return (hash) => {
    if (hash === null) return {};
    const found = known.get(hash);
    if (found !== undefined) return found;
    if (known.size >= MOST) known.clear();
    const config = readFlat(past.configBody(hash));
    known.set(hash, config);
    return config;
  };
}
