/** Sends an answer over a real socket the way its `act` says. */
import type { ServerResponse } from 'node:http';
import type { Clock } from '../../engine/clock.ts';
import type { SimReply } from '../contract.ts';
import { dripPieces } from '../faults/drip.ts';

const FILLER = Buffer.alloc(65_536, 0x20);

export function send(reply: SimReply, response: ServerResponse, clock: Clock): void {
  const { act } = reply;
  switch (act.kind) {
    case 'hang':
      if (act.after === 'half') half(reply, response, { 'content-length': String(reply.body.length) });
      // The socket stays open until the client, or the end of the server, closes it.
      return;
    case 'slow': {
      const cancel = clock.after(act.delayMs, () => whole(reply, response));
      response.on('close', cancel);
      return;
    }
    case 'drip':
      drip(reply, response, clock, act.delayMs);
      return;
    case 'truncated':
      half(reply, response, act.framing === 'length' ? { 'content-length': String(reply.body.length) } : {}, () =>
        response.socket?.destroySoon(),
      );
      return;
    case 'reset':
      response.socket?.resetAndDestroy();
      return;
    case 'not-http':
      response.socket?.end('SSH-2.0-OpenSSH_9.6\r\n');
      return;
    case 'endless':
      endless(reply, response, act.limit);
      return;
    default:
      whole(reply, response);
  }
}

function whole(reply: SimReply, response: ServerResponse): void {
  response.writeHead(reply.status, { ...reply.headers, 'content-length': String(reply.body.length) });
  response.end(reply.body);
}

function half(reply: SimReply, response: ServerResponse, framing: Record<string, string>, then?: () => void): void {
  response.writeHead(reply.status, { ...reply.headers, ...framing });
  response.write(reply.body.subarray(0, Math.floor(reply.body.length / 2)), then);
}

function drip(reply: SimReply, response: ServerResponse, clock: Clock, delayMs: number): void {
  const pieces = dripPieces(reply.body.length);
  const size = Math.ceil(reply.body.length / pieces);
  response.writeHead(reply.status, { ...reply.headers, 'content-length': String(reply.body.length) });
  response.flushHeaders();
  let cancel = (): void => {};
  response.on('close', () => cancel());
  const next = (from: number): void => {
    cancel = clock.after(delayMs, () => {
      const to = from + size;
      if (to >= reply.body.length) response.end(reply.body.subarray(from));
      else {
        response.write(reply.body.subarray(from, to));
        next(to);
      }
    });
  };
  next(0);
}

/** Spaces after the proper answer are still JSON: only a cap on the size ends this. */
function endless(reply: SimReply, response: ServerResponse, limit: number): void {
  response.writeHead(reply.status, reply.headers);
  let sent = reply.body.length;
  response.write(reply.body);
  const more = (): void => {
    while (sent < limit) {
      if (response.destroyed) return;
      sent += FILLER.length;
      if (!response.write(FILLER)) {
        response.once('drain', more);
        return;
      }
    }
    response.end();
  };
  more();
}
