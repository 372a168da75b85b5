import type { Keep } from '../../../shared/settings.ts';
import * as checks from './checks.ts';

/** An account, or another token for one, that is being typed. The token is forgotten as soon as it was used. */
export class AccountDraft {
  name = $state('');
  id = $state('');
  token = $state('');
  apiBase = $state('');
  /** `null`: wherever tokens go as long as nobody chose. */
  keep = $state<Keep | null>(null);

  get dirty(): boolean {
    return this.name !== '' || this.id !== '' || this.token !== '' || this.apiBase !== '';
  }

  /** What is wrong with each field. */
  get wrong(): { readonly [K in 'name' | 'id' | 'token' | 'apiBase']: string | null } {
    return {
      name: checks.filled(100)(this.name),
      id: checks.accountId(this.id),
      token: checks.filled(4_096)(this.token),
      apiBase: checks.apiBase(this.apiBase.trim()),
    };
  }

  clear(): void {
    this.name = '';
    this.id = '';
    this.token = '';
    this.apiBase = '';
    this.keep = null;
  }
}
