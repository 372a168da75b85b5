import { describe, expect, it } from 'vitest';
import { sqliteRefusal } from '../../../src/engine/history/problems.ts';
import { sqliteVersion } from '../../../src/engine/history/sqlite.ts';

describe('sqliteRefusal', () => {
  it.each(['3.51.3', '3.51.10', '3.52.0', '3.53.4', '4.0.0'])('takes %s', (version) => {
    expect(sqliteRefusal(version)).toBeNull();
  });

  it.each(['3.51.2', '3.50.9', '3.7.0', '2.99.99', '0', ''])('refuses %j and says what is needed', (version) => {
    expect(sqliteRefusal(version)).toContain('3.51.3');
  });

  it('takes the one that runs', () => {
    expect(sqliteRefusal(sqliteVersion())).toBeNull();
  });
});
