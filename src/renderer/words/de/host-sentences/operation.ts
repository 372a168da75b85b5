/** Was aus Änderungen wurde, und warum es keinen Plan gibt. */
import { sentence as faultSentence } from '../../../../shared/alert-words/de/faults.ts';
import type { ToldFault } from '../../../../shared/alert-words/en/faults.ts';
import type { FieldChange } from '../../../../shared/lint.ts';
import type { Millis } from '../../../../shared/model.ts';
import type { OperationFacts, OperationSaid } from '../../../../shared/operation-said.ts';
import type { OperationKind } from '../../../../shared/operations.ts';
import { count as counted } from '../../../format/number.ts';
import { form } from '../operations.ts';

const DONE: Readonly<Record<OperationKind, string>> = {
  create: 'wurde angelegt',
  update: 'wurde geändert',
  'bulk-update': 'wurde geändert',
  delete: 'wurde gelöscht',
  'psk-generate': 'hat einen neuen PSK',
  'psk-set': 'hat seinen neuen PSK',
};
/** Dasselbe im Nebensatz. */
const THAT: Readonly<Record<OperationKind, string>> = {
  create: 'angelegt wurde',
  update: 'geändert wurde',
  'bulk-update': 'geändert wurde',
  delete: 'gelöscht wurde',
  'psk-generate': 'einen neuen PSK hat',
  'psk-set': 'seinen neuen PSK hat',
};

/** Warum eine Antwort verloren ging; was der Fehler rät, erledigt das Nachlesen. */
const LOST: { readonly [K in ToldFault['kind']]?: string } = {
  timeout: 'keine Antwort in der Zeit',
  offline: 'die Verbindung brach ab',
  truncated: 'die Verbindung brach mittendrin ab',
  'not-json': 'sie ist nicht lesbar',
  'not-http': 'sie ist nicht lesbar',
  'too-large': 'sie ist zu lang',
  'wrong-shape': 'sie ist nicht wie dokumentiert',
  'server-error': 'Cloudflare hatte eine Störung',
  redirected: 'wir wurden anderswohin verwiesen',
  aborted: 'wir brachen ab',
};
const lost = ({ kind }: ToldFault, status: number | null): string =>
  status !== null && status >= 500 ? `Cloudflare antwortete ${status}` : (LOST[kind] ?? kind);

/** Wie der Host einen neuen geheimen Wert zeigt. */
const value = (shown: string | null): string => shown?.replace(/ \(new\)$/, ' (neu)') ?? '–';
const changed = ({ field, before, after }: FieldChange): string =>
  `${form.fields[field] ?? field} ${value(before)} → ${value(after)}`;
function changesWords(changes: readonly FieldChange[]): string {
  const listed = changes.slice(0, 5).map(changed).join(', ');
  return changes.length > 5 ? `${listed} und ${counted(changes.length - 5)} weitere` : listed;
}

function wait(ms: Millis | null): string {
  if (ms === null) return '';
  const time = ms < 90_000 ? `${Math.max(1, Math.ceil(ms / 1_000))} s` : `${Math.ceil(ms / 60_000)} min`;
  return ` In ${time} noch einmal versuchen.`;
}
const failed = ({ fault, waitMs }: OperationFacts['fault']): string => `${faultSentence(fault)}${wait(waitMs)}`;

const LOOK = 'Den Tunnel ansehen, bevor es noch einmal versucht wird.';

export const operation: { readonly [C in keyof OperationFacts]: (facts: OperationFacts[C]) => string } = {
  'left-as-is': ({ name, reason }) => `${name} blieb, wie er ist. Cloudflare meldet: ${reason}`,
  unread: ({ name, kind, fault }) =>
    `Cloudflare sagt, dass ${name} ${THAT[kind]}, aber nachlesen ließ es sich nicht.${fault === null ? '' : ` ${faultSentence(fault)}`}`,
  done: ({ name, kind }) => `${name} ${DONE[kind]}.`,
  'took-hold-in-part': ({ name, changes }) =>
    `Cloudflare hat die Änderung von ${name} angenommen, aber nicht alles davon wirkt: ${changesWords(changes)}.`,
  'not-shown': ({ name, kind }) =>
    `Cloudflare sagt, dass ${name} ${THAT[kind]}, aber beim Nachlesen zeigt es sich bisher nicht.`,
  'nobody-knows': ({ name }) =>
    `Was aus ${name} wurde, ließ sich nicht klären: auch nachlesen war nicht möglich. ${LOOK}`,
  'key-lost': ({ name }) =>
    `${name} hat einen neuen PSK, aber er ging mit der Antwort verloren. Einen weiteren erzeugen und diesen auf den Router bringen.`,
  'done-as-read': ({ name, kind }) => `${name} ${DONE[kind]}: das Nachlesen zeigt es.`,
  neither: ({ name, changes }) =>
    `${name} ist weder, wie er war, noch, wie er sein soll${changes.length === 0 ? '' : `: ${changesWords(changes)}`}. ${LOOK}`,
  'key-not-dated': ({ name }) =>
    `${name} zeigt keinen neuen PSK, aber für einen mitgebrachten muss Cloudflare keinen neuen Zeitpunkt nennen. Denselben PSK noch einmal setzen.`,
  unchanged: ({ name }) => `${name} ist, wie er war: nichts wurde geändert.`,
  'may-come': ({ name }) => `${name} ist bisher, wie er war; die Änderung kommt vielleicht noch. ${LOOK}`,
  sum: ({ done, all, open }) =>
    `${counted(done)} von ${counted(all)} Tunneln: erledigt.${open === null ? '' : ` ${operationSentence(open)}`}`,
  'answer-lost': ({ fault, status, shown }) =>
    `Die Antwort ging verloren (${lost(fault, status)}). ${operationSentence(shown)}`,
  'locked-meanwhile': ({ account }) => `${account} wurde inzwischen gesperrt. Nichts wurde gesendet.`,
  'not-sent': (facts) => `${failed(facts)} Nichts wurde gesendet.`,
  refused: (facts) => `${failed(facts)} Nichts wurde geändert.`,
  bug: () => `Ein Fehler in Tunnelwatch. ${LOOK}`,
  'plan-over': () => 'Dieser Plan ist verbraucht oder älter als fünf Minuten. Nichts wurde gesendet; neu planen.',
  'typed-otherwise': ({ name }) => `Das Eingetippte ist nicht ${name}. Nichts wurde gesendet.`,
  clash: ({ names, more, changes }) =>
    `Jemand war schneller: ${names.join(', ')}${more > 0 ? ` und ${counted(more)} weitere` : ''}${changes.length === 0 ? '' : ` (${changesWords(changes)})`}. Nichts wurde gesendet; ansehen und neu planen.`,
  'gone-meanwhile': ({ name }) => `${name} gibt es nicht mehr.`,
  'name-taken': ({ name }) => `Inzwischen gibt es einen Tunnel ${name}.`,
  'modified-unseen': ({ name }) => `${name} wurde inzwischen geändert, in etwas, das nicht lesbar ist.`,
  'changed-meanwhile': ({ change }) => `Inzwischen geändert: ${changed(change)}.`,
  'cloudflare-says': ({ message }) => `Cloudflare meldet: ${message}`,
  'to-correct': ({ count }) =>
    count === 1 ? 'Eines ist vorher zu berichtigen.' : `${counted(count)} Angaben sind vorher zu berichtigen.`,
  fault: failed,
  'named-twice': () => 'Ein Tunnel ist zweimal genannt. Jeden einmal nennen.',
  'tunnel-gone': () => 'Diesen Tunnel gibt es nicht mehr.',
  'tunnels-gone': ({ count }) =>
    count === 1 ? 'Einen der Tunnel gibt es nicht mehr.' : `${counted(count)} der Tunnel gibt es nicht mehr.`,
  'gone-or-unreadable': () => 'Diesen Tunnel gibt es nicht mehr, oder er ist nicht lesbar.',
  'would-refuse': () => 'Cloudflare würde das ablehnen.',
  'would-refuse-keys': () => 'Cloudflare würde einige der PSKs ablehnen.',
};

function operationSentence({ code, facts }: OperationSaid): string {
  return (operation[code] as (facts: OperationSaid['facts']) => string)(facts);
}
