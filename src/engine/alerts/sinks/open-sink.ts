/** One sink of the settings as a notifier, with every secret of it held by its place. */
import type { SecureContext } from 'node:tls';
import type { SecretKind, SecretPlaces } from '../../credentials/secret.ts';
import type { SecretSource } from '../../settings/fields.ts';
import type { SinkSettings } from '../../settings/schema.ts';
import type { Notifier } from '../contract.ts';
import { alertmanagerNotifier } from './alertmanager.ts';
import { commandNotifier } from './command.ts';
import type { WebLogin } from './credentials.ts';
import { emailNotifier } from './email.ts';
import { heartbeatNotifier } from './heartbeat.ts';
import { type HeldSecret, heldSecret, openText } from './held-secret.ts';
import { type Desktop, nativeNotifier } from './native.ts';
import { ntfyNotifier } from './ntfy.ts';
import { PAGERDUTY_URLS, pagerDutyNotifier } from './pagerduty.ts';
import { slackNotifier } from './slack.ts';
import { teamsNotifier } from './teams.ts';
import type { SecretHeader, Web } from './web.ts';
import { webhookNotifier } from './webhook.ts';

/** What a sink needs of its surroundings. */
export interface SinkMachine {
  readonly web: Web;
  readonly places: SecretPlaces;
  readonly trust: () => SecureContext;
  /** `null` where there is none. */
  readonly desktop: Desktop | null;
  readonly warn: (sentence: string) => void;
}

export interface OpenedSink {
  readonly notifier: Notifier;
  /** All its secrets. */
  readonly secrets: readonly HeldSecret[];
  /** Addresses that a secret travels to, or that are one. */
  readonly secretPaths: readonly HeldSecret[];
}

/** A mail takes several exchanges, and the outbox waits 15 s for any attempt. */
const MAIL_DEADLINE_MS = 14_000;
const PORTS = { starttls: 587, implicit: 465, none: 25 } as const;

type Hold = (written: string | SecretSource, kind?: SecretKind) => HeldSecret;

interface Login {
  readonly token?: SecretSource | undefined;
  readonly username?: string | undefined;
  readonly password?: SecretSource | undefined;
}

function loginOf({ token, username, password }: Login, hold: Hold): WebLogin {
  if (token !== undefined) return { kind: 'token', token: hold(token) };
  if (username === undefined || password === undefined) return { kind: 'none' };
  return { kind: 'basic', username, password: hold(password, 'password') };
}

function headersOf(headers: Readonly<Record<string, string | SecretSource>>, hold: Hold): readonly SecretHeader[] {
  return Object.entries(headers).map(([name, value]) => ({ name: name.toLowerCase(), value: hold(value, 'password') }));
}

function build(
  sink: SinkSettings,
  hold: Hold,
  machine: SinkMachine,
  addresses: (url: HeldSecret) => HeldSecret,
): Notifier {
  const { web } = machine;
  const { name } = sink;
  switch (sink.type) {
    case 'webhook':
      return webhookNotifier(
        {
          name,
          url: addresses(hold(sink.url)),
          method: sink.method,
          headers: headersOf(sink.headers, hold),
          contentType: sink.contentType,
          template: sink.template ?? null,
          hmac:
            sink.hmac === undefined ? null : { secret: hold(sink.hmac.secret, 'password'), header: sink.hmac.header },
          updates: sink.updates ?? sink.template === undefined,
        },
        web,
      );
    case 'slack':
      return slackNotifier({ name, url: addresses(hold(sink.url)) }, web);
    case 'teams':
      return teamsNotifier({ name, url: addresses(hold(sink.url)) }, web);
    case 'pagerduty':
      return pagerDutyNotifier(
        { name, url: addresses(hold(sink.url ?? PAGERDUTY_URLS[sink.region])), key: hold(sink.key) },
        web,
      );
    case 'alertmanager':
      return alertmanagerNotifier(
        {
          name,
          peers: sink.urls.map((url) => addresses(hold(url))),
          login: loginOf(sink, hold),
          headers: headersOf(sink.headers, hold),
          labels: sink.labels,
          repeatMs: sink.repeat,
        },
        web,
      );
    case 'ntfy':
      return ntfyNotifier(
        { name, server: addresses(hold(sink.server)), topic: hold(sink.topic), login: loginOf(sink, hold) },
        web,
      );
    case 'email':
      return emailOf(sink, hold, machine);
    case 'command':
      return commandOf(sink, hold, machine);
    case 'heartbeat':
      return heartbeatNotifier({ name, url: addresses(hold(sink.url)), method: sink.method, everyMs: sink.every }, web);
    case 'native':
      return nativeNotifier(machine.desktop === null ? { name, show: null } : { name, ...machine.desktop });
  }
}

type SinkOf<Type extends SinkSettings['type']> = Extract<SinkSettings, { type: Type }>;

function emailOf(sink: SinkOf<'email'>, hold: Hold, { web, trust }: SinkMachine): Notifier {
  const { name, username, password } = sink;
  const login =
    username === undefined || password === undefined ? null : { username, password: hold(password, 'password') };
  return emailNotifier(
    {
      ...{ name, login, host: sink.host, port: sink.port ?? PORTS[sink.tls], tls: sink.tls },
      ...{ from: sink.from, to: sink.to },
    },
    { clock: web.clock, trust, deadlineMs: MAIL_DEADLINE_MS },
  );
}

function commandOf(sink: SinkOf<'command'>, hold: Hold, { web, places }: SinkMachine): Notifier {
  const [program = '', ...args] = sink.command;
  const env = Object.entries(sink.env).map(([name, value]) => ({ name, value: hold(value, 'password') }));
  return commandNotifier(
    { name: sink.name, program, args, env, timeoutMs: sink.timeout, updates: sink.updates },
    web.clock,
    places.env,
  );
}

/** Opens one; reads nothing yet. */
export function openSink(sink: SinkSettings, machine: SinkMachine): OpenedSink {
  const secrets: HeldSecret[] = [];
  const addresses: HeldSecret[] = [];
  const hold: Hold = (written, kind = 'token') => {
    if (typeof written === 'string') return openText(written);
    const held = heldSecret(written, machine.places, kind, machine.warn);
    secrets.push(held);
    return held;
  };
  const notifier = build(sink, hold, machine, (url) => {
    addresses.push(url);
    return url;
  });
  // An address without any secret around it may be read by everybody on the way.
  return { notifier, secrets, secretPaths: secrets.length === 0 ? [] : addresses };
}
