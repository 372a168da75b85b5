/** Asks a running host: its `/healthz` and the board at the head of its event stream. */
import { request } from 'undici';
import { z } from 'zod';
import type { BoardMessage } from '../shared/bridge.ts';
import { err, ok, type Result } from '../shared/result.ts';
import type { Health } from './health.ts';

export interface HostAnswer {
  readonly health: Health;
  readonly board: BoardMessage;
}

const DEADLINE_MS = 5_000;
/** Room for the board of 50,000 tunnels. */
const MAX_BYTES = 64 * 1_048_576;

/** What we rely on; the rest of both answers is ours by contract. */
const healthShape = z.looseObject({ status: z.string(), accounts: z.array(z.looseObject({ status: z.string() })) });
const boardShape = z.looseObject({ type: z.literal('board'), rows: z.array(z.looseObject({ key: z.string() })) });

/** The first `data:` line of an event stream. */
async function firstEvent(body: AsyncIterable<Buffer>): Promise<string> {
  const parts: Buffer[] = [];
  let bytes = 0;
  for await (const part of body) {
    parts.push(part);
    bytes += part.length;
    if (bytes > MAX_BYTES) throw new Error('too large');
    if (!part.includes('\n\n')) continue;
    const found = /^data: (.*)\n\n/m.exec(Buffer.concat(parts).toString('utf8'));
    if (found?.[1] !== undefined) return found[1];
  }
  throw new Error('closed');
}

/** The error is one sentence. `token` is the access token of an open server. */
export async function askHost(url: string, token: string | null): Promise<Result<HostAnswer, string>> {
  const headers = token === null ? {} : { authorization: `Bearer ${token}` };
  const signal = AbortSignal.timeout(DEADLINE_MS);
  try {
    const healthReply = await request(new URL('/healthz', url), { headers, signal });
    const health: unknown = await healthReply.body.json();
    const events = await request(new URL('/events', url), { headers, signal });
    if (events.statusCode === 401) {
      return err(`${url} wants its access token: set TUNNELWATCH_TOKEN, or name its config file with --config.`);
    }
    if (events.statusCode !== 200) return err(`${url} answered ${events.statusCode}; is that Tunnelwatch?`);
    const board: unknown = JSON.parse(await firstEvent(events.body));
    events.body.destroy();
    if (!isHealth(health) || !isBoard(board)) return err(`${url} does not answer as Tunnelwatch does.`);
    return ok({ health, board });
  } catch (error) {
    if (error instanceof SyntaxError) return err(`${url} does not answer as Tunnelwatch does.`);
    if (signal.aborted) return err(`${url} did not answer within ${DEADLINE_MS / 1000} s.`);
    const code = error instanceof Error && 'code' in error ? ` (${String(error.code)})` : '';
    return err(`No host answers at ${url}${code}; is \`tunnelwatch serve\` running?`);
  }
}

function isHealth(value: unknown): value is Health {
  return healthShape.safeParse(value).success;
}
function isBoard(value: unknown): value is BoardMessage {
  return boardShape.safeParse(value).success;
}
