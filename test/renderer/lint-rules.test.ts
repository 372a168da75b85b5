/** The rules in the reader's language: every rule of the catalogue has its German. */
import { describe, expect, it } from 'vitest';
import { CATALOGUE } from '../../src/engine/lint/catalogue/catalogue.ts';
import { ruleText } from '../../src/renderer/words/de/lint-rules.ts';

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

  it('leaves a rule of a newer host as it was told', () => {
    expect(ruleText('of-tomorrow', TOLD)).toEqual(TOLD);
  });
});
