/**
 * The names of an account's tunnels, both ways. Health results are joined by name, so the way from name to tunnel must
 * know when a name is ambiguous.
 */
import type { TunnelKey } from '../../shared/model.ts';

export class Roster {
  readonly #names = new Map<TunnelKey, string>();
  readonly #byName = new Map<string, TunnelKey[]>();

  get names(): ReadonlyMap<TunnelKey, string> {
    return this.#names;
  }

  /** The one tunnel of that name; `undefined` when there is none or more than one: better no data than wrong data. */
  only(name: string): TunnelKey | undefined {
    const keys = this.#byName.get(name);
    return keys?.length === 1 ? keys[0] : undefined;
  }

  set(key: TunnelKey, name: string): void {
    if (this.#names.get(key) === name) return;
    this.delete(key);
    this.#names.set(key, name);
    const keys = this.#byName.get(name);
    if (keys === undefined) this.#byName.set(name, [key]);
    else keys.push(key);
  }

  delete(key: TunnelKey): void {
    const name = this.#names.get(key);
    if (name === undefined) return;
    this.#names.delete(key);
    const rest = (this.#byName.get(name) ?? []).filter((k) => k !== key);
    if (rest.length === 0) this.#byName.delete(name);
    else this.#byName.set(name, rest);
  }
}
