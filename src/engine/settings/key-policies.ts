/** From settings to the policies of keys. */
import type { PskPolicy } from '../../shared/model.ts';
import { tagger } from '../alerts/tags.ts';
import { type KeyPolicies, keyPolicies } from '../keys/policies.ts';
import { alertConfig } from './alert-config.ts';
import type { Settings } from './schema.ts';

type Ages = Pick<Settings['psk'], 'aging' | 'due' | 'stale'>;

const policy = ({ aging, due, stale }: Ages): PskPolicy => ({ agingMs: aging, dueMs: due, staleMs: stale });

/** The general policy and those of tags. Tags are those that alerts know: in descriptions, and by `alerts.tags`. */
export function policiesOf(settings: Pick<Settings, 'psk' | 'alerts' | 'accounts'>): KeyPolicies {
  const names = new Map(settings.accounts.map(({ id, name }) => [id, name]));
  return keyPolicies(
    policy(settings.psk),
    settings.psk.tags.map((one) => ({ tag: one.tag, policy: policy(one) })),
    tagger(alertConfig(settings), (id) => names.get(id) ?? id),
  );
}
