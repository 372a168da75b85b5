/** The calls about the host itself: settings, credentials, the desktop, pauses. */
import type { Calls } from '../../shared/bridge.ts';
import type { Engine } from '../contract.ts';
import type { Handlers } from './host.ts';

/** Calls that only a host which owns its settings can answer. */
export type SettingsCall =
  | 'settings'
  | 'saveSettings'
  | 'saveSettingsText'
  | 'settingsText'
  | 'checkAccount'
  | 'addAccount'
  | 'setToken'
  | 'removeAccount'
  | 'diagnostics';
/** Calls that only a desktop can answer. */
export type DesktopCall = 'desktop' | 'setDesktop';

type Answers<N extends keyof Calls> = {
  readonly [C in N]: (args: Calls[C]['args']) => Promise<Calls[C]['reply']>;
};

/** A host's settings, as its pages may see and change them. */
export type SettingsDesk = Answers<SettingsCall>;
/** A desktop's own preferences. */
export type DesktopDesk = Answers<DesktopCall>;

/** Somebody asks for settings where none can be seen. The message is one sentence for the caller. */
export class NoSettings extends Error {
  constructor() {
    super('The settings of this host cannot be seen or changed from here.');
  }
}

/** Handlers over the desks that a host has; without a desk the call is refused, without a desktop the answer is `null`. */
export function hostHandlers(
  engine: () => Engine,
  settings: SettingsDesk | null,
  desktop: DesktopDesk | null,
): Pick<Handlers, SettingsCall | DesktopCall | 'pause' | 'resume'> {
  const desk = (): SettingsDesk => {
    if (settings === null) throw new NoSettings();
    return settings;
  };
  return {
    settings: (args) => desk().settings(args),
    saveSettings: (args) => desk().saveSettings(args),
    saveSettingsText: (args) => desk().saveSettingsText(args),
    settingsText: (args) => desk().settingsText(args),
    checkAccount: (args) => desk().checkAccount(args),
    addAccount: (args) => desk().addAccount(args),
    setToken: (args) => desk().setToken(args),
    removeAccount: (args) => desk().removeAccount(args),
    diagnostics: (args) => desk().diagnostics(args),
    desktop: (args) => desktop?.desktop(args) ?? null,
    setDesktop: (args) => desktop?.setDesktop(args) ?? null,
    pause({ forMs }) {
      engine().pause(forMs);
      return null;
    },
    resume() {
      engine().resume();
      return null;
    },
  };
}
