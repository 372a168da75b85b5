/** Namen, Gründe und Abhilfen der Regeln auf Deutsch, nach den IDs, unter denen der Host sie kennt. */
import type { RuleText } from '../en/lint-rules.ts';
import { addressing } from './lint-rules/addressing.ts';
import { bgp } from './lint-rules/bgp.ts';
import { healthChecks } from './lint-rules/health-checks.ts';
import { identity } from './lint-rules/identity.ts';
import { psk } from './lint-rules/psk.ts';
import { topology } from './lint-rules/topology.ts';

/** Titel, Grund, Abhilfe. */
export type GermanRule = readonly [title: string, why: string, fix: string];
export type GermanRules = Readonly<Record<string, GermanRule>>;

const RULES = new Map<string, GermanRule>(
  [psk, healthChecks, addressing, identity, bgp, topology].flatMap((family) => Object.entries(family)),
);

/** Was eine Regel sagt; eine unbekannte bleibt bei dem, was der Host auf Englisch sagt. */
export function ruleText(rule: string, told: RuleText): RuleText {
  const found = RULES.get(rule);
  if (found === undefined) return told;
  const [title, why, fix] = found;
  return { title, why, fix };
}

/** Grund und Abhilfe einer Regel, wo nur ihre ID bekannt ist; `null`: sie ist hier nicht bekannt. */
export function ruleReasons(rule: string): { readonly why: string; readonly fix: string } | null {
  const [, why, fix] = RULES.get(rule) ?? [];
  return why === undefined || fix === undefined ? null : { why, fix };
}

const UNJUDGED: Readonly<Record<string, string>> = {
  'How often bgp_status.updated_at is renewed is not known yet.':
    'Wie oft bgp_status.updated_at erneuert wird, ist noch nicht bekannt.',
  'The numeric account id is not known.': 'Die Kontonummer ist nicht bekannt.',
  'Neither customer_endpoint nor name, tag or group tells which tunnels belong together.':
    'Weder customer_endpoint noch Name, Schlagwort oder Gruppe sagt, welche Tunnel zusammengehören.',
  'What happened in the last 24 hours is not known.': 'Was in den letzten 24 Stunden geschah, ist nicht bekannt.',
  'interface_address does not tell the customer’s side.': 'interface_address sagt nichts über die Kundenseite.',
  'interface_address is no network of IPv4.': 'interface_address ist kein IPv4-Netz.',
  'interface_address6 is no network of IPv6.': 'interface_address6 ist kein IPv6-Netz.',
  'A tunnel of the list cannot be read, and the route may lead to it.':
    'Ein Tunnel der Liste ist nicht lesbar, und die Route führt vielleicht zu ihm.',
  'Traffic of the tunnel is not known.': 'Der Verkehr des Tunnels ist nicht bekannt.',
  'Health results of the tunnel are not known.': 'Prüfergebnisse des Tunnels sind nicht bekannt.',
  'health_check.target has no effective part in this answer.':
    'health_check.target nennt in dieser Antwort kein geltendes Ziel.',
  'cloudflare_endpoint is no IP address.': 'cloudflare_endpoint ist keine IP-Adresse.',
};

/** Warum eine Regel einen Tunnel nicht beurteilen konnte; Unbekanntes bleibt, wie der Host es auf Englisch sagt. */
export function unjudged(told: string): string {
  return UNJUDGED[told] ?? told.replace(/^(\S+) is not reported\.$/, '$1 ist nicht gemeldet.');
}

/** Anfänge dessen, was der Host sagt; der längere zuerst. */
const GROUPINGS: Readonly<Record<string, string>> = {
  'redundancy group ': 'Redundanzgruppe ',
  'site tag ': 'Schlagwort des Standorts ',
  'site ': 'Standort ',
  'customer endpoint ': 'Kunden-Endpunkt ',
  'name stem ': 'Namensstamm ',
  'nothing in common with others': 'nichts gemeinsam mit anderen',
};

/** Woran die Zusammengehörigkeit von Tunneln erkannt wurde: `Standort Paris`. Unbekanntes bleibt, wie der Host es sagt. */
export function grouping(told: string): string {
  const known = Object.entries(GROUPINGS).find(([english]) => told.startsWith(english));
  return known === undefined ? told : known[1] + told.slice(known[0].length);
}
