/**
 * Where a sandboxed preload runs: a fresh JavaScript world whose `require` knows what Electron's sandbox knows, and a
 * context bridge that copies what crosses it. It runs the file as built.
 */
import { EventEmitter } from 'node:events';
import { readFileSync } from 'node:fs';
import * as timers from 'node:timers';
import * as url from 'node:url';
import { fileURLToPath } from 'node:url';
import vm from 'node:vm';

/** The preload as electron-vite writes it. */
export const BUILT_PRELOAD = fileURLToPath(new URL('../../out/preload/index.cjs', import.meta.url));

type Callable = (...args: unknown[]) => unknown;
const isFunction = (value: unknown): value is Callable => typeof value === 'function';
const isPromise = (value: unknown): value is Promise<unknown> =>
  typeof value === 'object' && value !== null && 'then' in value && isFunction(value.then);

/**
 * A value on its way through the context bridge: plain data is copied, a function becomes another function that copies
 * its arguments and its result, a promise another promise. Anything else is refused, as Electron does.
 */
export function throughBridge(value: unknown): unknown {
  if (isFunction(value)) return (...args: unknown[]) => throughBridge(value(...args.map(throughBridge)));
  if (isPromise(value)) {
    return value.then(throughBridge, (error: unknown) => Promise.reject(new Error(String(error))));
  }
  // What is no object has nothing to copy; a symbol is refused.
  if (typeof value !== 'object' || value === null) return typeof value === 'symbol' ? structuredClone(value) : value;
  if (Array.isArray(value)) return value.map(throughBridge);
  if (value instanceof EventEmitter) throw new Error('An event emitter must not cross the context bridge');
  return Object.freeze(Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, throughBridge(inner)])));
}

/** What a preload left behind. */
export interface PreloadRun {
  /** Everything that was asked of `require`, in order. */
  readonly required: readonly string[];
  /** The globals of the page's world. */
  readonly exposed: ReadonlyMap<string, unknown>;
  /** The same before they were copied, to look at what the preload meant to hand over. */
  readonly handedOver: ReadonlyMap<string, unknown>;
}

/** Runs `code` as a sandboxed preload over the given `ipcRenderer`. Throws as the sandbox does for any other module. */
export function runPreload(code: string, ipcRenderer: unknown): PreloadRun {
  const required: string[] = [];
  const exposed = new Map<string, unknown>();
  const handedOver = new Map<string, unknown>();
  const contextBridge = {
    exposeInMainWorld(name: string, api: unknown): void {
      if (exposed.has(name)) throw new Error(`Cannot bind an API on top of an existing property on the window object`);
      handedOver.set(name, api);
      exposed.set(name, throughBridge(api));
    },
  };
  contextBridge satisfies Pick<Electron.ContextBridge, 'exposeInMainWorld'>;

  const modules: Readonly<Record<string, unknown>> = {
    electron: { contextBridge, ipcRenderer },
    events: { EventEmitter },
    timers,
    url,
  };
  const require = (id: string): unknown => {
    required.push(id);
    const found = modules[id.replace(/^node:/, '')];
    if (found === undefined) throw new Error(`module not found: ${id}`);
    return found;
  };
  const context = vm.createContext({ console });
  const wrapped = vm.runInContext(`(function (require, module, exports) {${code}\n})`, context, {
    filename: BUILT_PRELOAD,
  });
  const module = { exports: {} };
  wrapped(require, module, module.exports);
  return { required, exposed, handedOver };
}

/** The source of the built preload. */
export function builtPreload(): string {
  return readFileSync(BUILT_PRELOAD, 'utf8');
}
