import { createHmac } from 'node:crypto';
import { afterEach, describe, expect, it } from 'vitest';
import { openText } from '../../../../src/engine/alerts/sinks/held-secret.ts';
import { type WebhookOptions, webhookNotifier } from '../../../../src/engine/alerts/sinks/webhook.ts';
import type { Site } from '../../cloudflare/loopback.ts';
import { site } from '../../cloudflare/loopback.ts';
import { notice } from './notices.ts';
import { secret, web } from './receivers.ts';

const patience = (): AbortSignal => AbortSignal.timeout(20_000);

describe('the generic webhook', () => {
  let receiver: Site | null = null;
  afterEach(() => receiver?.close());

  async function told(more: Partial<WebhookOptions>, ...notices: [ReturnType<typeof notice>, string][]) {
    receiver = await site((_, response) => response.end());
    const notifier = webhookNotifier(
      {
        name: 'hook',
        url: openText(`${receiver.base}/hook?x=1`),
        method: 'POST',
        headers: [],
        contentType: 'application/json',
        template: null,
        hmac: null,
        updates: true,
        ...more,
      },
      web(),
    );
    for (const [one, id] of notices) expect(await notifier.deliver(one, id, patience())).toMatchObject({ ok: true });
    return receiver.seen;
  }

  it('sends what Alertmanager would', async () => {
    const [seen] = await told({}, [notice(), '5']);
    expect(seen).toMatchObject({ method: 'POST', url: '/client/v4/hook?x=1' });
    expect(seen?.headers['content-type']).toBe('application/json');
    const body = JSON.parse(seen?.body ?? '');
    const labels = {
      alertname: 'bgp-down',
      severity: 'critical',
      account: 'ams-1',
      site: 'ams-1',
      cloudflare_endpoint: '203.0.113.1',
      customer_endpoint: '198.51.100.7',
    };
    expect(body).toMatchObject({
      version: '4',
      groupKey: expect.stringMatching(/^\{\}:\{incident="i-7-[a-z0-9]+"\}$/),
      truncatedAlerts: 0,
      status: 'firing',
      receiver: 'hook',
      groupLabels: { incident: expect.stringMatching(/^i-7-/) },
      commonLabels: { alertname: 'bgp-down', severity: 'critical', cloudflare_endpoint: '203.0.113.1' },
      commonAnnotations: {
        summary: 'Critical: ams-1 lost BGP',
        description: expect.stringContaining('BGP down since'),
      },
      externalURL: 'https://noc.example/#/alerts/i-7',
    });
    expect(body.alerts[0]).toEqual({
      status: 'firing',
      labels: expect.objectContaining({ ...labels, tunnel: 'ams-1', tags: 'ams-1,gold' }),
      annotations: { state: 'ams-1', attempts: '2', tcp: 'false' },
      startsAt: '2026-11-21T10:02:00.000Z',
      endsAt: '0001-01-01T00:00:00Z',
      generatorURL: 'https://noc.example/#/alerts/i-7',
      fingerprint: expect.stringMatching(/^[0-9a-f]{16}$/),
    });
  });

  it('says when it is over, with the same key and fingerprints', async () => {
    const seen = await told({}, [notice(), '1'], [notice({ kind: 'resolved' }), '2']);
    const [first, last] = seen.map(({ body }) => JSON.parse(body));
    expect(last).toMatchObject({ status: 'resolved', groupKey: first.groupKey });
    expect(last.alerts[0]).toMatchObject({ status: 'resolved', endsAt: '2026-11-21T10:16:00.000Z' });
    expect(last.alerts[0].fingerprint).toBe(first.alerts[0].fingerprint);
  });

  it('signs the bytes that it sends', async () => {
    const [seen] = await told({ hmac: { secret: secret('shared secret'), header: 'X-Signature' } }, [
      notice({ name: 'tünnel 🚇' }),
      '1',
    ]);
    const expected = createHmac('sha256', 'shared secret')
      .update(seen?.body ?? '')
      .digest('hex');
    expect(seen?.headers['x-signature']).toBe(`sha256=${expected}`);
  });

  it('names each notice once for all attempts', async () => {
    const seen = await told({}, [notice(), '1'], [notice(), '1'], [notice(), '2']);
    const [first, again, other] = seen.map(({ headers }) => headers['idempotency-key']);
    expect(first).toMatch(/^tunnelwatch-i-7-[a-z0-9]+-1$/);
    expect(again).toBe(first);
    expect(other).not.toBe(first);
  });

  it('writes by a template, to any method and type', async () => {
    const [seen] = await told(
      {
        method: 'PUT',
        contentType: 'application/x-www-form-urlencoded',
        template: 'text={{headline}}&n={{tunnels}}',
        headers: [
          { name: 'x-open', value: openText('yes') },
          { name: 'authorization', value: secret('Basic abc') },
        ],
      },
      [notice(), '1'],
    );
    expect(seen).toMatchObject({ method: 'PUT', body: 'text=Critical%3A%20ams-1%20lost%20BGP&n=11' });
    expect(seen?.headers).toMatchObject({ 'x-open': 'yes', authorization: 'Basic abc' });
  });
});
