/**
 * Serves the list of 1,000 tunnels from a process of its own; the parent says which of them are down, and is told when that
 * answer is ready. Prints its port.
 */
import { createServer } from 'node:http';
import { apiTunnel } from '../../fixtures/list-body.ts';

const COUNT = 1_000;
const parts = [true, false].map((up) => Array.from({ length: COUNT }, (_, i) => JSON.stringify(apiTunnel(i, up))));

function bodyOf(down: ReadonlySet<number>): Buffer {
  const tunnels = Array.from({ length: COUNT }, (_, i) => parts[down.has(i) ? 1 : 0]?.[i] ?? '');
  return Buffer.from(`{"success":true,"errors":[],"messages":[],"result":{"ipsec_tunnels":[${tunnels.join(',')}]}}`);
}

let body = bodyOf(new Set());
process.on('message', (down: readonly number[]) => {
  body = bodyOf(new Set(down));
  process.send?.('ready');
});
process.on('disconnect', () => process.exit(0));
const server = createServer((_, reply) => {
  reply.writeHead(200, { 'content-type': 'application/json', 'content-length': body.length });
  reply.end(body);
});
server.listen(0, '127.0.0.1', () => {
  const address = server.address();
  process.stdout.write(`${typeof address === 'object' && address !== null ? address.port : 0}\n`);
});
