/**
 * Takes the body of a list apart into the bytes of its elements, without parsing them. Two answers half a minute apart are
 * nearly the same bytes, so most elements are recognised by comparing memory with the answer before, and only the others
 * are looked at byte by byte. Nothing here trusts the bytes: elements that are new are parsed by `JSON.parse` afterwards,
 * and so is the rest of the answer, with an empty list in place of the full one.
 */

/** The bytes of one element: start inclusive, end exclusive; and which element of the answer before has the same bytes. */
export interface Slice {
  readonly start: number;
  readonly end: number;
  readonly same: number | null;
}

export interface ListBody {
  readonly body: Buffer;
  readonly slices: readonly Slice[];
}

export interface SplitList extends ListBody {
  /** The answer as if the list were empty, parsed. */
  readonly shell: unknown;
}

const LIST = ['result', 'ipsec_tunnels'] as const;
const [QUOTE, BACKSLASH, COMMA, COLON] = [0x22, 0x5c, 0x2c, 0x3a];
const [OPEN_OBJECT, CLOSE_OBJECT, OPEN_LIST, CLOSE_LIST] = [0x7b, 0x7d, 0x5b, 0x5d];

/**
 * The elements at `result.ipsec_tunnels`, or `null` when the body is not an answer of that form: broken, of another
 * shape, or with a key twice. Whoever gets `null` parses the whole.
 */
export function splitList(body: Buffer, before: ListBody | null): SplitList | null {
  const open = findList(body);
  if (open === null) return null;
  const slices: Slice[] = [];
  let next = 0;
  let at = skipSpace(body, open + 1);
  while (body[at] !== CLOSE_LIST) {
    const same = before === null ? null : recognise(body, at, before, next);
    const old = same === null ? undefined : before?.slices[same];
    const end = old === undefined ? skipValue(body, at) : at + old.end - old.start;
    if (end === null) return null;
    slices.push({ start: at, end, same });
    next = (same ?? next) + 1;
    const after = skipSpace(body, end);
    if (body[after] === CLOSE_LIST) at = after;
    else if (body[after] === COMMA) at = skipSpace(body, after + 1);
    else return null;
    if (body[after] === COMMA && body[at] === CLOSE_LIST) return null;
  }
  const shell = shellOf(body, open, at);
  return shell === undefined ? null : { body, slices, shell };
}

/**
 * Which old element begins here with all its bytes: the next in turn, or, after one was deleted or put in, a neighbour.
 * Elements are objects, which end where they end: equal bytes are an equal element.
 */
function recognise(body: Buffer, at: number, before: ListBody, next: number): number | null {
  for (const candidate of [next, next + 1, next - 1]) {
    const old = before.slices[candidate];
    if (old === undefined || before.body[old.start] !== OPEN_OBJECT) continue;
    const end = at + old.end - old.start;
    if (end <= body.length && body.compare(before.body, old.start, old.end, at, end) === 0) return candidate;
  }
  return null;
}

/** The answer around the list. `undefined` unless it is JSON that holds an empty list where the full one was. */
function shellOf(body: Buffer, open: number, close: number): unknown {
  try {
    const shell: unknown = JSON.parse(body.toString('utf8', 0, open + 1) + body.toString('utf8', close));
    let list: unknown = shell;
    for (const key of LIST) list = typeof list === 'object' && list !== null ? Reflect.get(list, key) : undefined;
    return Array.isArray(list) && list.length === 0 ? shell : undefined;
  } catch {
    return undefined;
  }
}

/** Where the list opens. */
function findList(body: Buffer): number | null {
  let at: number | null = skipSpace(body, 0);
  for (const key of LIST) {
    at = findKey(body, at, key);
    if (at === null) return null;
  }
  return body[at] === OPEN_LIST ? at : null;
}

/** Where the value of a key begins, in the object that begins at `at`. */
function findKey(body: Buffer, at: number, key: string): number | null {
  if (body[at] !== OPEN_OBJECT) return null;
  const wanted = Buffer.from(JSON.stringify(key));
  let here = skipSpace(body, at + 1);
  while (body[here] === QUOTE) {
    const end = skipString(body, here);
    if (end === null) return null;
    const found = end - here === wanted.length && body.compare(wanted, 0, wanted.length, here, end) === 0;
    const colon = skipSpace(body, end);
    if (body[colon] !== COLON) return null;
    const value = skipSpace(body, colon + 1);
    if (found) return value;
    const after = skipValue(body, value);
    if (after === null) return null;
    const comma = skipSpace(body, after);
    if (body[comma] !== COMMA) return null;
    here = skipSpace(body, comma + 1);
  }
  return null;
}

function skipSpace(body: Buffer, at: number): number {
  let here = at;
  for (;;) {
    const byte = body[here];
    if (byte !== 0x20 && byte !== 0x0a && byte !== 0x0d && byte !== 0x09) return here;
    here += 1;
  }
}

/** The end of the string that begins at `at`. */
function skipString(body: Buffer, at: number): number | null {
  for (let here = at + 1; here < body.length; here++) {
    const byte = body[here];
    if (byte === BACKSLASH) here += 1;
    else if (byte === QUOTE) return here + 1;
  }
  return null;
}

/** The end of the value that begins at `at`, by its brackets; `null` where there is none. */
function skipValue(body: Buffer, at: number): number | null {
  let depth = 0;
  for (let here = at; here < body.length; here++) {
    const byte = body[here];
    if (byte === QUOTE) {
      const end = skipString(body, here);
      if (end === null) return null;
      if (depth === 0) return here === at ? end : null;
      here = end - 1;
    } else if (byte === OPEN_OBJECT || byte === OPEN_LIST) {
      depth += 1;
    } else if (byte === CLOSE_OBJECT || byte === CLOSE_LIST) {
      if (depth === 0) return here > at ? here : null;
      depth -= 1;
      if (depth === 0) return here + 1;
    } else if (byte === COMMA && depth === 0) {
      return here > at ? here : null;
    }
  }
  return null;
}
