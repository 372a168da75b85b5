import { isDeepStrictEqual } from 'node:util';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sameJson } from '../../../src/engine/cloudflare/same.ts';

const parsed = (value: unknown): unknown => JSON.parse(JSON.stringify(value));

describe('sameJson', () => {
  it('agrees with a deep comparison on any two values of JSON', () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 4 }), fc.jsonValue({ maxDepth: 4 }), (a, b) => {
        expect(sameJson(parsed(a), parsed(b))).toBe(isDeepStrictEqual(parsed(a), parsed(b)));
        expect(sameJson(parsed(a), parsed(a))).toBe(true);
      }),
    );
  });

  it('takes no notice of the order of keys, and notice of missing ones', () => {
    expect(sameJson({ a: 1, b: { c: null } }, { b: { c: null }, a: 1 })).toBe(true);
    expect(sameJson({ a: 1 }, { a: 1, b: 2 })).toBe(false);
    expect(sameJson({ a: 1, b: 2 }, { a: 1 })).toBe(false);
    expect(sameJson({ constructor: 1 }, {})).toBe(false);
    expect(sameJson({}, [])).toBe(false);
  });

  it('gives up on depths that no answer has instead of exhausting the stack', () => {
    const deep = (): unknown => JSON.parse(`${'['.repeat(5000)}${']'.repeat(5000)}`);
    expect(sameJson(deep(), deep())).toBe(false);
  });
});
