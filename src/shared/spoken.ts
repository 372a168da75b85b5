/** The shape that a catalogue of words has in every language. */

type IsUnion<T, U = T> = T extends U ? ([U] extends [T] ? false : true) : never;

/**
 * What another language has to offer for a part of the catalogue: every name, a text for a text, a function for a function.
 * Sets of words that code decides by (`'good' | 'bad'`) stay as they are.
 */
export type Spoken<T> = [T] extends [string]
  ? IsUnion<T> extends true
    ? T
    : string
  : T extends (...args: never[]) => unknown
    ? T
    : T extends object
      ? { readonly [K in keyof T]: Spoken<T[K]> }
      : T;
