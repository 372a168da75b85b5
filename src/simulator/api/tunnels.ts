/** The seven operations on IPsec tunnels and the bulk PSK call. Wrappers differ from operation to operation. */
import type { Instant } from '../../shared/model.ts';
import type { SimReply } from '../contract.ts';
import { atPath, isObject, type Json, type JsonObject, type MutableJson } from '../json.ts';
import type { AccountWorld } from '../world/account.ts';
import type { Member } from '../world/member.ts';
import { nanosRoundedUp } from '../world/timestamps.ts';
import { type ApiProblem, bytes, failure, success } from './envelope.ts';
import { type Against, problem, readTunnel, type Wanted } from './validation.ts';

/** One call on an account's tunnels, already let in. */
export interface Call {
  readonly account: AccountWorld;
  readonly now: Instant;
  readonly body: string | null;
  /** `x-magic-new-hc-target: true`. */
  readonly targetObject: boolean;
  /** `validate_only=true`: say what would happen and let nothing happen. */
  readonly dryRun: boolean;
}

/** All tunnels, from bytes that are kept as long as nothing changes. */
export function list({ account, now, targetObject }: Call): SimReply {
  return bytes(200, account.listBody(now, targetObject));
}

/** One tunnel, wrapped. */
export function get({ now, targetObject }: Call, member: Member): SimReply {
  return success({ ipsec_tunnel: member.wireAt(now, targetObject) });
}

/** A new tunnel; the answer is the tunnel itself, without a wrapper. 400 with pointers when it may not be. */
export function create(call: Call): SimReply {
  const body = readJson(call.body);
  if (body === undefined) return notJson();
  const wanted = readTunnel(body, against(call, []));
  if (Array.isArray(wanted)) return failure(400, wanted);
  if (call.dryRun) return success({ ...shown(wanted.config, call, ''), psk_metadata: {} });
  const pskAt = wanted.psk === null ? null : call.now;
  const member = call.account.add(wanted.config, wanted.name, pskAt, call.now);
  return success(member.wireAt(call.now, call.targetObject));
}

/** One tunnel changed; `modified` is false when the request asks for what is there already. */
export function update(call: Call, member: Member): SimReply {
  const body = readJson(call.body);
  if (!isObject(body)) return notJson();
  const wanted = readTunnel(mergedRequest(call, member, body), against(call, [member]));
  if (Array.isArray(wanted)) return failure(400, wanted);
  if (call.dryRun) return success({ modified: true, modified_ipsec_tunnel: preview(call, member, wanted) });
  const modified = write(call, member, wanted);
  return success({ modified, modified_ipsec_tunnel: member.wireAt(call.now, call.targetObject) });
}

/** All or nothing. The body is a list of tunnels, bare or as `ipsec_tunnels`, or one tunnel; each names its `id`. */
export function bulkUpdate(call: Call): SimReply {
  const body = readJson(call.body);
  if (body === undefined) return notJson();
  const items = itemsOf(body);
  const problems: ApiProblem[] = [];
  const planned: { member: Member; wanted: Wanted }[] = [];
  for (const [index, item] of items.entries()) {
    const id = isObject(item) ? item.id : undefined;
    const member = typeof id === 'string' ? call.account.find(id, call.now) : null;
    if (!isObject(item) || typeof id !== 'string') problems.push(problem([index, 'id'], 'is required'));
    else if (member === null) problems.push({ code: 1032, message: `tunnel ${id} not found`, pointer: `/${index}/id` });
    else {
      const wanted = readTunnel(mergedRequest(call, member, item), against(call, [member]), `/${index}`);
      if (Array.isArray(wanted)) problems.push(...wanted);
      else planned.push({ member, wanted });
    }
  }
  if (items.length === 0) problems.push(problem([], 'names no tunnel'));
  if (problems.length > 0) return failure(400, problems);
  if (call.dryRun) {
    const previews = planned.map(({ member, wanted }) => preview(call, member, wanted));
    return success({ modified: true, modified_ipsec_tunnels: previews });
  }
  const modified = planned.map(({ member, wanted }) => write(call, member, wanted)).some(Boolean);
  const tunnels = planned.map(({ member }) => member.wireAt(call.now, call.targetObject));
  return success({ modified, modified_ipsec_tunnels: tunnels });
}

/** One tunnel gone; the answer shows it a last time. */
export function remove(call: Call, member: Member): SimReply {
  const tunnel = member.wireAt(call.now, call.targetObject);
  if (!call.dryRun) {
    const { config, name, pskAt, generation } = written(call, member);
    member.written({ at: call.now, generation, config, name, pskAt, deleted: true });
    call.account.touched(member);
  }
  return success({ deleted: true, deleted_ipsec_tunnel: tunnel });
}

/** Cloudflare merges nothing by its schema, yet its own guides send single fields; both work here. */
function mergedRequest(call: Call, member: Member, body: JsonObject): JsonObject {
  const now = member.wireAt(call.now, call.targetObject);
  const merged: MutableJson = { ...now };
  const saved = atPath(member.wireAt(call.now, true), 'health_check.target.saved') ?? '';
  if (isObject(now.health_check))
    merged.health_check = { ...now.health_check, target: call.targetObject ? { saved } : saved };
  for (const [key, value] of Object.entries(body)) {
    const old = merged[key];
    if (value === null) delete merged[key];
    else merged[key] = key === 'health_check' && isObject(old) && isObject(value) ? { ...old, ...value } : value;
  }
  return merged;
}

/** Applies a change and says whether it changed anything. A key of one's own counts as generated only if it is the first. */
function write(call: Call, member: Member, wanted: Wanted): boolean {
  const before = written(call, member);
  // As it is shown, with whatever is wrong with it; what could not be asked for is another configuration in any case.
  const shownNow = readTunnel(mergedRequest(call, member, {}), against(call, [member]));
  const changed =
    Array.isArray(shownNow) || JSON.stringify(sorted(shownNow.config)) !== JSON.stringify(sorted(wanted.config));
  if (!changed && wanted.psk === null) return false;
  const first = typeof member.stateAt(call.now).psk !== 'number';
  const pskAt = wanted.psk !== null && first ? call.now : before.pskAt;
  const { generation } = before;
  member.written({ at: call.now, generation, config: wanted.config, name: wanted.name, pskAt, deleted: false });
  call.account.touched(member);
  return true;
}

interface Written {
  readonly config: JsonObject;
  readonly name: string;
  readonly pskAt: Instant | null;
  readonly generation: number;
}

/** What counts at the moment, whoever wrote it. */
export function written(call: Call, member: Member): Written {
  const state = member.stateAt(call.now);
  const current = member.write?.generation === state.generation ? member.write : null;
  const config = current?.config ?? member.plan.config;
  return {
    config: { ...config, name: state.name },
    name: state.name,
    pskAt: current?.pskAt ?? null,
    generation: state.generation,
  };
}

function sorted(config: JsonObject): Json {
  return Object.fromEntries(Object.entries(config).toSorted(([a], [b]) => (a < b ? -1 : 1)));
}

function preview(call: Call, member: Member, wanted: Wanted): JsonObject {
  return { ...member.wireAt(call.now, call.targetObject), ...shown(wanted.config, call, member.plan.customerSide) };
}

/** A configuration that is not kept, with its target in the form that was asked for. */
function shown(config: JsonObject, call: Call, customerSide: string): JsonObject {
  const check = config.health_check;
  if (!isObject(check) || typeof check.target !== 'string') return config;
  const saved = check.target;
  const effective = saved || (check.direction === 'bidirectional' ? customerSide : (config.customer_endpoint ?? ''));
  return { ...config, health_check: { ...check, target: call.targetObject ? { effective, saved } : effective } };
}

function against(call: Call, without: readonly Member[]): Against {
  const { account, now, targetObject } = call;
  const others = account.present(now).filter((member) => !without.includes(member));
  return { others, now, accountNumber: account.number, targetObject };
}

function itemsOf(body: Json): readonly Json[] {
  if (Array.isArray(body)) return body;
  if (!isObject(body)) return [];
  const inner = body.ipsec_tunnels;
  return Array.isArray(inner) ? inner : [body];
}

export function pskMetadata(at: Instant, member: Member): JsonObject {
  return { last_generated_on: nanosRoundedUp(at, member.plan.salt) };
}

/** `undefined` when the text is no JSON. */
export function readJson(text: string | null): Json | undefined {
  try {
    return JSON.parse(text ?? '');
  } catch {
    return undefined;
  }
}

export function notJson(): SimReply {
  return failure(400, [problem([], 'must be a JSON object')]);
}
