/** Every rule there is, in the order of the families, and what people read of them. */
import { LINT_FAMILIES, type LintRuleView } from '../../../shared/lint.ts';
import { BGP_PREFIXES } from './bgp-prefixes.ts';
import { BGP_SESSION } from './bgp-session.ts';
import { BGP_SETTINGS } from './bgp-settings.ts';
import { ENDPOINTS } from './endpoints.ts';
import { HEALTH_CHECK_TARGETS } from './health-check-targets.ts';
import { HEALTH_CHECKS } from './health-checks.ts';
import { IDENTITY_AND_CRYPTO } from './identity-and-crypto.ts';
import { INTERFACE_ADDRESSES } from './interface-addresses.ts';
import { PSK } from './psk.ts';
import { REDUNDANCY } from './redundancy.ts';
import type { CatalogueRule } from './rule.ts';
import { TOPOLOGY } from './topology.ts';

const ALL: readonly CatalogueRule[] = [
  ...PSK,
  ...HEALTH_CHECKS,
  ...HEALTH_CHECK_TARGETS,
  ...INTERFACE_ADDRESSES,
  ...ENDPOINTS,
  ...IDENTITY_AND_CRYPTO,
  ...BGP_SESSION,
  ...BGP_SETTINGS,
  ...BGP_PREFIXES,
  ...REDUNDANCY,
  ...TOPOLOGY,
];

export const CATALOGUE: readonly CatalogueRule[] = LINT_FAMILIES.flatMap((family) =>
  ALL.filter((rule) => rule.family === family),
);

/** The rules as the findings view and the docs show them. */
export function lintRuleViews(): readonly LintRuleView[] {
  return CATALOGUE.map(({ id, family, severity, title, reads, why, fix, basis, source }) => ({
    id,
    family,
    severity,
    title,
    looksAt: reads.join(', '),
    why,
    fix,
    basis,
    source,
  }));
}
