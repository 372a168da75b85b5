import { describe, expect, it } from 'vitest';
import { readSecret } from '../../../src/engine/credentials/secret.ts';
import { memoryVault } from '../../../src/engine/credentials/vault.ts';

const read = (value: string, kind?: 'token' | 'password') =>
  readSecret({ env: 'S' }, { env: { S: value }, vault: memoryVault() }, kind);

describe('a password', () => {
  it('may hold blanks and letters of any language, which a token may not', async () => {
    const value = 'correct höрse  battery ';
    expect(await read(`${value}\r\n`, 'password')).toEqual({ ok: true, value: { value, warning: null } });
    expect(await read(value)).toMatchObject({ ok: false });
    expect(await read(value, 'token')).toMatchObject({ ok: false });
  });

  it.each(['', '  \n', 'two\nlines', 'a\0b', 'tab\tbed'])('is not %j', async (value) => {
    const result = await read(value, 'password');
    expect(result.ok).toBe(false);
    if (!result.ok && value.trim() !== '') expect(result.error).not.toContain(value);
  });
});
