/** Taking the envelope out of a REST answer with status 2xx. */
import type { Fault, Instant } from '../../shared/model.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import { type Envelope, parseJson, readEnvelope } from './envelope.ts';
import type { Opened } from './exchange.ts';
import { fault } from './fault.ts';
import { factsOf, faultOfReply } from './fault-of-reply.ts';

/** The envelope, if it says `success: true`; a 200 may well say no. */
export function openEnvelope({ reply, context }: Opened, now: Instant): Result<Envelope, Fault> {
  const facts = factsOf(reply, now);
  const value = parseJson(reply.body);
  if (value === undefined) {
    const detail = reply.body.byteLength === 0 ? 'the answer is empty' : null;
    return err(fault('not-json', context, { ...facts, detail }));
  }
  const envelope = readEnvelope(value);
  if (envelope?.success === true) return ok(envelope);
  if (envelope?.success === false) return err(faultOfReply(reply, context, now));
  return err(fault('wrong-shape', context, { ...facts, detail: 'it does not say whether it succeeded' }));
}
