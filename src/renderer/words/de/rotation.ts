/** Der Assistent, der den PSK eines Tunnels wechselt. */
import type { RotationCheck, RotationStep } from '../../../shared/keys.ts';

export const titleOf = (name: string): string => `PSK von ${name} wechseln`;

export const steps: Readonly<Record<RotationStep, string>> = {
  check: 'Umgebung prüfen',
  key: 'Neuer PSK',
  router: 'PSK auf dem Router',
  reauthenticate: 'Neu anmelden',
  verify: 'Nachweisen',
  finished: 'Fertig',
};

export const frame = {
  label: 'Schritte',
  loading: 'Der Stand des Wechsels wird gelesen …',
  retry: 'Noch einmal fragen',
  abandon: 'Abbrechen',
  abandonTitle: 'Diesen Wechsel abbrechen?',
  abandonBefore: 'Es ist nichts geändert; der Tunnel behält seinen PSK.',
  abandonAfter:
    'Der neue PSK gilt bei Cloudflare und bleibt. Bekommt der Router ihn nicht, fällt der Tunnel bei der nächsten Neuauthentifizierung aus, vielleicht erst in Stunden.',
  abandonAct: 'Ja, abbrechen',
  stay: 'Weitermachen',
  leave: 'Diese Seite darf verlassen werden: der Wechsel wartet hier.',
  by: (who: string, when: string): string => `Begonnen von ${who}, ${when}`,
  tunnel: 'Zum Tunnel',
} as const;

export const begin = {
  what: 'Wechselt den PSK eines Tunnels in einer Reihenfolge, die den Verkehr am Leben hält: erst wird der Partner geprüft, dann bekommt Cloudflare den neuen PSK, dann der Router, dann weisen es beide nach.',
  time: 'Das kostet etwa zehn Minuten Arbeit, und bis zu einer halben Stunde, bis der Zustand wieder gut ist. Nötig ist Zugang zum Router.',
  who: 'Wer',
  needsName: 'Es fehlt ein Name: der Vermerk des Wechsels hält ihn fest.',
  act: 'Beginnen',
} as const;

export const checks: Readonly<Record<RotationCheck['state'], string>> = {
  good: 'Gut',
  bad: 'Nicht gut',
  unknown: 'Nicht bekannt',
  waiting: 'Wird erwartet',
};
export const check = {
  title: 'Bevor der PSK gewechselt wird',
  looking: 'Wird alle paar Sekunden neu nachgesehen.',
  accept: 'Trotzdem weiter',
  fine: 'Es spricht nichts dagegen.',
  notYet: 'Warten, bis das gut ist, oder jeden Punkt bewusst hinnehmen.',
} as const;

export const key = {
  title: 'Der neue PSK',
  what: 'Er gilt bei Cloudflare sofort. Der Tunnel bleibt mit der jetzigen IKE-SA aktiv; den neuen PSK braucht er bei der nächsten Neuauthentifizierung.',
  made: 'Cloudflare einen erzeugen lassen',
  own: 'Einen eigenen setzen',
  field: 'PSK',
  hint: 'Wird nirgends behalten; danach ist er noch einmal zu sehen.',
  missing: 'Es ist noch kein PSK da.',
  generate: 'Erzeugen und setzen',
  set: 'Prüfen und setzen',
  busy: 'Wird geprüft und gesetzt. Diese Seite offen lassen: der PSK kommt hierher, einmal.',
  refused: 'Es wurde kein neuer PSK gesetzt:',
  locked: 'Erst das Konto entsperren.',
} as const;

export const router = {
  title: 'Den PSK auf den Router bringen',
  gone: 'Der PSK war beim Erzeugen zu sehen und wird nirgends behalten. Hat ihn niemand, diesen Wechsel abbrechen und einen neuen beginnen: das erzeugt einen neuen PSK.',
  identity: 'Den jetzigen PSK ersetzen; alles andere bleibt.',
  done: 'Der Router hat den PSK',
  snippet: 'Konfiguration für den Router zeigen',
  hide: 'Konfiguration verbergen',
} as const;

export const reauthenticate = {
  title: 'Jetzt die IKE-SA löschen',
  why: 'IKEv2 braucht den PSK nur bei der Anmeldung. Ein Rekey fragt nicht wieder danach; ein falscher PSK bleibt also bis zur nächsten vollen Aushandlung verborgen: vielleicht bis morgen Nacht, und dann ist der Tunnel ausgefallen. Wird die IKE-SA auf dem Router gelöscht, meldet er sich jetzt an, solange jemand hinsieht.',
  how: 'Auf dem Router allein die IKE-SA dieses Tunnels löschen und ihn wieder aufbauen lassen. Der Verkehr dieses Tunnels ruht ein paar Sekunden.',
  done: 'Die IKE-SA wurde gelöscht',
} as const;

export const verify = {
  title: 'Beide Seiten weisen es nach',
  what: 'Cloudflare kann einen Tunnel nach der Rückkehr bis zu 30 Minuten als beeinträchtigt führen.',
  by: (when: string): string => `Erwartet bis ${when}`,
  late: (when: string): string => `Erwartet war es bis ${when}. Den PSK auf dem Router mit dem notierten vergleichen.`,
} as const;

export const finished = {
  rotated: 'Gewechselt',
  abandoned: 'Abgebrochen',
  again: 'Noch einmal wechseln',
  noteAgain: 'Andere am selben Standort erst Stunden später wechseln, nie gleichzeitig.',
} as const;

export const list = {
  title: 'PSK-Wechsel',
  open: 'Im Gang',
  over: 'In den letzten 30 Tagen',
  none: 'Kein Wechsel ist im Gang.',
  noneWhat: 'Beginnen lässt sich einer auf der Seite eines Tunnels oder in der PSK-Liste.',
  keys: 'Zu den PSKs',
  goOn: 'Weiter',
  columns: { tunnel: 'Tunnel', by: 'Von', since: 'Begonnen', step: 'Schritt', next: 'Als Nächstes' },
} as const;
