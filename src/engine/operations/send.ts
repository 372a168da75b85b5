/** The one request of each operation, for asking (`validateOnly`) and for doing alike. */
import { type TunnelKey, tunnelKey, tunnelOf } from '../../shared/model.ts';
import type { NewKey, Operation } from '../../shared/operations.ts';
import type { CloudflareClient } from '../cloudflare/client.ts';
import type { Answer } from '../cloudflare/contract.ts';
import type { WriteOptions } from '../cloudflare/paths.ts';
import type { AppliedPsk } from '../cloudflare/psk-writer.ts';
import type { Replacement } from '../cloudflare/writer.ts';
import type { Target } from './targets.ts';

/** What Cloudflare answered. */
export interface Sent {
  /** Tunnels that were left as they are though the answer is a success, with the reason. */
  readonly refused: ReadonlyMap<TunnelKey, string>;
  readonly newKeys: readonly NewKey[];
  /** Of a tunnel that was created, where the answer names it. */
  readonly created: TunnelKey | null;
}

const NOTHING: Sent = { refused: new Map(), newKeys: [], created: null };

function map<T>(answer: Answer<T>, to: (value: T) => Sent): Answer<Sent> {
  return answer.ok ? { ...answer, value: to(answer.value) } : answer;
}

function newKey({ key, name }: { readonly key: TunnelKey; readonly name: string }, applied: AppliedPsk): NewKey[] {
  const { psk, ipsecId, generatedAt } = applied;
  return psk === null ? [] : [{ key, name, psk, ipsecId, generatedAt }];
}

const replacements = (targets: readonly Target[]): readonly Replacement[] =>
  targets.flatMap(({ base, change }) => (base === null || change === null ? [] : [{ present: base, change }]));

/** A key that came with a draft is told again, so that it can be kept and put into the router. */
function draftedKey(operation: Operation & { kind: 'create' }, created: TunnelKey | null): NewKey[] {
  const { name, psk } = operation.draft;
  if (psk === undefined || created === null) return [];
  return [{ key: created, name, psk, ipsecId: null, generatedAt: null }];
}

/** The same for keys that came with a change. */
function changedKeys(targets: readonly Target[], options: WriteOptions): Sent {
  const newKeys = targets.flatMap(({ key, name, change }): NewKey[] =>
    key === null || change?.psk === undefined || options.validateOnly === true
      ? []
      : [{ key, name, psk: change.psk, ipsecId: null, generatedAt: null }],
  );
  return { ...NOTHING, newKeys };
}

/** Sends what the operation asks for. The tunnels are written as `targets` hold them: read them anew shortly before. */
export async function send(
  client: CloudflareClient,
  operation: Operation,
  targets: readonly Target[],
  options: WriteOptions,
): Promise<Answer<Sent>> {
  switch (operation.kind) {
    case 'create': {
      const answer = await client.createTunnel(operation.accountId, operation.draft, options);
      return map(answer, ({ tunnel }) => {
        const created = tunnel === null || options.validateOnly === true ? null : tunnel.key;
        return { ...NOTHING, created, newKeys: draftedKey(operation, created) };
      });
    }
    case 'bulk-update': {
      const { accountId } = operation;
      return map(await client.replaceTunnels(accountId, replacements(targets), options), () =>
        changedKeys(targets, options),
      );
    }
    case 'psk-set':
      return setKeys(client, operation, targets, options);
    default:
      return sendOne(client, operation, targets, options);
  }
}

async function sendOne(
  client: CloudflareClient,
  operation: Exclude<Operation, { kind: 'create' | 'bulk-update' | 'psk-set' }>,
  targets: readonly Target[],
  options: WriteOptions,
): Promise<Answer<Sent>> {
  const base = targets[0]?.base;
  if (base === undefined || base === null) throw new Error(`${operation.kind} of a tunnel that was not read`);
  const { accountId, id, key, name } = base.tunnel;
  switch (operation.kind) {
    case 'update':
      return map(await client.replaceTunnel(base, operation.change, options), () => changedKeys(targets, options));
    case 'delete':
      return map(await client.deleteTunnel(accountId, id, options), () => NOTHING);
    default: {
      const answer = await client.generatePsk(accountId, id, options);
      return map(answer, (applied) => ({
        ...NOTHING,
        newKeys: options.validateOnly === true ? [] : newKey({ key, name }, applied),
      }));
    }
  }
}

async function setKeys(
  client: CloudflareClient,
  { accountId, keys }: Operation & { kind: 'psk-set' },
  targets: readonly Target[],
  options: WriteOptions,
): Promise<Answer<Sent>> {
  const entries = keys.map(({ key, psk }) => ({ tunnelId: tunnelOf(key), psk }));
  const given = new Map(keys.map(({ key, psk }) => [key, psk]));
  const names = new Map(targets.map(({ key, name }) => [key, name]));
  return map(await client.setPsks(accountId, entries, options), ({ applied, refused }) => ({
    ...NOTHING,
    refused: new Map(refused.map(({ tunnelId, reason }) => [tunnelKey(accountId, tunnelId), reason])),
    newKeys: applied.flatMap((one) => {
      const key = tunnelKey(accountId, one.tunnelId);
      const psk = one.psk ?? given.get(key) ?? null;
      return options.validateOnly === true ? [] : newKey({ key, name: names.get(key) ?? '' }, { ...one, psk });
    }),
  }));
}
