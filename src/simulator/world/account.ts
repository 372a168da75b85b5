/** One account as the API sees it: its list at a moment, one tunnel of it, and what writes add. */
import type { AccountId, Instant, Millis } from '../../shared/model.ts';
import type { JsonObject } from '../json.ts';
import { hash32, hexOf } from '../random.ts';
import { sidesOf } from './addresses.ts';
import type { BesidePlan } from './beside.ts';
import type { Colo } from './colos.ts';
import type { AccountPlan } from './compile.ts';
import { type Member, member } from './member.ts';
import type { TunnelPlan } from './tunnel-plan.ts';

export interface AccountWorld {
  readonly id: AccountId;
  readonly name: string;
  /** Cloudflare's internal number of the account. */
  readonly number: number;
  readonly onboarded: boolean;
  readonly colos: readonly Colo[];
  /** Sorted by the name they began with. */
  readonly members: readonly Member[];
  readonly beside: BesidePlan;
  /** No tunnel has changed, or will change, the name it began with. */
  readonly namesStand: boolean;
  /** The whole answer of the list call. The same bytes object as long as nothing changed. */
  listBody(t: Instant, targetObject: boolean): Uint8Array;
  find(id: string, t: Instant): Member | null;
  /** Those that exist at `t`. */
  present(t: Instant): readonly Member[];
  /** A tunnel that did not exist before; it waits for its PSK. */
  add(config: JsonObject, name: string, pskAt: Instant | null, at: Instant): Member;
  /** After `member.written`: forget the list. */
  touched(member: Member): void;
}

interface List {
  readonly from: Instant;
  readonly to: Instant;
  readonly body: Uint8Array;
}

const PREFIX = Buffer.from('{"result":{"ipsec_tunnels":[');
const SUFFIX = Buffer.from(']},"success":true,"errors":[],"messages":[]}');

export function accountWorld(plan: AccountPlan, seed: number, heartbeat: Millis | null): AccountWorld {
  const members: Member[] = [];
  const byId = new Map<string, Member>();
  const recreatable: Member[] = [];
  const lists: (List | null)[] = [null, null];
  let namesStand = true;
  let created = 0;

  function take(tunnel: TunnelPlan, id: string): Member {
    const one = member(tunnel, id, seed, heartbeat);
    members.push(one);
    byId.set(id, one);
    if (tunnel.bindings.some(({ incident }) => incident.what === 'recreated')) recreatable.push(one);
    if (tunnel.bindings.some(({ incident }) => incident.what === 'renamed')) namesStand = false;
    return one;
  }

  for (const tunnel of plan.tunnels.toSorted((a, b) => (a.name < b.name ? -1 : 1))) {
    take(tunnel, hexOf(seed, `${plan.id}/${tunnel.name}`, 32));
  }

  const isCurrent = (one: Member, id: string, t: Instant): boolean => {
    const state = one.stateAt(t);
    return state.present && state.id === id && t >= state.createdAt;
  };

  return {
    id: plan.id,
    name: plan.name,
    number: plan.number,
    onboarded: plan.onboarded,
    colos: plan.colos,
    members,
    beside: plan.beside,
    get namesStand() {
      return namesStand;
    },
    listBody(t, targetObject) {
      const slot = targetObject ? 1 : 0;
      const known = lists[slot];
      if (known !== undefined && known !== null && known.from <= t && t < known.to) return known.body;
      const list = buildList(members, t, targetObject);
      lists[slot] = list;
      return list.body;
    },
    find(id, t) {
      const first = byId.get(id);
      if (first !== undefined && isCurrent(first, id, t)) return first;
      return recreatable.find((one) => isCurrent(one, id, t)) ?? null;
    },
    present: (t) =>
      members.filter((one) => {
        const state = one.stateAt(t);
        return state.present && t >= state.createdAt;
      }),
    add(config, name, pskAt, at) {
      const id = hexOf(seed, `${plan.id}/created/${created++}/${name}`, 32);
      const tunnel = createdPlan(
        plan,
        config,
        name,
        at,
        hash32(seed, id),
        sidesOf(String(config.interface_address ?? '')),
      );
      const one = take(tunnel, id);
      namesStand = false;
      one.written({ at, generation: 0, config, name, pskAt, deleted: false });
      lists.fill(null);
      return one;
    },
    touched() {
      namesStand = false;
      lists.fill(null);
    },
  };
}

function buildList(members: readonly Member[], t: Instant, targetObject: boolean): List {
  let from = -Infinity;
  let to = Infinity;
  const parts: Uint8Array[] = [PREFIX];
  for (const one of members) {
    const fragment = one.fragmentAt(t, targetObject);
    if (fragment.from > from) from = fragment.from;
    if (fragment.to < to) to = fragment.to;
    if (fragment.bytes !== null) parts.push(fragment.bytes);
  }
  const last = parts.length - 1;
  const tail = parts[last];
  if (last > 0 && tail !== undefined) parts[last] = tail.subarray(0, tail.length - 1);
  parts.push(SUFFIX);
  return { from, to, body: Buffer.concat(parts) };
}

function createdPlan(
  account: AccountPlan,
  config: JsonObject,
  name: string,
  at: Instant,
  salt: number,
  pair: { readonly cloudflare: string; readonly customer: string },
): TunnelPlan {
  const schedule = { first: at, length: Infinity, every: null, until: Infinity };
  return {
    accountName: account.name,
    name,
    site: name,
    siteName: '',
    carrier: '',
    endpoint: 0,
    bgp: 'on',
    cloudflareSide: pair.cloudflare,
    customerSide: pair.customer,
    config,
    createdAt: at,
    modifiedAt: at,
    pskAt: null,
    standby: false,
    salt,
    colos: account.colos,
    bindings: [{ incident: { what: 'missing-psk', who: {} }, schedule, salt: 1 }],
  };
}
