/** Reading the body of an answer: collected once, decoded, never longer than allowed. */
import type { Readable } from 'node:stream';
import { promisify } from 'node:util';
import { brotliDecompress, gunzip, inflate } from 'node:zlib';
import { BodyTooLargeError, IncompleteBodyError } from './fault-of-error.ts';

const DECODERS = {
  gzip: promisify(gunzip),
  'x-gzip': promisify(gunzip),
  deflate: promisify(inflate),
  br: promisify(brotliDecompress),
} as const;

/**
 * The whole body. Rejects with `BodyTooLargeError` as soon as it is longer than `maxBytes`, on the wire or decoded, and
 * with `IncompleteBodyError` when it breaks off or cannot be decoded.
 */
export async function readBody(
  stream: Readable,
  encoding: string | undefined,
  maxBytes: number,
  signal: AbortSignal,
): Promise<Uint8Array> {
  const raw = await collect(stream, maxBytes, signal);
  const names = (encoding ?? '').toLowerCase().split(',');
  let body = raw;
  for (const name of names.map((part) => part.trim()).reverse()) {
    if (name === '' || name === 'identity' || body.byteLength === 0) continue;
    body = await decode(body, name, maxBytes);
  }
  return body;
}

async function collect(stream: Readable, maxBytes: number, signal: AbortSignal): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let length = 0;
  try {
    for await (const chunk of stream) {
      length += chunk.length;
      // Leaving the loop destroys the stream, and with it the connection.
      if (length > maxBytes) throw new BodyTooLargeError(`more than ${maxBytes} bytes`);
      chunks.push(chunk);
    }
  } catch (error) {
    if (signal.aborted || error instanceof BodyTooLargeError) throw error;
    throw new IncompleteBodyError('the body broke off', { cause: error });
  }
  const [only] = chunks;
  return chunks.length === 1 && only !== undefined ? only : Buffer.concat(chunks, length);
}

async function decode(body: Buffer, name: string, maxBytes: number): Promise<Buffer> {
  if (!(name in DECODERS)) throw new IncompleteBodyError(`unknown encoding ${name.slice(0, 20)}`);
  try {
    // Off the main thread, and stopped by zlib itself when the output grows too long.
    return await DECODERS[name as keyof typeof DECODERS](body, { maxOutputLength: maxBytes });
  } catch (error) {
    if (error instanceof RangeError && 'code' in error && error.code === 'ERR_BUFFER_TOO_LARGE') {
      throw new BodyTooLargeError(`more than ${maxBytes} bytes when decoded`, { cause: error });
    }
    throw new IncompleteBodyError('the body cannot be decoded', { cause: error });
  }
}
