/**
 * Runs a program for each notice, without a shell: no text of others is ever read as a command. The notice comes as JSON on
 * its standard input (that of the generic webhook) and, in short, as variables `TUNNELWATCH_…`. Of our own environment it
 * sees only what programs need to run. Exit code 0 means told; everything else is tried again.
 */
import { type ChildProcess, spawn } from 'node:child_process';
import { basename } from 'node:path';
import type { NoticeKind } from '../../../shared/alerts.ts';
import type { Millis } from '../../../shared/model.ts';
import type { Clock } from '../../clock.ts';
import { foreignText } from '../../cloudflare/fault.ts';
import type { Attempt, Notice, Notifier } from '../contract.ts';
import { withDeadline } from './deadline.ts';
import { couldBeSecret, type HeldSecret } from './held-secret.ts';
import { extentWords } from './labels.ts';
import { cut, oneLine, safeLink } from './plain.ts';
import { delivered, notYet, refused, sentenceOf } from './sink.ts';
import { webhookBody } from './webhook-body.ts';
import { deliveryKey, details, headline } from './words.ts';

export interface CommandOptions {
  readonly name: string;
  readonly program: string;
  readonly args: readonly string[];
  /** Further variables. */
  readonly env: readonly { readonly name: string; readonly value: HeldSecret }[];
  readonly timeoutMs: Millis;
  readonly updates: boolean;
}

type Environment = Readonly<Record<string, string | undefined>>;

/** What programs of all kinds rely on; tokens and passwords of ours are not among it. */
const PASSED_ON = [
  ...['PATH', 'HOME', 'USER', 'LOGNAME', 'SHELL', 'LANG', 'LC_ALL', 'LC_CTYPE', 'TZ', 'TMPDIR', 'XDG_RUNTIME_DIR'],
  ...['DBUS_SESSION_BUS_ADDRESS', 'DISPLAY', 'WAYLAND_DISPLAY'],
  ...['Path', 'PATHEXT', 'SystemRoot', 'SYSTEMROOT', 'SystemDrive', 'windir', 'ComSpec', 'TEMP', 'TMP'],
  ...['USERPROFILE', 'APPDATA', 'LOCALAPPDATA', 'ProgramData', 'ProgramFiles'],
];
const MOST_OUTPUT = 4096;
const LONGEST_VARIABLE = 2000;

function variablesOf(notice: Notice, id: string): Record<string, string> {
  const { incident, kind } = notice;
  const { sentence, lines } = details(notice);
  const values: Record<string, string> = {
    KIND: kind,
    STATUS: kind === 'resolved' ? 'resolved' : 'firing',
    SEVERITY: incident.severity,
    TITLE: oneLine(notice.text.title),
    HEADLINE: headline(notice),
    SENTENCE: sentence,
    LINES: lines.join('\n'),
    INCIDENT: incident.id,
    CAUSE: incident.cause.kind,
    EXTENT: extentWords(incident.cause),
    RULES: incident.rules.join(','),
    ACCOUNTS: incident.accountIds.map((account) => oneLine(notice.accounts[account] ?? account)).join(', '),
    TUNNELS: String(incident.tunnels),
    LINK: safeLink(notice.link) ?? '',
    DELIVERY: deliveryKey(notice, id),
  };
  return Object.fromEntries(
    Object.entries(values).map(([name, value]) => [`TUNNELWATCH_${name}`, cut(value, LONGEST_VARIABLE)]),
  );
}

interface Ended {
  readonly code: number | null;
  readonly killedBy: string | null;
  readonly error: string | null;
  readonly output: string;
}

/** The program with everything that it started; Windows knows no groups. */
function end(child: ChildProcess): void {
  try {
    if (process.platform !== 'win32' && child.pid !== undefined) process.kill(-child.pid, 'SIGKILL');
    else child.kill('SIGKILL');
  } catch {
    // It has ended by itself.
  }
}

/** How long the output of a program that has ended is waited for: something that it left behind may hold the pipes. */
const LINGER_MS: Millis = 500;

function run(
  options: CommandOptions,
  env: Environment,
  input: string,
  signal: AbortSignal,
  clock: Clock,
): Promise<Ended> {
  const { promise, resolve } = Promise.withResolvers<Ended>();
  const child = spawn(options.program, [...options.args], {
    shell: false,
    env: { ...env },
    stdio: ['pipe', 'pipe', 'pipe'],
    detached: process.platform !== 'win32',
    windowsHide: true,
  });
  const heard: Buffer[] = [];
  let length = 0;
  const hear = (chunk: Buffer): void => {
    // Read to the end, so that nobody waits for us, and kept up to a limit.
    if (length < MOST_OUTPUT) heard.push(chunk.subarray(0, MOST_OUTPUT - length));
    length += chunk.length;
  };
  const output = (): string => Buffer.concat(heard).toString('utf8');
  const stop = (): void => end(child);
  let cancel = (): void => {};
  const finish = (ended: Omit<Ended, 'output'>): void => {
    signal.removeEventListener('abort', stop);
    cancel();
    for (const stream of [child.stdin, child.stdout, child.stderr]) stream.destroy();
    resolve({ ...ended, output: output() });
  };
  child.stdout.on('data', hear);
  child.stderr.on('data', hear);
  // A program that does not read its input is no failure.
  child.stdin.on('error', () => {});
  child.on('error', (error) =>
    finish({ code: null, killedBy: null, error: 'code' in error ? String(error.code) : error.name }),
  );
  child.on('close', (code, killedBy) => finish({ code, killedBy, error: null }));
  child.on('exit', (code, killedBy) => {
    cancel = clock.after(LINGER_MS, () => finish({ code, killedBy, error: null }));
  });
  signal.addEventListener('abort', stop, { once: true });
  if (signal.aborted) stop();
  child.stdin.end(input);
  return promise;
}

const TROUBLE: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such program',
  EACCES: 'it may not be run by the user who runs Tunnelwatch',
};

function outcome(program: string, ended: Ended, secrets: readonly string[]): Attempt {
  if (ended.error !== null) {
    const sentence = `${program} could not be started: ${TROUBLE[ended.error] ?? ended.error}.`;
    // Out of memory or of processes passes; a program that is not there does not come by itself.
    return ended.error in TROUBLE ? refused(sentence) : notYet(sentence);
  }
  const words = foreignText(ended.output, secrets);
  const said = words === '' ? '' : `: ${cut(words, 200)}`;
  if (ended.code === 0) return delivered(`${program} ended well${said}.`);
  const how = ended.code === null ? `was ended by ${ended.killedBy}` : `ended with code ${ended.code}`;
  return notYet(`${program} ${how}${said}.`);
}

/** `own` is our environment. */
export function commandNotifier(options: CommandOptions, clock: Clock, own: Environment): Notifier {
  const { name, timeoutMs } = options;
  const program = basename(options.program.replaceAll('\\', '/'));
  const kinds: NoticeKind[] = ['firing', 'worse', 'reminder', 'escalation', 'resolved', 'test'];

  async function attempt(notice: Notice, id: string, signal: AbortSignal, late: () => boolean): Promise<Attempt> {
    const env: Record<string, string | undefined> = Object.fromEntries(PASSED_ON.map((key) => [key, own[key]]));
    const secrets: string[] = [];
    for (const { name: key, value } of options.env) {
      const read = await value.read();
      if (!read.ok) return notYet(sentenceOf(`The variable ${key} has no value: ${read.error}`));
      env[key] = read.value;
      if (value.secret || couldBeSecret(read.value)) secrets.push(read.value);
    }
    const input = JSON.stringify(webhookBody(notice, name));
    const ended = await run(options, { ...env, ...variablesOf(notice, id) }, input, signal, clock);
    if (late()) return notYet(`${program} did not end within ${Math.round(timeoutMs / 1000)} s and was stopped.`);
    return outcome(program, ended, secrets);
  }

  return {
    name,
    type: 'command',
    target: program,
    kinds: options.updates ? [...kinds, 'update'] : kinds,
    deliver: (notice, id, signal) =>
      withDeadline(clock, timeoutMs, signal, (until, late) => attempt(notice, id, until, late)),
  };
}
