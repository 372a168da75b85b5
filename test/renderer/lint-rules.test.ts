/** The rules in the reader's language: every rule of the catalogue has its German. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { CATALOGUE } from '../../src/engine/lint/catalogue/catalogue.ts';
import { grouping, ruleReasons, ruleText, unjudged } from '../../src/renderer/words/de/lint-rules.ts';

const TOLD = { title: 'title', why: 'why', fix: 'fix' };

describe('the rules in German', () => {
  it('has a title, a reason and a remedy for each', () => {
    expect(CATALOGUE.length).toBeGreaterThanOrEqual(80);
    const missing = CATALOGUE.filter(({ id }) => {
      const { title, why, fix } = ruleText(id, TOLD);
      return [title, why, fix].some((text) => text === '' || Object.values(TOLD).includes(text));
    });
    expect(missing.map(({ id }) => id)).toEqual([]);
  });

  it('says reason and remedy in alerts as it does with findings', () => {
    for (const { id } of CATALOGUE) {
      const { why, fix } = ruleText(id, TOLD);
      expect(ruleReasons(id)).toEqual({ why, fix });
    }
    expect(ruleReasons('of-tomorrow')).toBeNull();
  });

  it('says why a rule could not judge', () => {
    const folder = join(import.meta.dirname, '../../src/engine/lint/catalogue');
    const told = readdirSync(folder).flatMap((file) =>
      [...readFileSync(join(folder, file), 'utf8').matchAll(/missing: ['`](.+?)['`] }/g)].map(([, text]) => text ?? ''),
    );
    expect(told.length).toBeGreaterThan(10);
    expect(told.filter((text) => unjudged(text.replace(/\$\{\w+\}/, 'routes')) === text)).toEqual([]);
    expect(unjudged('gre_tunnels is not reported.')).toBe('gre_tunnels ist nicht gemeldet.');
  });

  it('says by what tunnels belong together', () => {
    const source = readFileSync(join(import.meta.dirname, '../../src/engine/lint/grouping.ts'), 'utf8');
    const told = [...source.matchAll(/sign\('[\w-]+', [\w.]+, ['`](.+?)['`]\)/g)].map(([, text]) => text ?? '');
    expect(told.length).toBe(6);
    expect(told.filter((text) => grouping(text) === text)).toEqual([]);
    expect(grouping('site Paris')).toBe('Standort Paris');
  });

  it('leaves a rule of a newer host as it was told', () => {
    expect(ruleText('of-tomorrow', TOLD)).toEqual(TOLD);
    expect(grouping('by the moon')).toBe('by the moon');
    expect(unjudged('Something new.')).toBe('Something new.');
  });
});
