/** Words of the views of walls, and of the panel that commands them. */
import type { Instant } from '../../../shared/model.ts';
import { ago } from '../../format/duration.ts';

export const title = 'What this wall shows';
export const saved = 'Saved views';
export const name = 'Name of the wall';
export const nameWhy = 'Other screens know the wall by it and can then switch its view.';
export const by = 'Tiles';
export const byTunnel = 'One for each tunnel';
export const bySite = 'One for each site';
export const account = 'Account';
export const site = 'Site';
export const all = 'All';
export const group = 'Names';
export const groupWhy = 'Tunnels or sites whose names fit one of these patterns; * stands for anything.';
export const rotate = 'Seconds for each page';
export const theme = 'Theme';
export const palette = 'Colours';
export const zone = 'Times in';
export const asChosen = 'As set in this browser';
export const dark = 'Dark';
export const light = 'Light';
export const standard = 'Standard';
export const separation = 'High separation';
export const local = 'Local time';
export const night = 'Dim at night';
export const nightWhy = 'From and to, in hours. Something critical that nobody has taken ends the dimming.';
export const nightWrong = 'Two times of day: 22-06, or 22:30-06:15.';
export const saveAs = 'Save this view as';
export const save = 'Save';
export const remove = 'Remove';
export const removeNamed = (view: string): string => `Remove the view ${view}`;
export const address = 'The address of this page holds the view: a link to it shows the same.';
export const done = 'Done';

export const panel = {
  title: 'Walls',
  what: 'Screens that show the wall and have a name. They say each half minute that they live.',
  loading: 'Asking which walls there are …',
  none: 'No wall has been heard of within the last two minutes.',
  noneNext: 'Open /wall?name=NOC on a screen: it appears here.',
  open: 'Open a wall here',
  heard: (at: Instant, now: Instant): string => `heard of ${ago(at, now)}`,
  silent: 'no sound: nobody has clicked there yet',
  muted: 'muted',
  sounding: 'sound on',
  shows: 'Shows',
  everything: 'All tunnels',
  change: 'Change the view',
  show: 'Show it there',
  cancel: 'Cancel',
  mute: 'Mute',
  unmute: 'Sound on',
  reload: 'Reload',
  sent: (wall: string): string => `${wall} was told.`,
  gone: (wall: string): string => `${wall} is not there any more.`,
  causes: 'What the walls show as wrong',
  noCauses: 'Nothing is open.',
  acknowledge: 'Acknowledge',
};
