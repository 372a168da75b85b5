/** Beds of the notifiers that speak HTTP: each with a receiver that answers as the real one does. */
import type { ServerResponse } from 'node:http';
import { expect } from 'vitest';
import type { Notice, Notifier } from '../../../../src/engine/alerts/contract.ts';
import { alertmanagerNotifier } from '../../../../src/engine/alerts/sinks/alertmanager.ts';
import { heartbeatNotifier } from '../../../../src/engine/alerts/sinks/heartbeat.ts';
import { openText } from '../../../../src/engine/alerts/sinks/held-secret.ts';
import { ntfyNotifier } from '../../../../src/engine/alerts/sinks/ntfy.ts';
import { pagerDutyNotifier } from '../../../../src/engine/alerts/sinks/pagerduty.ts';
import { slackNotifier } from '../../../../src/engine/alerts/sinks/slack.ts';
import { teamsNotifier } from '../../../../src/engine/alerts/sinks/teams.ts';
import { webhookNotifier } from '../../../../src/engine/alerts/sinks/webhook.ts';
import type { Seen } from '../../cloudflare/loopback.ts';
import type { Bed, Outcome } from './conformance.ts';
import { CANARY, secret, type WebReceiver, web, webReceiver } from './receivers.ts';

const again = { ok: false, retry: true } as const;
const never = { ok: false, retry: false } as const;

interface Plan {
  readonly make: (receiver: WebReceiver) => Notifier;
  readonly good: (seen: Seen, response: ServerResponse) => void;
  readonly check: (seen: Seen, sent: Notice) => void;
  /** Does it know its receiver well enough to tell a login page from it? */
  readonly garbage: Outcome;
}

const answer = (response: ServerResponse, status: number, text: string): void => {
  response.writeHead(status, { 'content-type': 'application/json' });
  response.end(text);
};

async function webBed({ make, good, check, garbage }: Plan): Promise<Bed> {
  const receiver = await webReceiver(good);
  return {
    notifier: make(receiver),
    received: () => receiver.seen.map((seen) => JSON.stringify(seen)),
    be: receiver.be,
    outcomes: {
      'bad-request': never,
      'unknown-key': never,
      busy: { ...again, retryAfterMs: 7000 },
      broken: again,
      closes: again,
      redirects: again,
      garbage,
      echo: never,
    },
    check(arrived, sent) {
      const seen = JSON.parse(arrived) as Seen;
      expect(seen.headers['user-agent']).toBe('tunnelwatch/1.2.3');
      check(seen, sent);
    },
    secrets: [CANARY],
    close: receiver.close,
  };
}

/** Texts anywhere in a value. */
export function textsIn(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  if (typeof value !== 'object' || value === null) return [];
  return Object.values(value).flatMap(textsIn);
}

export const WEB_BEDS: Readonly<Record<string, () => Promise<Bed>>> = {
  webhook: () =>
    webBed({
      make: ({ origin }) =>
        webhookNotifier(
          {
            name: 'hook',
            url: secret(`${origin}/in/${CANARY}`),
            method: 'POST',
            headers: [{ name: 'x-key', value: secret(`key-${CANARY}`) }],
            contentType: 'application/json',
            template: null,
            hmac: { secret: secret(`sign-${CANARY}`), header: 'X-Signature' },
            updates: true,
          },
          web(),
        ),
      good: (_, response) => answer(response, 200, ''),
      check(seen, sent) {
        const body = JSON.parse(seen.body);
        expect(body).toMatchObject({
          version: '4',
          status: sent.kind === 'resolved' ? 'resolved' : 'firing',
          receiver: 'hook',
        });
        expect(body.alerts).toHaveLength(11);
        for (const text of textsIn(body.alerts)) expect(text).not.toMatch(/[\r\n\0]/);
      },
      garbage: { ok: true },
    }),
  slack: () =>
    webBed({
      make: ({ origin }) => slackNotifier({ name: 'slack', url: secret(`${origin}/services/T/B/${CANARY}`) }, web()),
      good: (_, response) => answer(response, 200, 'ok'),
      check(seen) {
        const { text, blocks } = JSON.parse(seen.body);
        expect(text.length).toBeLessThanOrEqual(3000);
        expect(blocks.length).toBeLessThanOrEqual(50);
        expect(blocks[0].text.text.length).toBeLessThanOrEqual(150);
        for (const one of textsIn([text, blocks])) {
          expect(one.length).toBeLessThanOrEqual(3000);
          // The one markup is our own link.
          expect(one.replace(/^<https:\/\/noc\.example\/#\/alerts\/i-7\|Open in Tunnelwatch>$/, '')).not.toMatch(
            /[<>]/,
          );
          expect(one).not.toMatch(/@(here|channel|everyone)|&(?!amp;|lt;|gt;)/);
        }
      },
      garbage: again,
    }),
  teams: () =>
    webBed({
      make: ({ origin }) =>
        teamsNotifier({ name: 'teams', url: secret(`${origin}/workflows/${CANARY}?sig=${CANARY}`) }, web()),
      good: (_, response) => answer(response, 202, ''),
      check(seen, sent) {
        expect(Buffer.byteLength(seen.body)).toBeLessThan(28_000);
        const { type, attachments } = JSON.parse(seen.body);
        expect(type).toBe('message');
        expect(attachments[0].contentType).toBe('application/vnd.microsoft.card.adaptive');
        const { content } = attachments[0];
        expect(content).toMatchObject({ type: 'AdaptiveCard', version: '1.4' });
        // Nothing that reads Markdown: text runs alone.
        expect(new Set(content.body.map((one: { type: string }) => one.type))).toEqual(new Set(['RichTextBlock']));
        expect(content.actions?.[0]?.url ?? null).toBe(sent.link);
      },
      garbage: again,
    }),
  pagerduty: () =>
    webBed({
      make: ({ origin }) =>
        pagerDutyNotifier({ name: 'pd', url: openText(`${origin}/v2/enqueue`), key: secret(CANARY) }, web()),
      good: (_, response) => answer(response, 202, '{"status":"success","message":"Event processed","dedup_key":"x"}'),
      check(seen, sent) {
        const event = JSON.parse(seen.body);
        expect(event.routing_key).toBe(CANARY);
        expect(event.dedup_key.length).toBeLessThanOrEqual(255);
        expect(event.payload.summary.length).toBeLessThanOrEqual(1024);
        expect(event.payload.summary).not.toBe('');
        expect(['critical', 'error', 'warning', 'info']).toContain(event.payload.severity);
        if (sent.kind !== 'test') expect(event.event_action).toBe(sent.kind === 'resolved' ? 'resolve' : 'trigger');
        if (sent.kind !== 'test') expect(event.dedup_key).toMatch(/^tunnelwatch-i-7-[a-z0-9]+$/);
      },
      garbage: again,
    }),
  alertmanager: () =>
    webBed({
      make: ({ origin }) =>
        alertmanagerNotifier(
          {
            name: 'am',
            peers: [openText(`${origin}/prefix/`)],
            login: { kind: 'basic', username: 'tw', password: secret(CANARY) },
            headers: [{ name: 'x-scope-orgid', value: openText('netops') }],
            labels: { team: 'noc' },
            repeatMs: 60_000,
          },
          web(),
        ),
      good: (_, response) => answer(response, 200, ''),
      check(seen) {
        expect(seen.url).toBe('/prefix/api/v2/alerts');
        expect(seen.headers.authorization).toBe(`Basic ${Buffer.from(`tw:${CANARY}`).toString('base64')}`);
        expect(seen.headers['x-scope-orgid']).toBe('netops');
        const alerts = JSON.parse(seen.body);
        expect(alerts).toHaveLength(1);
        expect(alerts[0].labels).toMatchObject({ team: 'noc', service: 'tunnelwatch' });
        expect(alerts[0].labels).not.toHaveProperty('severity');
        for (const name of Object.keys(alerts[0].labels)) expect(name).toMatch(/^[a-zA-Z_][a-zA-Z0-9_]*$/);
      },
      garbage: again,
    }),
  ntfy: () =>
    webBed({
      make: ({ origin }) =>
        ntfyNotifier(
          {
            name: 'ntfy',
            server: openText(origin),
            topic: secret(`topic-${CANARY}`),
            login: { kind: 'token', token: secret(`tk_${CANARY}`) },
          },
          web(),
        ),
      good: (_, response) => answer(response, 200, '{"id":"a1","event":"message"}'),
      check(seen) {
        expect(seen.headers.authorization).toBe(`Bearer tk_${CANARY}`);
        const message = JSON.parse(seen.body);
        expect(message.topic).toBe(`topic-${CANARY}`);
        expect(Buffer.byteLength(message.message)).toBeLessThanOrEqual(4096);
        expect(message.title).not.toMatch(/[\r\n\0]/);
        expect([1, 2, 3, 4, 5]).toContain(message.priority);
      },
      garbage: again,
    }),
  heartbeat: () =>
    webBed({
      make: ({ origin }) =>
        heartbeatNotifier(
          { name: 'pulse', url: secret(`${origin}/ping/${CANARY}`), method: 'GET', everyMs: 60_000 },
          web(),
        ),
      good: (_, response) => answer(response, 200, 'OK'),
      check: (seen) => expect(seen).toMatchObject({ method: 'GET', url: `/ping/${CANARY}`, body: '' }),
      garbage: { ok: true },
    }),
};
