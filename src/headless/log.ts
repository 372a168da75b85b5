/** Logs as JSON lines on stderr. Whatever is called like a secret is struck out, however deep it hangs. */
import { type DestinationStream, destination, type Logger, pino } from 'pino';
import type { BridgeHost } from '../engine/bridge/host.ts';
import type { Clock } from '../engine/clock.ts';
import type { OnBug } from '../engine/contract.ts';
import type { AccountStatus, StoreStatus } from '../shared/model.ts';
import { clockWords } from './health.ts';
import { calmly } from './outlive.ts';

const SECRET = ['token', 'key', 'psk', 'password', 'secret', 'authorization', 'cookie'];

/** `to` is stderr unless a test listens. */
export function createLog(level: string, to: DestinationStream = destination({ dest: 2, sync: true })): Logger {
  const paths = SECRET.flatMap((name) => [name, `*.${name}`, `*.*.${name}`, `*["set-${name}"]`]);
  return pino({ level, base: null, redact: { paths, censor: '•••' }, timestamp: pino.stdTimeFunctions.isoTime }, to);
}

/** Writes bugs down, with their stack, each kind once a minute. */
export function bugLog(log: Logger, clock: Clock): OnBug {
  return calmly(clock, (doing, error, again) => log.error({ err: error, again }, `a bug: ${doing}`));
}

/** Writes down when an account goes blind or sees again, and when store or clock have trouble: what a server's owner looks for. */
export function logHost(host: Pick<BridgeHost, 'subscribe'>, log: Logger): () => void {
  const phases = new Map<string, AccountStatus['phase']>();
  const healthBlind = new Set<string>();
  let store: StoreStatus['problem'] = null;
  let clock: string | null = null;
  return host.subscribe(({ status }) => {
    for (const account of status.accounts) {
      logSight(account, phases, log);
      logHealth(account, healthBlind, log);
    }
    const wrong = clockWords(status.accounts.find(({ clockAheadMs }) => clockAheadMs !== undefined)?.clockAheadMs);
    if (wrong !== null && clock === null) log.warn(`${wrong} The times that we write down are off by as much.`);
    clock = wrong;
    if (status.store.problem === store) return;
    store = status.store.problem;
    if (store === null) log.info('the history is kept on disk again');
    else log.error({ problem: store }, 'the history has trouble');
  });
}

function logSight(account: AccountStatus, phases: Map<string, AccountStatus['phase']>, log: Logger): void {
  if (phases.get(account.id) === account.phase) return;
  phases.set(account.id, account.phase);
  const about = { account: account.name, tunnels: account.tunnels };
  if (account.phase === 'blind') log.warn({ ...about, reason: account.blind?.fault.sentence }, 'blind');
  else if (account.phase === 'seeing') log.info(about, 'seeing');
}

/** Health needs a permission of its own, and can be missing while everything else is there. */
function logHealth({ id, name, healthBlind }: AccountStatus, known: Set<string>, log: Logger): void {
  if ((healthBlind !== null) === known.has(id)) return;
  if (healthBlind === null) {
    known.delete(id);
    log.info({ account: name }, 'seeing health results');
  } else {
    known.add(id);
    log.warn({ account: name, reason: healthBlind.fault.sentence }, 'blind to health results');
  }
}
