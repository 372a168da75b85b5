import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { nextPskChange, readBgp, readPsk } from '../../../src/engine/state/lane-values.ts';
import { laneSeverity, tunnelSeverity } from '../../../src/engine/state/severity.ts';
import type { Lanes, LaneValues } from '../../../src/shared/model.ts';
import { bgpStatus, DAY, POLICY, T0, tunnel } from '../../fixtures/tunnels.ts';

describe('the bgp lane', () => {
  it.each([
    ['up', tunnel('a'), 'up'],
    ['down', tunnel('a', { bgpStatus: bgpStatus('down') }), 'down'],
    ['no session configured', tunnel('a', { bgp: null, bgpStatus: null }), 'unconfigured'],
    ['configured, status absent', tunnel('a', { bgpStatus: null }), 'unreported'],
    ['a word of a later API', tunnel('a', { bgpStatus: bgpStatus('unknown', { raw: 'BGP_PAUSED' }) }), 'unknown'],
    ['status without configuration', tunnel('a', { bgp: null }), 'up'],
  ])('%s', (_, given, value) => {
    expect(readBgp(given)).toBe(value);
  });
});

describe('the psk lane', () => {
  it.each([
    [null, 'missing', null],
    [T0, 'fresh', T0],
    [T0 + 3 * DAY, 'fresh', T0 + 3 * DAY],
    [T0 - 90 * DAY + 1, 'fresh', T0 - 90 * DAY + 1],
    [T0 - 90 * DAY, 'aging', T0],
    [T0 - 180 * DAY, 'due', T0],
    [T0 - 365 * DAY, 'stale', T0],
    [T0 - 400 * DAY, 'stale', T0 - 35 * DAY],
  ])('generated at %s', (generatedAt, value, began) => {
    expect(readPsk(generatedAt, POLICY, T0)).toEqual({ value, began });
  });

  it('changes exactly when nextPskChange says so, and never between', () => {
    fc.assert(
      fc.property(fc.integer({ min: -800, max: 10 }), fc.integer({ min: 0, max: 86_399_999 }), (days, ms) => {
        const generatedAt = T0 + days * DAY - ms;
        const next = nextPskChange(generatedAt, POLICY, T0);
        const value = readPsk(generatedAt, POLICY, T0).value;
        if (next === null) return readPsk(generatedAt, POLICY, T0 + 4_000 * DAY).value === value;
        const before = readPsk(generatedAt, POLICY, next - 1).value;
        return before === value && readPsk(generatedAt, POLICY, next).value !== value;
      }),
    );
  });
});

describe('severity', () => {
  const at = { since: T0, exact: true };
  const lanes = (values: Partial<LaneValues>): Lanes => ({
    bgp: { value: values.bgp ?? 'up', ...at },
    health: { value: values.health ?? 'healthy', ...at },
    psk: { value: values.psk ?? 'fresh', ...at },
    config: { value: values.config ?? 'unobserved', ...at },
  });

  it.each([
    [{}, 'ok'],
    [{ bgp: 'unconfigured' }, 'ok'],
    [{ bgp: 'down' }, 'critical'],
    [{ bgp: 'establishing' }, 'warning'],
    [{ health: 'degraded', psk: 'aging' }, 'warning'],
    [{ health: 'disabled' }, 'warning'],
    [{ psk: 'missing' }, 'critical'],
    [{ psk: 'aging' }, 'info'],
    [{ health: 'nodata' }, 'unknown'],
    [{ bgp: 'unreported', health: 'down' }, 'critical'],
    // Without permission for health, BGP alone may say that a tunnel is up.
    [{ health: 'unobserved' }, 'ok'],
    // A fresh PSK alone says nothing about liveness.
    [{ bgp: 'unconfigured', health: 'unobserved' }, 'unknown'],
  ] as const)('%o is %s', (values, severity) => {
    expect(tunnelSeverity(lanes(values))).toBe(severity);
  });

  it('makes no statement for what was not looked at', () => {
    expect(laneSeverity('config', 'unobserved')).toBeNull();
    expect(laneSeverity('bgp', 'unconfigured')).toBeNull();
  });
});
