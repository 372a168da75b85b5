/** Sätze, die der Host macht, wie die Seite sie sagt: aus ihrem Code und dem, worum es geht. */
import type { HostSaid } from '../../../shared/operation-said.ts';
import type { PlanWarning, PlanWarningFacts } from '../../../shared/plan-warnings.ts';
import type { RotationNext } from '../../../shared/rotation-said.ts';
import { operation } from './host-sentences/operation.ts';
import { next, rotation } from './host-sentences/rotation.ts';

const without = (forGood: boolean): string => (forGood ? 'ohne ihn' : 'während er neu startet,');

const warnings: { readonly [C in keyof PlanWarningFacts]: (facts: PlanWarningFacts[C]) => string } = {
  'only-tunnel': ({ name, site, forGood }) =>
    `${name} ist der einzige Tunnel von ${site}: ${without(forGood)} ist der Standort abgeschnitten.`,
  'last-tunnel': ({ name, site, forGood }) =>
    `${name} ist der letzte Tunnel von ${site}, der trägt: ${without(forGood)} ist der Standort abgeschnitten.`,
  'all-at-once': ({ site, forGood }) =>
    `Alle Tunnel von ${site} würden auf einmal geändert: ${forGood ? 'ohne sie' : 'während sie neu starten,'} ist der Standort womöglich abgeschnitten.`,
  'others-ill': ({ names, one }) => `${names} am selben Standort ${one ? 'ist' : 'sind'} nicht gesund.`,
  traffic: ({ name }) => `${name} hat in den letzten Stunden Verkehr getragen.`,
  'bgp-ends': ({ name }) => `Die BGP-Sitzung von ${name} endet, und mit ihr die Routen, die sie bringt.`,
  'bgp-restarts': ({ name, router }) =>
    `Die BGP-Sitzung von ${name} startet neu.${router ? ' Der Router muss zugleich geändert werden.' : ''}`,
  'another-id': () =>
    'Ein neu angelegter Tunnel hat eine andere ID; sein Router braucht dann andere IKE-Identitäten und einen Schlüssel.',
  'identities-change': ({ name }) =>
    `Die IKE-Identitäten von ${name} ändern sich: ein Router, der seine Adresse oder seinen eigenen Namen verwendet, muss folgen.`,
  'same-pair': ({ name }) =>
    `${name} hat dasselbe Paar von Endpunkten: die Adresse des Routers unterscheidet sie nicht mehr; eine FQDN- oder KEY_ID-Identität verwenden.`,
  'latent-key': ({ name }) =>
    `Der Router von ${name} verwendet den alten Schlüssel weiter, bis er sich neu ausweist (ein Rekeying tut das nicht); ein abweichender Schlüssel zeigt sich erst dann.`,
  'no-key': ({ name }) => `${name} hat noch keinen Schlüssel: einen erzeugen, bevor sich der Router verbinden kann.`,
  replay: ({ name }) =>
    `Replay-Schutz bindet ${name} an einen Server von Cloudflare; der Router braucht Dead Peer Detection mit Neustart.`,
  'no-checks': ({ name }) =>
    `Ohne Zustandsprüfungen merkt niemand, dass ${name} ausgefallen ist, und sein Verkehr wird nicht umgeleitet.`,
  renamed: ({ name }) => `Prüfergebnisse werden nach Namen aufbewahrt: die von ${name} ziehen nicht mit um.`,
};

/** Eine Warnung eines Plans. Was hier nicht bekannt ist, steht da, wie der Host es sagte. */
export function planWarning(sentence: string, said: PlanWarning | undefined): string {
  if (said === undefined || !Object.hasOwn(warnings, said.code)) return sentence;
  const say = warnings[said.code] as (facts: PlanWarning['facts']) => string;
  return say(said.facts);
}

const sentences = { ...rotation, ...operation };

/** Ein Satz einer Prüfung, einer Ablehnung oder eines Ergebnisses. Was hier nicht bekannt ist, steht da, wie der Host es sagte. */
export function hostSentence(sentence: string, said: HostSaid | undefined): string {
  if (said === undefined || !Object.hasOwn(sentences, said.code)) return sentence;
  const say = sentences[said.code] as (facts: HostSaid['facts']) => string;
  return say(said.facts);
}

/** Was bei einem PSK-Wechsel als Nächstes zu tun ist. */
export const rotationNext = (sentence: string, said: RotationNext | undefined): string =>
  said !== undefined && Object.hasOwn(next, said) ? next[said] : sentence;
