/**
 * May this credential change tunnels? Monitoring needs no such right, and who has it should know. Cloudflare does not say what
 * a token may do, so we ask for something that cannot happen.
 */
import type { AccountId } from '../../shared/model.ts';
import type { Answer } from './contract.ts';
import type { Exchange } from './exchange.ts';
import { PERMISSIONS } from './fault.ts';
import { tunnelsPath } from './paths.ts';

export interface WriteProbe {
  /**
   * Asks to create a tunnel out of nothing at all, and to validate only: that is refused for its content where writing is
   * allowed, and for lack of permission where it is not. It can change nothing either way.
   */
  mayWrite(accountId: AccountId, signal?: AbortSignal): Promise<Answer<boolean>>;
}

export function createWriteProbe(exchange: Exchange): WriteProbe {
  return {
    async mayWrite(accountId, signal) {
      const asked = await exchange.ask({
        method: 'POST',
        path: `${tunnelsPath(accountId)}?validate_only=true`,
        body: {},
        account: accountId,
        permission: PERMISSIONS.write,
        probe: true,
        signal,
      });
      if (asked.ok) return { ok: true, value: true, meta: asked.meta };
      const { error, meta } = asked;
      if (error.kind === 'missing-permission') return { ok: true, value: false, meta };
      // Refused for its content: whoever gets that far may write.
      if (error.kind === 'rejected') return { ok: true, value: true, meta };
      return asked;
    },
  };
}
