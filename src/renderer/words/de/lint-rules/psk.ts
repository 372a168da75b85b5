/** Regeln über Pre-Shared Keys. */
import type { GermanRules } from '../lint-rules.ts';

export const psk: GermanRules = {
  'psk-missing': [
    'Kein PSK gemeldet',
    'Ohne Pre-Shared Key kommt kein IKE zustande, der Tunnel kann nicht arbeiten.',
    'Einen PSK erzeugen oder setzen und denselben am Router eintragen.',
  ],
  'psk-age-warning': [
    'PSK fällig',
    'Der PSK ist älter, als die Vorgabe ihn haben will.',
    'Den PSK wechseln, einen Tunnel nach dem anderen.',
  ],
  'psk-age-critical': [
    'PSK überaltert',
    'Der PSK ist weit älter, als die Vorgabe erlaubt; wer ihn je gesehen hat, kennt ihn noch.',
    'Den PSK bald wechseln, einen Tunnel nach dem anderen.',
  ],
  'psk-never-rotated': [
    'PSK nie gewechselt',
    'Der PSK stammt vom Tag, an dem der Tunnel angelegt wurde, und ist inzwischen alt.',
    'Den PSK wechseln und einen festen Rhythmus dafür vorsehen.',
  ],
  'psk-before-create': [
    'PSK älter als der Tunnel',
    'Ein PSK, der vor seinem Tunnel entstand, deutet auf ein wiederhergestelltes oder übernommenes Objekt.',
    'Prüfen, woher Tunnel und PSK stammen.',
  ],
  'psk-older-than-config': [
    'PSK viel älter als die Konfiguration',
    'Die Konfiguration wurde lange nach dem PSK geändert; das ist üblich und nur zur Einordnung.',
    'Nichts zu tun.',
  ],
  'psk-timestamp-future': [
    'PSK aus der Zukunft',
    'Die Zeit der Erzeugung liegt vor unserer Uhr; eine der beiden Uhren geht falsch.',
    'Die Uhr dieses Rechners prüfen.',
  ],
  'psk-fleet-same-time': [
    'Viele PSKs aus derselben Minute',
    'PSKs, die zugleich entstanden, sind womöglich ein und derselbe; wer einen kennt, kennt dann alle.',
    'Prüfen und jedem Tunnel einen eigenen PSK geben.',
  ],
  'psk-pair-rotated-together': [
    'PSKs eines Paars zugleich gewechselt',
    'Wechseln beide Tunnel einer Gruppe binnen einer Stunde, fällt bei einem Fehler der ganze Standort aus.',
    'Die Wechsel staffeln: erst der eine, nach der Prüfung der andere.',
  ],
};
