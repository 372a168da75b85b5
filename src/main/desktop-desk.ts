/** Answers what a page asks about the desktop itself. */
import type { DesktopDesk } from '../engine/bridge/host-calls.ts';
import type { DesktopView } from '../shared/settings.ts';
import type { LoginItem } from './login-item.ts';
import type { Preferences } from './preferences.ts';

/** What stands behind the desk. */
export interface DesktopDeskOptions {
  readonly preferences: Preferences;
  readonly login: LoginItem;
  readonly version: string;
  /** What else this system cannot do, by preference; a sentence each. */
  readonly limits: () => DesktopView['limits'];
  readonly log: (sentence: string) => void;
}

const reasonOf = (error: unknown): string => (error instanceof Error ? error.message : 'unknown cause');

/** The desk of this desktop. What cannot be kept or set is said in the limits, and stays as it was. */
export function createDesktopDesk(options: DesktopDeskOptions): DesktopDesk {
  const { preferences, login, version } = options;
  let trouble: DesktopView['limits'] = {};

  const view = (): DesktopView => ({
    preferences: { ...preferences.current(), startAtLogin: login.isSet() },
    limits: { ...options.limits(), ...(login.limit !== null && { startAtLogin: login.limit }), ...trouble },
    version,
  });

  /** Tries, and keeps a sentence about what went wrong with these preferences. */
  function attempt(names: readonly (keyof DesktopView['limits'])[], work: () => void): void {
    try {
      work();
    } catch (error) {
      const sentence = `This could not be changed: ${reasonOf(error)}.`;
      options.log(sentence);
      trouble = { ...trouble, ...Object.fromEntries(names.map((name) => [name, sentence])) };
    }
  }

  return {
    desktop: async () => view(),
    async setDesktop({ preferences: { startAtLogin, ...change } }) {
      trouble = {};
      if (startAtLogin !== undefined && startAtLogin !== login.isSet() && login.limit === null) {
        attempt(['startAtLogin'], () => login.set(startAtLogin));
      }
      const names = (Object.keys(change) as (keyof typeof change)[]).filter((name) => change[name] !== undefined);
      if (names.length > 0) attempt(names, () => void preferences.change(change));
      return view();
    },
  };
}
