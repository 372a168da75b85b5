/**
 * The menu of the tray. Everything that the tray can do is in it: desktops on Linux offer nothing else.
 */
import type { MenuItemConstructorOptions } from 'electron';
import type { Millis, TunnelKey } from '../../shared/model.ts';
import type { TrayWords } from './spoken.ts';
import type { TrayIncident, TrayState } from './state.ts';
import * as english from './words.ts';

/** What a choice in the menu does. */
export interface MenuChoices {
  openBoard(): void;
  openWall(): void;
  openTunnel(key: TunnelKey): void;
  openIncident(id: string): void;
  openPreferences(): void;
  openHelp(): void;
  quit(): void;
  acknowledge(id: string): void;
  /** `null`: until somebody resumes. */
  pause(forMs: Millis | null): void;
  resume(): void;
  mute(muted: boolean): void;
}

const MINUTE = 60_000;
/** A menu as wide as the screen helps nobody. */
const WIDEST = 90;

/** A label shows its text as it is: `&` would mark a key. */
function plain(text: string): string {
  const short = text.length <= WIDEST ? text : `${text.slice(0, WIDEST - 1).trimEnd()}…`;
  return short.toWellFormed().replaceAll('&', '&&');
}

const separator: MenuItemConstructorOptions = { type: 'separator' };
const note = (text: string): MenuItemConstructorOptions => ({ label: plain(text), enabled: false });

function incidentItem(
  { id, label, open }: TrayIncident,
  choices: MenuChoices,
  { items }: TrayWords,
): MenuItemConstructorOptions {
  return {
    label: plain(label),
    submenu: [
      { label: items.openIncident, click: () => choices.openIncident(id) },
      ...(open ? [{ label: items.acknowledge, click: () => choices.acknowledge(id) }] : []),
    ],
  };
}

function incidentsItem(state: TrayState, choices: MenuChoices, words: TrayWords): MenuItemConstructorOptions {
  const { items, moreIncidents } = words;
  if (state.incidents.length === 0) return { label: items.noIncidents, enabled: false };
  const more = state.moreIncidents;
  return {
    label: `${items.incidents} (${state.incidents.length + more})`,
    submenu: [
      ...state.incidents.map((incident) => incidentItem(incident, choices, words)),
      ...(more > 0 ? [note(moreIncidents(more))] : []),
    ],
  };
}

function pauseItems({ paused }: TrayState, choices: MenuChoices, { items }: TrayWords): MenuItemConstructorOptions[] {
  const lengths: MenuItemConstructorOptions = {
    label: paused === null ? items.pause : items.paused,
    submenu: [
      { label: items.quarter, click: () => choices.pause(15 * MINUTE) },
      { label: items.hour, click: () => choices.pause(60 * MINUTE) },
      { label: items.untilResumed, click: () => choices.pause(null) },
    ],
  };
  return paused === null ? [lengths] : [{ label: items.resume, click: () => choices.resume() }, lengths];
}

/** The menu of a state. The first line says it in words and opens the board. */
export function trayMenu(
  state: TrayState,
  muted: boolean,
  choices: MenuChoices,
  words: TrayWords = english,
): MenuItemConstructorOptions[] {
  const { items, moreTunnels } = words;
  const { line, age, notes, tunnels, moreTunnels: more } = state;
  return [
    { label: plain(age === '' ? line : `${line}, ${age}`), click: () => choices.openBoard() },
    ...notes.map(note),
    separator,
    ...tunnels.map(({ key, label }) => ({ label: plain(label), click: () => choices.openTunnel(key) })),
    ...(more > 0 ? [{ label: moreTunnels(more), click: () => choices.openBoard() }] : []),
    ...(tunnels.length > 0 ? [separator] : []),
    incidentsItem(state, choices, words),
    ...pauseItems(state, choices, words),
    separator,
    { label: items.board, click: () => choices.openBoard() },
    { label: items.wall, click: () => choices.openWall() },
    separator,
    { label: items.mute, type: 'checkbox', checked: muted, click: () => choices.mute(!muted) },
    { label: items.preferences, click: () => choices.openPreferences() },
    { label: items.help, click: () => choices.openHelp() },
    separator,
    { label: items.quit, click: () => choices.quit() },
  ];
}
