/** Each rule by its own two examples, by what is absent, and by its remedy. */
import { describe, expect, it } from 'vitest';
import { CATALOGUE } from '../../../src/engine/lint/catalogue/catalogue.ts';
import { exampleAccount } from '../../../src/engine/lint/catalogue/example.ts';
import type { Example } from '../../../src/engine/lint/catalogue/rule.ts';
import { EXAMPLE_ACCOUNT, EXAMPLE_POLICY } from '../../../src/engine/lint/catalogue/sound.ts';
import { type Linter, type LintStep, NO_FACTS, type Surroundings } from '../../../src/engine/lint/contract.ts';
import { FACT_FIELDS, type Field, SURROUNDING_FIELDS } from '../../../src/engine/lint/fields.ts';
import { createLinter } from '../../../src/engine/lint/linter.ts';
import { LINT_FAMILIES } from '../../../src/shared/lint.ts';
import type { Finding, Tunnel } from '../../../src/shared/model.ts';
import type { TunnelChange } from '../../../src/shared/operations.ts';

const BEAT = 30_000;

function linterOver(step: LintStep): Linter {
  const linter = createLinter({ accountId: EXAMPLE_ACCOUNT, policyOf: () => EXAMPLE_POLICY, bgpBeatMs: BEAT });
  linter.apply(step);
  return linter;
}

function findingsIn(linter: Linter, step: { readonly changed: readonly Tunnel[] }): readonly Finding[] {
  return [...step.changed.flatMap(({ key }) => linter.findings(key)), ...linter.accountFindings()];
}

const rulesIn = (example: Example): string[] => {
  const step = exampleAccount(example);
  return [...new Set(findingsIn(linterOver(step), step).map(({ rule }) => rule))];
};

describe('the catalogue', () => {
  it('has the 80 rows of the list of misconfigurations, one of which names two rules', () => {
    expect(CATALOGUE).toHaveLength(81);
    expect(new Set(CATALOGUE.map(({ id }) => id)).size).toBe(81);
    expect(new Set(CATALOGUE.map(({ family }) => family))).toEqual(new Set(LINT_FAMILIES));
  });

  it('finds nothing in the sound account, and knows all it needs to know of it', () => {
    const step = exampleAccount({});
    const linter = linterOver(step);
    expect(findingsIn(linter, step)).toEqual([]);
    expect(linter.notEvaluated()).toEqual([]);
  });

  it.each(CATALOGUE.map((rule) => [rule.id, rule] as const))('%s is told in full', (_, rule) => {
    for (const text of [rule.why, rule.fix]) expect(text).toMatch(/^\p{Lu}.*\.$/u);
    expect(rule.title).toMatch(/^\p{Lu}.*[^.]$/u);
    expect(rule.source).toMatch(/^https:\/\/(developers\.cloudflare\.com|www\.rfc-editor\.org\/rfc)\//);
    expect(rule.reads.length).toBeGreaterThan(0);
  });

  it.each(CATALOGUE.map((rule) => [rule.id, rule] as const))(
    '%s fires on its example, which sets off nothing else',
    (id, rule) => {
      const { triggers, beside = [] } = rule.examples;
      const fired = rulesIn(triggers);
      expect(fired).toContain(id);
      expect(fired.filter((one) => one !== id && !beside.includes(one))).toEqual([]);
    },
  );

  it.each(CATALOGUE.map((rule) => [rule.id, rule] as const))('%s is silent on its quiet example', (id, rule) => {
    expect(rulesIn(rule.examples.quiet)).not.toContain(id);
  });

  it('marks the offending value in the evidence', () => {
    for (const { examples } of CATALOGUE) {
      const step = exampleAccount(examples.triggers);
      for (const { value, evidence } of findingsIn(linterOver(step), step)) {
        if (value !== null) expect(evidence).toContain(value);
      }
    }
  });
});

/** A tunnel without one field. */
const WITHOUT: { readonly [F in Field]?: (tunnel: Tunnel) => Tunnel } = {
  description: (t) => ({ ...t, description: null }),
  customer_endpoint: (t) => ({ ...t, customerEndpoint: null }),
  interface_address6: (t) => ({ ...t, interfaceAddress6: null }),
  allow_null_cipher: (t) => ({ ...t, allowNullCipher: null }),
  automatic_return_routing: (t) => ({ ...t, automaticReturnRouting: null }),
  replay_protection: (t) => ({ ...t, replayProtection: null }),
  'custom_remote_identities.fqdn_id': (t) => ({ ...t, fqdnId: null }),
  bgp: (t) => ({ ...t, bgp: null }),
  'bgp_status.state': (t) => ({ ...t, bgpStatus: null }),
  'bgp_status.updated_at': (t) => ({ ...t, bgpStatus: t.bgpStatus && { ...t.bgpStatus, updatedAt: null } }),
  health_check: (t) => ({ ...t, healthCheck: null }),
  'health_check.enabled': (t) => ({ ...t, healthCheck: t.healthCheck && { ...t.healthCheck, enabled: null } }),
  'health_check.rate': (t) => ({ ...t, healthCheck: t.healthCheck && { ...t.healthCheck, rate: null } }),
  'health_check.type': (t) => ({ ...t, healthCheck: t.healthCheck && { ...t.healthCheck, type: null } }),
  'health_check.direction': (t) => ({ ...t, healthCheck: t.healthCheck && { ...t.healthCheck, direction: null } }),
  'health_check.target': (t) => ({ ...t, healthCheck: t.healthCheck && { ...t.healthCheck, target: null } }),
  'psk_metadata.last_generated_on': (t) => ({ ...t, pskGeneratedAt: null }),
  created_on: (t) => ({ ...t, createdAt: null }),
  modified_on: (t) => ({ ...t, modifiedAt: null }),
};

/** Rules whose very finding is that something is absent, with the field. */
const ABSENCE_IS_THE_FINDING = new Set([
  'psk-missing psk_metadata.last_generated_on',
  'hc-config-absent health_check',
  'customer-endpoint-missing customer_endpoint',
  // Not set is what they are about.
  'hc-unidirectional-no-target customer_endpoint',
  'bgp-status-without-config bgp',
  'x:no-route-to-tunnel bgp',
]);

/** The account as if the API had not said one thing. */
function without(field: Field, example: Example): ReturnType<typeof exampleAccount> {
  const step = exampleAccount(example);
  const strip = WITHOUT[field];
  if (strip !== undefined) return { ...step, changed: step.changed.map(strip) };
  if (Object.hasOwn(SURROUNDING_FIELDS, field)) {
    const part = SURROUNDING_FIELDS[field as keyof typeof SURROUNDING_FIELDS];
    return { ...step, surroundings: { ...step.surroundings, [part]: null } satisfies Surroundings };
  }
  if (Object.hasOwn(FACT_FIELDS, field))
    return { ...step, facts: new Map(step.changed.map(({ key }) => [key, NO_FACTS])) };
  return step;
}

const ABSENCES = CATALOGUE.flatMap((rule) =>
  rule.reads
    .filter((field) => !['name', 'interface_address', 'cloudflare_endpoint'].includes(field))
    .map((field) => [rule.id, field, rule] as const),
);

describe('what is absent', () => {
  it.each(ABSENCES)('%s finds nothing new without %s', (id, field, rule) => {
    const step = without(field, rule.examples.quiet);
    const fired = findingsIn(linterOver(step), step).some((finding) => finding.rule === id);
    expect(fired).toBe(ABSENCE_IS_THE_FINDING.has(`${id} ${field}`));
  });

  it.each([
    ['hc-disabled', 'health_check.enabled'],
    ['hc-type-reply', 'health_check.type'],
    ['hc-reply-policy-vpn', 'health_check.type'],
    ['hc-unidirectional-egress', 'health_check.direction'],
    ['hc-rate-mixed-in-group', 'health_check.rate'],
    ['hc-direction-mixed-in-group', 'health_check.direction'],
    ['hc-unidirectional-no-target', 'health_check.direction'],
    ['hc-target-is-cf-side', 'health_check.target'],
    ['psk-age-warning', 'psk_metadata.last_generated_on'],
    ['psk-age-critical', 'psk_metadata.last_generated_on'],
    ['psk-never-rotated', 'created_on'],
    ['psk-older-than-config', 'modified_on'],
    ['null-cipher-allowed', 'allow_null_cipher'],
    ['replay-protection-on', 'replay_protection'],
    ['arr-needs-unified-routing', 'automatic_return_routing'],
    ['ifaddr-overlap', 'gre_tunnels'],
    ['ifaddr-duplicate', 'cf_interconnects'],
    ['name-duplicate', 'gre_tunnels'],
    ['x:no-route-to-tunnel', 'routes'],
    ['x:route-dangling-nexthop', 'routes'],
    ['x:backup-idle', 'tunnel traffic'],
    ['drift-config-changed', 'recent changes'],
    ['tunnel-disappeared', 'recent changes'],
    ['customer-endpoint-not-public', 'customer_endpoint'],
  ] as const)('%s says that it did not judge without %s', (id, field) => {
    const step = without(field, {});
    expect(
      linterOver(step)
        .notEvaluated()
        .map(({ rule }) => rule),
    ).toContain(id);
  });
});

/** The tunnel after a change of ours, as Cloudflare would show it. */
function changedBy(tunnel: Tunnel, { bgp, healthCheck, ...change }: TunnelChange): Tunnel {
  const check = tunnel.healthCheck;
  const target = healthCheck?.target;
  const computed = { saved: '', effective: null };
  return {
    ...tunnel,
    ...(change as Partial<Tunnel>),
    bgp: tunnel.bgp && ({ ...tunnel.bgp, ...bgp } as Tunnel['bgp']),
    healthCheck: check && {
      ...check,
      enabled: healthCheck?.enabled ?? check.enabled,
      rate: healthCheck?.rate ?? check.rate,
      type: healthCheck?.type ?? check.type,
      direction: healthCheck?.direction ?? check.direction,
      target: target === undefined ? check.target : target === '' ? computed : { saved: target, effective: target },
    },
  };
}

describe('remedies', () => {
  it('end the findings that offer them', () => {
    const tried = new Set<string>();
    for (const { id, examples } of CATALOGUE) {
      const step = exampleAccount(examples.triggers);
      const linter = linterOver(step);
      for (const { rule, key, remedy } of findingsIn(linter, step)) {
        const tunnel = step.changed.find((one) => one.key === key);
        if (rule !== id || remedy === null || tunnel === undefined) continue;
        tried.add(rule);
        linter.apply({ now: step.now, changed: [changedBy(tunnel, remedy)] });
        expect(linter.findings(key).map((finding) => finding.rule)).not.toContain(rule);
      }
    }
    expect([...tried].sort()).toEqual([
      'bgp-hc-disabled',
      'bgp-prefix-duplicate-or-covered',
      'hc-bidirectional-custom-target',
      'hc-disabled',
      'hc-legacy-target-range',
      'hc-rate-low-on-sole-tunnel',
      'hc-reply-policy-vpn',
      'hc-target-invalid-ip',
      'hc-target-is-cf-side',
      'hc-type-reply',
      'hc-unidirectional-no-target',
      'ifaddr6-not-first-ip',
    ]);
  });
});
