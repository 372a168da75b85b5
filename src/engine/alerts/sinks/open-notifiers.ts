/** The sinks of the settings, opened: both hosts and the tests begin here. */
import type { SecureContext } from 'node:tls';
import type { Millis } from '../../../shared/model.ts';
import { ok, type Result } from '../../../shared/result.ts';
import type { Clock } from '../../clock.ts';
import type { Transport } from '../../cloudflare/contract.ts';
import { createUndiciTransport, trustedAuthorities } from '../../cloudflare/transport.ts';
import type { SystemProxy } from '../../cloudflare/way.ts';
import type { SecretPlaces } from '../../credentials/secret.ts';
import { readAuthorities } from '../../settings/authorities.ts';
import type { Settings, SinkSettings } from '../../settings/schema.ts';
import { isLoopbackHost } from '../../settings/url.ts';
import type { Notifier } from '../contract.ts';
import { type Desktop, nativeNotifier } from './native.ts';
import { type OpenedSink, openSink, type SinkMachine } from './open-sink.ts';
import { keepingPromises } from './sink.ts';

/** What the machine gives sinks; that of `openEngine` fits. */
export interface NotifierMachine {
  readonly clock: Clock;
  readonly places: SecretPlaces;
  readonly version: string;
  /** The desktop that the host runs on; absent where there is none. */
  readonly desktop?: Desktop | null;
  /** The proxies of the system; absent where a host has no way to ask. */
  readonly systemProxy?: SystemProxy | null;
}

export interface OpenedNotifiers {
  readonly notifiers: readonly Notifier[];
  /** The sink of the desktop that no settings name; `null` where there is no desktop, or the settings name one. */
  readonly own: string | null;
  /** Sentences for the log and the terminal. */
  readonly warnings: readonly string[];
  /** Ends what is under way and closes the connections. */
  close(): Promise<void>;
}

/** For one exchange with a receiver; Slack, the slowest of them, answers within three seconds or not at all. */
const DEADLINE_MS: Millis = 10_000;

function plainHttp({ name }: SinkSettings, { secretPaths }: OpenedSink): string[] {
  const open = secretPaths.flatMap((url) => {
    const known = url.known();
    if (known === null || !URL.canParse(known)) return [];
    const { protocol, hostname, host } = new URL(known);
    return protocol === 'http:' && !isLoopbackHost(hostname) ? [host] : [];
  });
  return open.map((host) => `The sink ${JSON.stringify(name)} sends secrets to ${host} over plain http: use https.`);
}

function plainMail(sink: SinkSettings): string[] {
  const open =
    sink.type === 'email' && sink.tls === 'none' && sink.password !== undefined && !isLoopbackHost(sink.host);
  return open ? [`The sink ${JSON.stringify(sink.name)} sends its password to ${sink.host} without TLS.`] : [];
}

/** Reads each secret once, so that what is missing is known at the start; it is looked for again at each attempt. */
async function lookAtSecrets({ name }: SinkSettings, { secrets }: OpenedSink): Promise<string[]> {
  const read = await Promise.all(secrets.map((secret) => secret.read()));
  return read.flatMap((one) => (one.ok ? [] : [`The sink ${JSON.stringify(name)} cannot be used yet: ${one.error}`]));
}

/**
 * The desktop hears of alerts without a word in the settings. Who names a sink of the type `native` there decides by routes
 * what this desktop hears; a second one would tell everything twice.
 */
function desktopNotifier(sinks: readonly SinkSettings[], desktop: Desktop): Notifier | null {
  if (sinks.some(({ type }) => type === 'native')) return null;
  const taken = sinks.some(({ name }) => name === 'desktop');
  return nativeNotifier({ name: taken ? 'desktop (this computer)' : 'desktop', ...desktop });
}

/**
 * All sinks, in the order of the settings, over connections of their own: a receiver that hangs must not keep polling
 * waiting. A sink whose secret is missing is there all the same; its attempts fail with a sentence until the secret is
 * found. The error is one sentence about the settings.
 */
export async function openNotifiers(
  settings: Pick<Settings, 'alerts' | 'network'>,
  { clock, places, version, desktop = null, systemProxy = null }: NotifierMachine,
): Promise<Result<OpenedNotifiers, string>> {
  const { network } = settings;
  const authorities = await readAuthorities(network.caFile);
  if (!authorities.ok) return authorities;
  const transport: Transport = createUndiciTransport({
    proxy: network.proxy ?? null,
    noProxy: network.noProxy ?? null,
    ca: authorities.value,
    env: places.env,
    systemProxy,
    clock,
  });
  let trusted: SecureContext | null = null;
  const warnings: string[] = [];
  const machine: SinkMachine = {
    web: { transport, clock, userAgent: `tunnelwatch/${version}`, deadlineMs: DEADLINE_MS },
    places,
    desktop,
    trust: () => {
      trusted ??= trustedAuthorities(authorities.value);
      return trusted;
    },
    warn: (sentence) => warnings.push(sentence),
  };
  const opened = settings.alerts.sinks.map((sink) => ({ sink, opened: openSink(sink, machine) }));
  // Together: a locked keychain takes its time, once for all of them.
  const missing = await Promise.all(opened.map(({ sink, opened: one }) => lookAtSecrets(sink, one)));
  for (const [index, { sink, opened: one }] of opened.entries()) {
    warnings.push(...(missing[index] ?? []), ...plainHttp(sink, one), ...plainMail(sink));
    if (sink.type === 'native' && desktop === null) {
      warnings.push(`The sink ${JSON.stringify(sink.name)} shows nothing here: this host has no desktop.`);
    }
  }
  const own = desktop === null ? null : desktopNotifier(settings.alerts.sinks, desktop);
  const named = opened.map(({ opened: one }) => one.notifier);
  return ok({
    notifiers: [...named, ...(own === null ? [] : [own])].map(keepingPromises),
    own: own === null ? null : own.name,
    warnings,
    close: () => transport.close(),
  });
}
