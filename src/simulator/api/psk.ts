/** Pre-shared keys: made or set, handed out once, never readable again. */
import { z } from 'zod';
import type { SimReply } from '../contract.ts';
import type { JsonObject, MutableJson } from '../json.ts';
import { lettersOf } from '../random.ts';
import type { Member } from '../world/member.ts';
import { nanos } from '../world/timestamps.ts';
import { failure, success } from './envelope.ts';
import { type Call, notJson, pskMetadata, readJson, written } from './tunnels.ts';
import { problem } from './validation.ts';

const PskRequest = z.object({ psks: z.array(z.object({ id: z.string().max(32), psk: z.string() })).min(1) });

/** A random key of 32 characters; its time in nanoseconds here, in microseconds rounded up from now on. */
export function generate(call: Call, member: Member, seed: number): SimReply {
  const { id } = member.stateAt(call.now);
  const psk = lettersOf(seed, `psk:${id}:${call.now}`, 32);
  if (!call.dryRun) keep(call, member);
  const metadata = { last_generated_on: nanos(call.now, member.plan.salt) };
  return success({ ipsec_tunnel_id: id, psk, psk_metadata: metadata });
}

/** Sets many keys; those that cannot be set are named with the reason, and the others are set all the same. */
export function setMany(call: Call): SimReply {
  const body = readJson(call.body);
  if (body === undefined) return notJson();
  const parsed = PskRequest.safeParse(body);
  if (!parsed.success)
    return failure(
      400,
      parsed.error.issues.map((issue) => problem(issue.path, issue.message)),
    );
  const applied: MutableJson = {};
  const unapplied: MutableJson = {};
  for (const { id, psk } of parsed.data.psks) {
    const member = call.account.find(id, call.now);
    if (member === null) unapplied[id] = 'tunnel not found';
    else if (!/^[!-~]{8,256}$/.test(psk)) unapplied[id] = 'psk must have 8 to 256 printable characters';
    else {
      if (!call.dryRun) keep(call, member);
      applied[id] = appliedPsk(call, member, id, psk);
    }
  }
  return success({ successfully_applied_psks: applied, unapplied_psks: unapplied });
}

function appliedPsk(call: Call, member: Member, id: string, psk: string): JsonObject {
  return {
    ipsec_tunnel_id: id,
    ipsec_id: `${call.account.number}_${id}`,
    psk,
    psk_metadata: pskMetadata(call.now, member),
  };
}

/** The time alone is kept: there is no way to read a key. */
function keep(call: Call, member: Member): void {
  const { config, name, generation } = written(call, member);
  // A new key is no change of the configuration: `modified_on` stays where it was.
  const at = member.write?.at ?? -Infinity;
  member.written({ at, generation, config, name, pskAt: call.now, deleted: false });
  call.account.touched(member);
}
