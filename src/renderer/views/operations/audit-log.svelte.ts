/** The audit log, newest first, page by page. */
import type { Bridge } from '../../../shared/bridge.ts';
import type { AuditEntry } from '../../../shared/operations.ts';

const PAGE = 50;
/** For exports: all of it, in larger parts. */
const EXPORT_PAGE = 200;

export class AuditLog {
  readonly #bridge: Bridge;
  #entries = $state.raw<readonly AuditEntry[] | null>(null);
  #complete = $state.raw(false);
  #loading = $state.raw(false);
  #problem = $state.raw<string | null>(null);

  constructor(bridge: Bridge) {
    this.#bridge = bridge;
  }

  /** `null` until the host has answered. */
  get entries(): readonly AuditEntry[] | null {
    return this.#entries;
  }
  /** There is nothing older. */
  get complete(): boolean {
    return this.#complete;
  }
  get loading(): boolean {
    return this.#loading;
  }
  get problem(): string | null {
    return this.#problem;
  }

  async older(): Promise<void> {
    if (this.#loading) return;
    this.#loading = true;
    const known = this.#entries ?? [];
    const result = await this.#bridge.call('audit', { before: known.at(-1)?.id ?? null, limit: PAGE });
    this.#loading = false;
    this.#problem = result.ok ? null : result.error.sentence;
    if (!result.ok) return;
    this.#entries = [...known, ...result.value];
    this.#complete = result.value.length < PAGE;
  }

  /** Every entry there is; a sentence when they cannot be read. */
  async all(): Promise<readonly AuditEntry[] | string> {
    const all: AuditEntry[] = [];
    for (;;) {
      const result = await this.#bridge.call('audit', { before: all.at(-1)?.id ?? null, limit: EXPORT_PAGE });
      if (!result.ok) return result.error.sentence;
      all.push(...result.value);
      if (result.value.length < EXPORT_PAGE) return all;
    }
  }
}
