/** What operations stand on: accounts that somebody may change, and what is known of their tunnels. */

import type { AccountId, BoardRow, Tunnel, TunnelKey } from '../../shared/model.ts';
import type { CloudflareClient } from '../cloudflare/client.ts';
import type { CredentialSource } from '../cloudflare/contract.ts';
import type { WriteToken } from '../credentials/write-token.ts';
import type { LintDifference } from '../lint/contract.ts';

/** An account as somebody has it who may change it. */
export interface WriteAccount {
  readonly id: AccountId;
  readonly name: string;
  readonly token: WriteToken;
  /** The API's client over one credential; the transport and the address are those of the account. */
  readonly clientWith: (credentials: CredentialSource) => CloudflareClient;
}

/** A tunnel as the board has it. `row` is `null` where nobody watches, as on the command line. */
export interface KnownTunnel {
  readonly tunnel: Tunnel;
  readonly row: BoardRow | null;
}

/** What is known around a change, and who should look once it is made. */
export interface Around {
  known(accountId: AccountId): readonly KnownTunnel[];
  /** What findings would come and go. */
  whatIf(accountId: AccountId, changed: readonly Tunnel[], removed: readonly TunnelKey[]): LintDifference;
  /** Something was written: look at the account now. */
  written(accountId: AccountId): void;
}
