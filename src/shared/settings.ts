/**
 * Settings as people see and change them in the app. What is written in the settings file travels as it is written; secrets
 * never travel towards the renderer, they only go in.
 */
import type { Instant, Millis } from './model.ts';

export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

/** The settings as they stand in the file: texts for durations, no defaults filled in, places of secrets but no secrets. */
export type SettingsDocument = { readonly [key: string]: Json };

/** Where new secrets can be kept on this machine. */
export interface VaultStatus {
  /** `null` when the keychain works; else one sentence: which part is missing, locked or denied, and what to do. */
  readonly problem: string | null;
  /** What the system calls it: `Keychain`, `Credential Manager`, `Secret Service`. */
  readonly name: string;
}

/** Whether an account's credential is at hand, and where it lies. Never what it is. */
export interface TokenStatus {
  readonly accountId: string;
  readonly place: 'keychain' | 'environment' | 'file' | 'session';
  readonly present: boolean;
  /** One sentence when it cannot be had. */
  readonly problem: string | null;
}

export interface SettingsView {
  readonly editable: boolean;
  /** Why they cannot be changed here: a sentence; `null` when they can. */
  readonly reason: string | null;
  readonly path: string;
  readonly document: SettingsDocument;
  readonly vault: VaultStatus;
  readonly tokens: readonly TokenStatus[];
  /** A sentence when the file was broken and the copy before it is in use. */
  readonly notice: string | null;
}

/**
 * What stands in a document instead of a secret that somebody wrote into the file (an address with a key in it, the value of a
 * header). Saved unchanged it keeps what is in the file. `hint` tells which it was, an address without its path for instance.
 */
export const keptBack = (hint: string): string => (hint === '' ? '<kept back>' : `<kept back: ${hint}>`);
export const isKeptBack = (text: string): boolean => /^<kept back(?:: [^>]*)?>$/.test(text);

/** One thing that is wrong with settings: where, and what was expected. */
export interface SettingsTrouble {
  readonly key: string;
  readonly line: number | null;
  readonly sentence: string;
}
export type SaveOutcome =
  /** `note`: what still has to happen, for instance a restart; absent when nothing has. */
  | { readonly saved: true; readonly note?: string }
  | { readonly saved: false; readonly troubles: readonly SettingsTrouble[] };

/** Where a new secret goes: `session` keeps it in memory until the app ends. */
export type Keep = 'keychain' | 'session';

/** What a credential is good for, see `check-token`. */
export interface CredentialVerdict {
  readonly usable: boolean;
  readonly tunnels: number | null;
  readonly health: boolean;
  readonly mayWrite: boolean | null;
  /** What to tell, the worst first. */
  readonly sentences: readonly string[];
}

/** An account as a form gives it. The token goes in and never comes out. */
export interface NewAccount {
  readonly name: string;
  readonly id: string;
  readonly token: string;
  readonly keep: Keep;
  /** `null`: Cloudflare's own. */
  readonly apiBase: string | null;
}

/** Outcome of something that was asked for; the sentence says what happened, or why not. */
export interface Outcome {
  readonly done: boolean;
  readonly sentence: string;
}

/** How the desktop app behaves: kept beside the settings, of no meaning to a headless host. */
export interface DesktopPreferences {
  readonly startAtLogin: boolean;
  /** Closing the window leaves the app in the tray. */
  readonly closeToTray: boolean;
  readonly notifications: boolean;
  /** Sounds of native notifications, by severity. */
  readonly sound: boolean;
  /** 0 to 1. */
  readonly volume: number;
  /** Which tunnels the tray speaks of: texts that name, site or account must hold; empty for all. */
  readonly trayFilter: string;
  readonly updates: 'automatic' | 'check' | 'off';
}
/** What is left out stays as it is. */
export type DesktopChange = { readonly [K in keyof DesktopPreferences]?: DesktopPreferences[K] | undefined };
export interface DesktopView {
  readonly preferences: DesktopPreferences;
  /** What this system cannot do, by preference; a sentence each. */
  readonly limits: Partial<Readonly<Record<keyof DesktopPreferences, string>>>;
  readonly version: string;
}

/** Nobody polls at the moment because somebody wanted it so. `until: null`: until somebody resumes. */
export interface Paused {
  readonly since: Instant;
  readonly until: Instant | null;
}
/** How long polling may be paused: at most a day, so that nobody forgets it over a weekend. */
export const LONGEST_PAUSE_MS: Millis = 24 * 3_600_000;
