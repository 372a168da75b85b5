/**
 * The generic webhook: Alertmanager's JSON, or a template. `Idempotency-Key` is the same for all attempts of a notice, and
 * the body can be signed: `sha256=` and the HMAC-SHA256 of its bytes in hexadecimal.
 */
import { createHmac } from 'node:crypto';
import type { NoticeKind } from '../../../shared/alerts.ts';
import type { Notice, Notifier } from '../contract.ts';
import type { HeldSecret } from './held-secret.ts';
import { renderTemplate } from './template.ts';
import { hostOf, type SecretHeader, send, type Web } from './web.ts';
import { webhookBody } from './webhook-body.ts';
import { deliveryKey } from './words.ts';

export interface WebhookOptions {
  readonly name: string;
  readonly url: HeldSecret;
  readonly method: 'POST' | 'PUT';
  readonly headers: readonly SecretHeader[];
  readonly contentType: string;
  /** `null`: Alertmanager's shape. */
  readonly template: string | null;
  readonly hmac: { readonly secret: HeldSecret; readonly header: string } | null;
  /** Also when only the extent changed. */
  readonly updates: boolean;
}

/** The signature of a body. */
export function signatureOf(body: string, secret: string): string {
  return `sha256=${createHmac('sha256', secret).update(body, 'utf8').digest('hex')}`;
}

/** Any answer 2xx counts: nothing is known of who listens. */
export function webhookNotifier(options: WebhookOptions, web: Web): Notifier {
  const { name, url, contentType, template, hmac } = options;
  const kinds: NoticeKind[] = ['firing', 'worse', 'reminder', 'escalation', 'resolved', 'test'];
  const write = (notice: Notice): string =>
    template === null ? JSON.stringify(webhookBody(notice, name)) : renderTemplate(template, contentType, notice, name);
  return {
    name,
    type: 'webhook',
    get target() {
      return hostOf(url);
    },
    kinds: options.updates ? [...kinds, 'update'] : kinds,
    deliver(notice, id, signal) {
      const body = write(notice);
      const signature: SecretHeader[] =
        hmac === null ? [] : [{ name: hmac.header, value: hmac.secret, make: (secret) => signatureOf(body, secret) }];
      return send(
        web,
        {
          url,
          method: options.method,
          headers: { 'content-type': contentType, 'idempotency-key': deliveryKey(notice, id) },
          secretHeaders: [...options.headers, ...signature],
          body,
        },
        signal,
      );
    },
  };
}
