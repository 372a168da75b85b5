/**
 * What a transport throws, as a fault. The codes are those of undici 8, of Node's sockets, resolver, TLS and zlib.
 */
import type { Fault, FaultKind } from '../../shared/model.ts';
import { type FaultContext, fault } from './fault.ts';

/** The headers came and the body did not, or not whole. `cause` is the error as it came. */
export class IncompleteBodyError extends Error {
  override readonly name = 'IncompleteBodyError';
}

/** The body is longer than the request allows. */
export class BodyTooLargeError extends Error {
  override readonly name = 'BodyTooLargeError';
}

/** A proxy would not let us through. `status` is its answer to CONNECT. */
export class ProxyRefusedError extends Error {
  override readonly name = 'ProxyRefusedError';
  readonly status: number;
  constructor(status: number, options?: ErrorOptions) {
    super(`the proxy answered ${status}`, options);
    this.status = status;
  }
}

const KIND_OF_NAME: Readonly<Record<string, FaultKind>> = {
  IncompleteBodyError: 'truncated',
  BodyTooLargeError: 'too-large',
  ProxyRefusedError: 'offline',
  TimeoutError: 'timeout',
  AbortError: 'aborted',
  HTTPParserError: 'not-http',
  SecureProxyConnectionError: 'tls',
};

const KIND_OF_CODE: Readonly<Record<string, FaultKind>> = {
  ECONNREFUSED: 'offline',
  ECONNRESET: 'offline',
  ECONNABORTED: 'offline',
  ENETUNREACH: 'offline',
  ENETDOWN: 'offline',
  EHOSTUNREACH: 'offline',
  EHOSTDOWN: 'offline',
  EADDRNOTAVAIL: 'offline',
  EACCES: 'offline',
  EPERM: 'offline',
  EPIPE: 'offline',
  UND_ERR_SOCKET: 'offline',
  ETIMEDOUT: 'timeout',
  UND_ERR_CONNECT_TIMEOUT: 'timeout',
  UND_ERR_HEADERS_TIMEOUT: 'timeout',
  UND_ERR_BODY_TIMEOUT: 'timeout',
  ENOTFOUND: 'dns',
  ENODATA: 'dns',
  ESERVFAIL: 'dns',
  EREFUSED: 'dns',
  UND_ERR_RES_EXCEEDED_MAX_SIZE: 'too-large',
  UND_ERR_HEADERS_OVERFLOW: 'too-large',
  ERR_BUFFER_TOO_LARGE: 'too-large',
  UND_ERR_RES_CONTENT_LENGTH_MISMATCH: 'truncated',
  UND_ERR_ABORTED: 'aborted',
  UND_ERR_PRX_TLS: 'tls',
  EPROTO: 'tls',
  CERT_HAS_EXPIRED: 'tls',
  CERT_NOT_YET_VALID: 'tls',
  DEPTH_ZERO_SELF_SIGNED_CERT: 'tls',
  SELF_SIGNED_CERT_IN_CHAIN: 'tls',
  HOSTNAME_MISMATCH: 'tls',
  INVALID_CA: 'tls',
};

/** Codes that come in families. */
const KIND_OF_PREFIX: readonly (readonly [string, FaultKind])[] = [
  ['EAI_', 'dns'],
  ['ERR_TLS_', 'tls'],
  ['ERR_SSL_', 'tls'],
  ['CERT_', 'tls'],
  ['UNABLE_TO_', 'tls'],
  ['HPE_', 'not-http'],
  ['Z_', 'truncated'],
  ['ERR_BROTLI', 'truncated'],
  ['ERR__ERROR', 'truncated'],
];

/** What the commonest codes mean, in words. A code that is not here is printed as it is. */
const WORDS_OF_CODE: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'connection refused',
  ECONNRESET: 'connection reset',
  EPIPE: 'connection closed',
  UND_ERR_SOCKET: 'connection closed without an answer',
  ENETUNREACH: 'network unreachable',
  EHOSTUNREACH: 'host unreachable',
  UND_ERR_CONNECT_TIMEOUT: 'no connection',
  ETIMEDOUT: 'no connection',
  ENOTFOUND: 'no such name',
  EAI_AGAIN: 'the resolver does not answer',
  CERT_HAS_EXPIRED: 'its certificate has expired',
  CERT_NOT_YET_VALID: 'its certificate is not valid yet; check the clock of this machine',
  ERR_TLS_CERT_ALTNAME_INVALID: 'its certificate is for another name',
  DEPTH_ZERO_SELF_SIGNED_CERT: 'its certificate is signed by itself',
  SELF_SIGNED_CERT_IN_CHAIN: 'its certificate comes from an authority that this machine does not trust',
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: 'its certificate comes from an authority that this machine does not trust',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'its certificate comes from an authority that this machine does not trust',
  ERR_SSL_WRONG_VERSION_NUMBER: 'the other side does not speak TLS',
  ERR_SSL_PACKET_LENGTH_TOO_LONG: 'the other side does not speak TLS',
};

/**
 * The fault that an error of a transport stands for. What nobody foresaw counts as `offline`, with its code: the
 * monitor then says that it is blind and goes on. The error's own message is never used, it may quote the request.
 */
export function faultOf(error: unknown, context: FaultContext): Fault {
  for (const link of chainOf(error)) {
    const kind = KIND_OF_NAME[link.name] ?? kindOfCode(link.code);
    if (kind === undefined) continue;
    return fault(kind, context, { detail: detailOf(link, kind) });
  }
  const [first] = chainOf(error);
  return fault('offline', context, { detail: first?.code || first?.name || null });
}

/** The kind of that fault alone. */
export function kindOfError(error: unknown): FaultKind {
  const kinds = chainOf(error).map((link) => KIND_OF_NAME[link.name] ?? kindOfCode(link.code));
  return kinds.find((kind) => kind !== undefined) ?? 'offline';
}

interface Link {
  readonly name: string;
  readonly code: string;
  readonly error: Error;
}

/** The error, its causes, and the parts of an aggregate (one for each address that was tried), nearest first. */
function chainOf(error: unknown): Link[] {
  const links: Link[] = [];
  let queue: unknown[] = [error];
  while (queue.length > 0 && links.length < 10) {
    const [next, ...rest] = queue;
    queue = rest;
    if (!(next instanceof Error)) continue;
    const code = 'code' in next && typeof next.code === 'string' ? next.code : '';
    links.push({ name: next.name, code, error: next });
    queue.push(...(next instanceof AggregateError ? next.errors : []), next.cause);
  }
  return links;
}

function kindOfCode(code: string): FaultKind | undefined {
  return KIND_OF_CODE[code] ?? KIND_OF_PREFIX.find(([prefix]) => code.startsWith(prefix))?.[1];
}

function detailOf({ code, error }: Link, kind: FaultKind): string | null {
  if (error instanceof ProxyRefusedError) return proxyWords(error.status);
  const words = WORDS_OF_CODE[code] ?? (code.startsWith('UND_ERR') || code === '' ? null : code);
  return (
    [words, kind === 'offline' || kind === 'dns' ? addressOf(error) : null]
      .filter((part) => part !== null)
      .join(', ') || null
  );
}

function proxyWords(status: number): string {
  if (status === 407) return 'the proxy asks for a name and a password, answer 407';
  return `the proxy did not let us through, answer ${status}`;
}

/** Which address or name failed: with a proxy it is not the host that we asked for. */
function addressOf(error: Error): string | null {
  if ('address' in error && typeof error.address === 'string') {
    return 'port' in error && typeof error.port === 'number' ? `${error.address} port ${error.port}` : error.address;
  }
  return 'hostname' in error && typeof error.hostname === 'string' ? error.hostname : null;
}
