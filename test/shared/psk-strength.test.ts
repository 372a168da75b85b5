import { randomFillSync } from 'node:crypto';
import { expect, it } from 'vitest';
import { generatePsk, pskStrength } from '../../src/shared/psk-strength.ts';

it('makes keys that AWS, Azure and Google take, of every letter alike', () => {
  const seen = new Map<string, number>();
  for (let round = 0; round < 500; round += 1) {
    const psk = generatePsk((bytes) => randomFillSync(bytes));
    expect(psk).toMatch(/^[A-Za-z1-9][A-Za-z0-9]{47}$/);
    expect(pskStrength(psk)).toMatchObject({ level: 'strong', portable: true });
    for (const letter of psk) seen.set(letter, (seen.get(letter) ?? 0) + 1);
  }
  // 24,000 letters over 62: some 387 each; six standard deviations are 118.
  expect(seen.size).toBe(62);
  for (const count of seen.values()) expect(Math.abs(count - 387)).toBeLessThan(130);
});

it('favours no letter through the remainder of a byte', () => {
  const bytes = Uint8Array.from({ length: 64 }, (_, at) => 192 + at);
  // 248 to 255 are thrown away; taken modulo 62 they would all have been among the first letters.
  expect(generatePsk((into) => into.set(bytes), 56)).toBe('GHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789');
});

it.each([
  ['password123', 'weak', ['shorter-than-32', 'words']],
  ['aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa', 'weak', ['repeats']],
  ['abcabcabcabcabcabcabcabcabcabcabcabc', 'weak', ['repeats']],
  ['abcdefghijklmnopqrstuvwxyz0123456789', 'weak', ['runs']],
  ['CloudflareWANTunnelSecretPassword2026', 'weak', ['words']],
  ['Cloudflare-WAN-T1-PSK-1234!', 'weak', ['shorter-than-32', 'not-alphanumeric', 'words', 'runs']],
  ['P@ssw0rdP@ssw0rdP@ssw0rdP@ssw0rd', 'weak', ['not-alphanumeric', 'repeats']],
] as const)('is not taken in by %s', (psk, level, issues) => {
  const strength = pskStrength(psk);
  expect(strength).toMatchObject({ level });
  expect(new Set(strength.issues)).toEqual(new Set(issues));
});

it('tells the shape of a key', () => {
  expect(pskStrength('')).toMatchObject({ level: 'unusable', issues: ['empty'], classes: 0 });
  expect(pskStrength(`hG7kPq2LwVx9RtBnZc4MfYsDj6Eu3TaK\n`)).toMatchObject({ level: 'unusable', portable: false });
  expect(pskStrength('hG7kPq2LwVx9RtBnZc4MfYsDj6Eu3TaK')).toEqual({
    length: 32,
    classes: 3,
    bits: 191,
    level: 'strong',
    portable: true,
    issues: [],
  });
  expect(pskStrength('0G7kPq2LwVx9RtBnZc4MfYsDj6Eu3TaK').issues).toEqual(['begins-with-0']);
  expect(pskStrength('hG7kPq2LwVx9RtBnZ').level).toBe('fair');
  expect(pskStrength('x'.repeat(2_000)).level).toBe('unusable');
});
