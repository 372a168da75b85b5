/**
 * Serves prepared list answers from a process of its own, so that making them costs the measured process nothing.
 * `/same/N/…` repeats one body of N tunnels, `/changed/N/…` gives each time a body in which 1 % of the tunnels differ from
 * the body before. Prints its port.
 */
import { createServer } from 'node:http';
import { listBody } from '../../fixtures/list-body.ts';

const VARIANTS = 12;
const cache = new Map<string, Buffer[]>();
const turn = new Map<string, number>();

function bodies(mode: string, count: number): Buffer[] {
  const key = `${mode}/${count}`;
  let made = cache.get(key);
  if (made === undefined) {
    const variants = mode === 'same' ? 1 : VARIANTS;
    made = Array.from({ length: variants }, (_, v) => Buffer.from(listBody(count, v)));
    cache.set(key, made);
  }
  return made;
}

const server = createServer((request, reply) => {
  const [, mode = 'same', count = '1', who = ''] = (request.url ?? '').split('/');
  const made = bodies(mode, Number(count));
  const key = `${mode}/${count}/${who}`;
  const next = turn.get(key) ?? 0;
  turn.set(key, (next + 1) % made.length);
  const body = made[next] ?? Buffer.alloc(0);
  reply.writeHead(200, { 'content-type': 'application/json', 'content-length': body.length });
  reply.end(body);
});
server.listen(0, '127.0.0.1', () => {
  const address = server.address();
  process.stdout.write(`${typeof address === 'object' && address !== null ? address.port : 0}\n`);
});
process.on('disconnect', () => process.exit(0));
