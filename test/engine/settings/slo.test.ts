import { describe, expect, it } from 'vitest';
import { parseSettings } from '../../../src/engine/settings/load.ts';
import { describeProblem } from '../../../src/engine/settings/problems.ts';
import { objectivesOf } from '../../../src/engine/settings/slo-objectives.ts';
import type { AccountId } from '../../../src/shared/model.ts';
import { key } from '../history/harness.ts';
import { row } from '../reports/bed.ts';

const ACME = '023e105f4ecef8ad9ca31a8372d0c353' as AccountId;
const file = (slo: string): string => `accounts:\n  - name: Acme\n    id: ${ACME}\n    token: { env: T }\n${slo}`;

describe('objectives in the settings', () => {
  it('are by tag, by account, or for all', () => {
    const read = parseSettings(
      file(
        'slo:\n  objective: 99.5\n  degraded: left-out\n  overrides:\n    - { tag: core, objective: 99.99 }\n    - { account: Acme, objective: 98 }\n',
      ),
      'c.yaml',
    );
    if (!read.ok) throw new Error(JSON.stringify(read.error));
    const all = objectivesOf(read.value);
    expect(all.degraded).toBe('left-out');
    expect(all.ofTunnel(row(key('a', ACME), null, 'line to #core'))).toBe(0.9999);
    expect(all.ofTunnel(row(key('a', ACME), null))).toBe(0.98);
    expect(all.ofAccount('b'.repeat(32) as AccountId)).toBe(0.995);
  });

  it.each([
    ['slo: { objective: 100 }\n', 'c.yaml:5:19: slo.objective: found 100, expected a percentage from 50 to 99.999.'],
    [
      'slo:\n  overrides:\n    - { objective: 99 }\n',
      'c.yaml:7:7: slo.overrides[0]: expected an account, a tag, or both.',
    ],
  ])('refuses %j and says why', (written, sentence) => {
    const read = parseSettings(file(written), 'c.yaml');
    expect(read.ok ? [] : read.error.problems.map((problem) => describeProblem('c.yaml', problem))).toEqual([sentence]);
  });
});
