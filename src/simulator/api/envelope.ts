/** Cloudflare's envelope around every REST answer. */
import type { SimReply } from '../contract.ts';
import { WHOLE } from '../faults/fault.ts';
import type { Json, MutableJson } from '../json.ts';

export interface ApiProblem {
  readonly code: number;
  readonly message: string;
  /** JSON pointer into the request body. */
  readonly pointer?: string;
  readonly chain?: readonly ApiProblem[];
}

const encoder = new TextEncoder();
const JSON_TYPE = { 'content-type': 'application/json' };

export function success(result: Json): SimReply {
  return bytes(200, encoder.encode(JSON.stringify({ result, success: true, errors: [], messages: [] })));
}

export function failure(status: number, problems: readonly ApiProblem[]): SimReply {
  const body = { result: null, success: false, errors: problems.map(worded), messages: [] };
  return bytes(status, encoder.encode(JSON.stringify(body)));
}

/** An answer whose JSON is ready. */
export function bytes(status: number, body: Uint8Array): SimReply {
  return { status, headers: JSON_TYPE, body, act: WHOLE };
}

function worded(problem: ApiProblem): Json {
  const item: MutableJson = { code: problem.code, message: problem.message };
  if (problem.pointer !== undefined) item.source = { pointer: problem.pointer };
  if (problem.chain !== undefined) item.error_chain = problem.chain.map(worded);
  return item;
}
