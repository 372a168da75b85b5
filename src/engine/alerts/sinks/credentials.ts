/** How a sink proves who it is: a token, or a user with a password. */
import type { HeldSecret } from './held-secret.ts';
import type { SecretHeader } from './web.ts';

export type WebLogin =
  | { readonly kind: 'none' }
  | { readonly kind: 'token'; readonly token: HeldSecret }
  | { readonly kind: 'basic'; readonly username: string; readonly password: HeldSecret };

/** The `Authorization` header, if any. */
export function loginHeaders(login: WebLogin): readonly SecretHeader[] {
  switch (login.kind) {
    case 'none':
      return [];
    case 'token':
      return [{ name: 'authorization', value: login.token, make: (token) => `Bearer ${token}` }];
    case 'basic':
      return [
        {
          name: 'authorization',
          value: login.password,
          make: (password) => `Basic ${Buffer.from(`${login.username}:${password}`).toString('base64')}`,
        },
      ];
  }
}
