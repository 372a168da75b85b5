/** Was auf den Router gehört: Identitäten, Parameter, Konfigurationen. */
import type { IkeIdentityTrouble, IkeIdentityType, IkeParameterName } from '../../../shared/ike.ts';
import type { SnippetWarning } from '../../../shared/router-snippets/index.ts';

export const card = {
  title: 'Auf dem Router',
  identities: 'IKE-Identität',
  identitiesWhat: 'Der Router nennt sich mit einer davon und erwartet, dass Cloudflare sich mit seinem Endpunkt nennt.',
  remote: 'Cloudflare (Remote-ID)',
  custom: 'Eigener FQDN',
  parameters: 'Parameter',
  parametersWhat: 'Der Router beginnt; Cloudflare antwortet nur und stößt nie ein Rekey an.',
  snippet: 'Konfiguration',
  show: 'Parameter und Konfiguration zeigen',
  hide: 'Verbergen',
  copy: 'Kopieren',
  copyOf: (what: string): string => `${what} kopieren`,
  copied: 'Kopiert',
  byHand: 'Von Hand kopieren',
} as const;

export const types: Readonly<Record<IkeIdentityType, string>> = {
  ID_FQDN: 'FQDN',
  ID_RFC822_ADDR: 'User-FQDN (RFC 822)',
  ID_KEY_ID: 'Key-ID',
  ID_IPV4_ADDR: 'Adresse',
};

export const troubles: Readonly<Record<IkeIdentityTrouble, string>> = {
  'account-number-unknown': 'braucht die Kontonummer',
  'no-customer-endpoint': 'braucht einen Kunden-Endpunkt',
  'not-ipv4': 'braucht einen Kunden-Endpunkt mit IPv4',
  'endpoints-not-unique': 'nicht brauchbar: ein anderer Tunnel hat dieselben zwei Endpunkte',
};

export const number = {
  what: 'Identitäten enthalten Cloudflares numerische Kontonummer, nicht die 32 Hexadezimalziffern der Konto-ID. Die API nennt sie nicht immer.',
  how: 'Sie steht im Dashboard bei den Identitäten des Tunnels (Magic WAN, Tunnels, der Tunnel) und vor dem Unterstrich der IPsec-ID, die mit einem neuen PSK kommt.',
  field: 'Kontonummer',
  wrong: 'Eine Zahl aus 3 bis 18 Ziffern.',
  use: 'Übernehmen',
  here: 'Nur von dieser Seite behalten.',
} as const;

export const columns = { parameter: 'Parameter', phase1: 'Phase 1 (IKE-SA)', phase2: 'Phase 2 (Child-SA)' } as const;
export const use = (value: string): string => `die Konfiguration unten nimmt ${value}`;

export const parameters: Readonly<Record<IkeParameterName, string>> = {
  encryption: 'Verschlüsselung',
  integrity: 'Integrität',
  dh: 'Diffie-Hellman-Gruppe',
  pfs: 'PFS-Gruppe',
  prf: 'PRF',
  lifetime: 'Lebensdauer',
  'ike-version': 'Version',
  authentication: 'Authentifizierung',
  'anti-replay': 'Anti-Replay auf dem Router',
  esn: 'Erweiterte Sequenznummern',
  dpd: 'Dead Peer Detection',
  reauthentication: 'Neuauthentifizierung',
  'nat-traversal': 'Durch Firewalls',
  initiator: 'Wer beginnt',
  mtu: 'MTU',
};
export const values: Readonly<Record<string, string>> = {
  off: 'aus',
  restart: 'mit der Aktion „restart“',
  router: 'der Router',
  '0 s': 'keine',
};

export const snippet = {
  vendor: 'Router oder Cloud',
  what: (mark: string): string => `Der PSK gehört dorthin, wo ${mark} steht. Er ist nie Teil dieses Texts.`,
  label: (vendor: string): string => `Konfiguration für ${vendor}`,
  guide: 'Cloudflares Anleitung',
} as const;

export const warnings: Readonly<Record<SnippetWarning, string>> = {
  'account-number-unknown': 'Die Kontonummer ist unbekannt: sie gehört dorthin, wo <ACCOUNT-NUMBER> steht.',
  'inner-addresses-unknown':
    'Die Interface-Adresse ist kein /31 oder /30: die inneren Adressen gehören an die markierten Stellen.',
  'customer-endpoint-needed':
    'Dieses Gerät nennt sich mit seiner öffentlichen Adresse: der Tunnel braucht erst einen Kunden-Endpunkt.',
  'replay-protection-needed':
    'Dieses Gerät kann Anti-Replay nicht abschalten: den Replay-Schutz des Tunnels einschalten, sonst gehen Pakete verloren.',
  'replay-protection-on':
    'Der Replay-Schutz des Tunnels ist an, und diese Konfiguration schaltet Anti-Replay ab: er ist hier nicht nötig.',
  'aws-inside-block': 'AWS nimmt nur ein /30 aus 169.254.240.0/20.',
  'aws-first-address': 'AWS nimmt die erste Adresse des /30; bei diesem Tunnel hat sie Cloudflare: beide tauschen.',
  'azure-upper-address':
    'Azure nimmt die untere Adresse des /31; bei diesem Tunnel hat sie Cloudflare: beide tauschen.',
  'bgp-not-included': 'Die BGP-Sitzung ist daneben zu konfigurieren.',
  'ipv6-not-included': 'IPv6 im Tunnel ist daneben zu konfigurieren.',
};
