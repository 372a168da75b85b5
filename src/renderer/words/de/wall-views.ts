/** Wörter der Ansichten von Wänden und ihrer Fernbedienung. */
import type { Instant } from '../../../shared/model.ts';
import { ago } from '../../format/duration.ts';

export const title = 'Was diese Wand zeigt';
export const saved = 'Gespeicherte Ansichten';
export const name = 'Name der Wand';
export const nameWhy = 'Unter ihm kennen andere Bildschirme die Wand und können ihre Ansicht wechseln.';
export const by = 'Kacheln';
export const byTunnel = 'Eine je Tunnel';
export const bySite = 'Eine je Standort';
export const account = 'Konto';
export const site = 'Standort';
export const all = 'Alle';
export const group = 'Namen';
export const groupWhy = 'Tunnel oder Standorte, deren Name zu einem dieser Muster passt; * steht für Beliebiges.';
export const rotate = 'Sekunden je Seite';
export const theme = 'Farbgebung';
export const palette = 'Farben der Zustände';
export const zone = 'Zeiten in';
export const asChosen = 'Wie in diesem Browser eingestellt';
export const dark = 'Dunkel';
export const light = 'Hell';
export const standard = 'Üblich';
export const separation = 'Stark getrennt';
export const local = 'Ortszeit';
export const night = 'Nachts abdunkeln';
export const nightWhy = 'Von und bis, in Stunden. Etwas Kritisches, das niemand quittiert hat, beendet das Abdunkeln.';
export const nightWrong = 'Zwei Uhrzeiten: 22-06 oder 22:30-06:15.';
export const saveAs = 'Diese Ansicht speichern als';
export const save = 'Speichern';
export const remove = 'Entfernen';
export const removeNamed = (view: string): string => `Die Ansicht ${view} entfernen`;
export const address = 'Die Adresse dieser Seite enthält die Ansicht: ein Link darauf zeigt dasselbe.';
export const done = 'Fertig';

export const panel = {
  title: 'Wände',
  what: 'Bildschirme, die die Wand zeigen und einen Namen haben. Sie melden sich jede halbe Minute.',
  loading: 'Wände werden gesucht …',
  none: 'In den letzten zwei Minuten hat sich keine Wand gemeldet.',
  noneNext: 'Auf einem Bildschirm /wall?name=NOC öffnen: dann erscheint er hier.',
  open: 'Hier eine Wand öffnen',
  heard: (at: Instant, now: Instant): string => `gemeldet: ${ago(at, now)}`,
  silent: 'kein Ton: dort hat noch niemand geklickt',
  muted: 'stumm',
  sounding: 'Ton an',
  shows: 'Zeigt',
  everything: 'Alle Tunnel',
  change: 'Ansicht wechseln',
  show: 'Dort zeigen',
  cancel: 'Abbrechen',
  mute: 'Ton aus',
  unmute: 'Ton an',
  reload: 'Neu laden',
  sent: (wall: string): string => `${wall} weiß Bescheid.`,
  gone: (wall: string): string => `${wall} ist nicht mehr da.`,
  causes: 'Was die Wände als gestört zeigen',
  noCauses: 'Nichts ist offen.',
  acknowledge: 'Quittieren',
};
