/** Where a link out of Tunnelwatch may lead. */
import { describe, expect, it } from 'vitest';
import { SOURCES } from '../../src/engine/lint/catalogue/sources.ts';
import { docsAddress } from '../../src/shared/docs-address.ts';

describe('docsAddress', () => {
  it('knows every page that a rule rests on', () => {
    for (const source of Object.values(SOURCES)) expect([source, docsAddress(source)?.href]).toEqual([source, source]);
  });

  it.each([
    'http://developers.cloudflare.com/',
    'https://developers.cloudflare.com.evil.example/',
    'https://evil.example/#https://developers.cloudflare.com/',
    'https://developers.cloudflare.com@evil.example/',
    'https://user:pass@developers.cloudflare.com/',
    'https://developers.cloudflare.com:8443/',
    'https://developers.cloudflare.com/?key=secret',
    'javascript:alert(1)',
    'file:///etc/passwd',
    'app://bundle/',
    '/relative',
    '',
  ])('leads nowhere for %j', (text) => expect(docsAddress(text)).toBeNull());
});
