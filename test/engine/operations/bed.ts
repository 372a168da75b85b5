/** The operations desk over a simulated Cloudflare, by real HTTP, with a ledger on disk. Waiting takes a twentieth of its time. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Clock, systemClock } from '../../../src/engine/clock.ts';
import { type CloudflareClient, createCloudflareClient } from '../../../src/engine/cloudflare/client.ts';
import type { CredentialSource, HttpRequest, Transport } from '../../../src/engine/cloudflare/contract.ts';
import { createUndiciTransport } from '../../../src/engine/cloudflare/transport.ts';
import { memoryVault, type Vault } from '../../../src/engine/credentials/vault.ts';
import { openWriteToken } from '../../../src/engine/credentials/write-token.ts';
import type { Ledger } from '../../../src/engine/ledger/contract.ts';
import { openLedger } from '../../../src/engine/ledger/open-ledger.ts';
import type { KnownTunnel } from '../../../src/engine/operations/contract.ts';
import { createOperationsDesk, type OperationsDesk } from '../../../src/engine/operations/desk.ts';
import { findingsDifference } from '../../../src/engine/operations/findings-difference.ts';
import { hostSentence } from '../../../src/renderer/words/de/host-sentences.ts';
import type { AccountId, Tunnel } from '../../../src/shared/model.ts';
import type { FieldProblem, Operation, OperationPlan, PlanOutcome } from '../../../src/shared/operations.ts';
import { createSimulator, type SimAccount, type Simulator } from '../../../src/simulator/index.ts';
import { POLICY } from '../../fixtures/tunnels.ts';
import { isGerman } from '../../renderer/words/is-german.ts';

export const MINUTE = 60_000;

export interface OperationsBed {
  readonly simulator: Simulator;
  readonly account: SimAccount;
  readonly desk: OperationsDesk;
  readonly ledger: Ledger;
  readonly session: Vault;
  readonly keychain: Vault;
  /** A client with a token of its own, for what others do. */
  readonly other: CloudflareClient;
  /** Every request that the desk made: `PUT /accounts/…`. */
  readonly asked: HttpRequest[];
  readonly writes: () => readonly string[];
  /** Accounts that were looked at after a change. */
  readonly polled: AccountId[];
  tunnels(): Promise<readonly Tunnel[]>;
  tunnel(name: string): Promise<Tunnel | undefined>;
  plan(operation: Operation): Promise<PlanOutcome>;
  planned(operation: Operation): Promise<OperationPlan>;
  close(): Promise<void>;
}

export interface BedParts {
  readonly clock?: Clock;
  readonly ledger?: Ledger;
  readonly unlocked?: boolean;
  readonly known?: (tunnels: readonly Tunnel[]) => readonly KnownTunnel[];
  readonly token?: (account: SimAccount) => string;
}

/** The clock of the machine on which waiting is shortened. */
function hurried(): Clock {
  const clock = systemClock();
  return { ...clock, after: (delay, task) => clock.after(delay > MINUTE ? delay : delay / 20, task) };
}

/** Names and descriptions of the tests, Cloudflare's own words, and what a machine says of a connection. */
const QUOTED = /made-by-test|by test|Cloudflare meldet: [^)]*|\([^()]*\)/g;

/** The same desk; whatever it answers has to be German on a German page. */
function germanToo(desk: OperationsDesk): OperationsDesk {
  const check = (all: readonly Pick<FieldProblem, 'sentence' | 'said' | 'code'>[]): void => {
    for (const { sentence, said, code } of all) if (code === undefined) isGerman(hostSentence(sentence, said), QUOTED);
  };
  return {
    ...desk,
    async plan(args) {
      const made = await desk.plan(args);
      if (!made.planned) check([made, ...made.problems]);
      return made;
    },
    async confirm(args) {
      const outcome = await desk.confirm(args);
      check([outcome, ...outcome.problems, ...outcome.tunnels]);
      return outcome;
    },
  };
}

export async function openOperations(parts: BedParts = {}): Promise<OperationsBed> {
  const folder = mkdtempSync(join(tmpdir(), 'tw-operations-'));
  const clock = parts.clock ?? hurried();
  const simulator = createSimulator({
    scenario: 'calm',
    clock: systemClock(),
    seed: 7,
    origin: Date.now() - 3_600_000,
  });
  const served = await simulator.listen();
  const [account] = simulator.accounts;
  if (account === undefined) throw new Error('no account');
  const apiBase = `${served.url}/client/v4`;
  const asked: HttpRequest[] = [];
  const inner = createUndiciTransport({ proxy: null, noProxy: '*', ca: null, env: {}, clock: systemClock() });
  const transport: Transport = {
    exchange(request) {
      asked.push(request);
      return inner.exchange(request);
    },
    close: () => inner.close(),
  };
  const through = (by: Transport, deadlineMs: number) => (credentials: CredentialSource) =>
    createCloudflareClient({ apiBase, credentials, transport: by, userAgent: 'test', deadlineMs });
  const clientWith = through(transport, 1_000);
  const session = memoryVault();
  const keychain = memoryVault();
  const token = openWriteToken({
    account: { id: account.id, name: account.name, apiBase },
    named: null,
    places: { env: {}, vault: keychain },
    session,
    clock,
  });
  await token.keep(parts.token?.(account) ?? account.writeToken, 'session');
  const opened = openLedger({ path: join(folder, 'ledger.db'), clock });
  if (!opened.ok) throw new Error(opened.error.sentence);
  const ledger = parts.ledger ?? opened.value;
  const other = through(
    inner,
    20_000,
  )({
    budgetKey: 'other',
    refused: () => undefined,
    get: async () => ({ ok: true, value: { kind: 'token', token: account.writeToken } }),
  });
  const tunnels = async (): Promise<readonly Tunnel[]> => {
    const list = await other.listTunnels(account.id);
    if (!list.ok) throw new Error(list.error.sentence);
    return [...list.value.tunnels.values()];
  };
  const start = await tunnels();
  const polled: AccountId[] = [];
  const known = (parts.known ?? ((all) => all.map((tunnel) => ({ tunnel, row: null }))))(start);
  const own = createOperationsDesk({
    clock,
    accounts: [{ id: account.id, name: account.name, token, clientWith }],
    ledger,
    keychain,
    around: {
      known: () => known,
      whatIf: (accountId, changed, removed) =>
        findingsDifference({ accountId, policy: POLICY, now: Date.now() }, start, changed, removed),
      written: (id) => polled.push(id),
    },
  });
  const desk = germanToo(own);
  if (parts.unlocked !== false) await desk.unlock({ accountId: account.id, forMs: 15 * MINUTE, by: 'me' });
  const plan = async (operation: Operation): Promise<PlanOutcome> => desk.plan({ operation });
  return {
    simulator,
    account,
    desk,
    ledger,
    session,
    keychain,
    other,
    asked,
    writes: () =>
      asked
        .filter(({ method, url }) => method !== 'GET' && !url.endsWith('?validate_only=true'))
        .map(({ method, url }) => `${method} ${new URL(url).pathname.split('/magic')[1]}`),
    polled,
    tunnels,
    tunnel: async (name) => (await tunnels()).find((one) => one.name === name),
    plan,
    async planned(operation) {
      const outcome = await plan(operation);
      if (!outcome.planned) throw new Error(`${outcome.sentence} ${JSON.stringify(outcome.problems)}`);
      return outcome.plan;
    },
    async close() {
      desk.lockAll('The test is over.');
      opened.value.close();
      await inner.close();
      await served.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
