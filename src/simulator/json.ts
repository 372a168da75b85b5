/** Any JSON value. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };
export type JsonObject = { readonly [key: string]: Json };
/** A JSON object under construction. */
export type MutableJson = { [key: string]: Json };

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** A copy of `object` with `value` at the dotted `path`; `undefined` removes. Missing parents are made for a set only. */
export function withPath(object: JsonObject, path: string, value: Json | undefined): JsonObject {
  const dot = path.indexOf('.');
  const head = dot < 0 ? path : path.slice(0, dot);
  const copy: MutableJson = { ...object };
  if (dot < 0) {
    if (value === undefined) delete copy[head];
    else copy[head] = value;
    return copy;
  }
  const child = object[head];
  if (!isObject(child) && value === undefined) return object;
  copy[head] = withPath(isObject(child) ? child : {}, path.slice(dot + 1), value);
  return copy;
}

/** The value at a dotted path. */
export function atPath(object: JsonObject, path: string): Json | undefined {
  let here: Json | undefined = object;
  for (const part of path.split('.')) here = isObject(here) ? here[part] : undefined;
  return here;
}
