import type { IkeIdentityTrouble, IkeIdentityType, IkeParameterName } from '../../../shared/ike.ts';
import type { SnippetWarning } from '../../../shared/router-snippets/index.ts';

/** Wie die Arten von Identitäten auf Routern heißen. */
export const identityType: Readonly<Record<IkeIdentityType, string>> = {
  ID_FQDN: 'FQDN',
  ID_RFC822_ADDR: 'User-FQDN (E-Mail-Adresse)',
  ID_KEY_ID: 'Key-ID',
  ID_IPV4_ADDR: 'IPv4-Adresse',
};

export const identityTrouble: Readonly<Record<IkeIdentityTrouble, string>> = {
  'account-number-unknown': 'Die numerische Konto-ID von Cloudflare ist noch nicht bekannt.',
  'no-customer-endpoint': 'Der Tunnel hat keinen Kundenendpunkt.',
  'endpoints-not-unique':
    'Ein anderer Tunnel hat dieselben beiden Endpunkte; eine Adresse unterscheidet sie also nicht.',
};

/** Woher die numerische Konto-ID kommt. */
export const findNumber =
  'IKE-Identitäten enthalten die numerische Konto-ID von Cloudflare, nicht die 32 Hexadezimalziffern. Das Dashboard zeigt sie in der FQDN-ID jedes IPsec-Tunnels, zwischen den beiden Punkten vor „ipsec“. Einmal in den Einstellungen des Kontos eintragen (number).';

export const remoteIdentity = 'Identität von Cloudflare (remote)';
export const routerIdentity = 'Identität des Routers (lokal)';
export const customIdentity = 'Eigener FQDN des Tunnels';
export const phase: Readonly<Record<1 | 2 | 'both', string>> = {
  1: 'Phase 1 (IKE-SA)',
  2: 'Phase 2 (Child-SA)',
  both: 'Beide Phasen',
};

export const parameter: Readonly<Record<IkeParameterName, string>> = {
  encryption: 'Verschlüsselung',
  integrity: 'Integrität',
  dh: 'Diffie-Hellman-Gruppe',
  pfs: 'PFS-Gruppe',
  prf: 'PRF',
  lifetime: 'Lebensdauer',
  'ike-version': 'Version',
  authentication: 'Authentifizierung',
  'anti-replay': 'Anti-Replay',
  esn: 'Erweiterte Sequenznummern',
  dpd: 'Dead Peer Detection',
  reauthentication: 'Neuauthentifizierung',
  'nat-traversal': 'Firewall',
  initiator: 'Wer beginnt',
  mtu: 'MTU',
};

/** Werte, die Wörter sind; alle anderen sind Namen und Zahlen. */
export const parameterValue: Readonly<Record<string, string>> = {
  off: 'aus',
  restart: 'neu aufbauen (restart)',
  router: 'der Router; Cloudflare beginnt nie',
  '0 s': 'keine (0 s)',
};

export const warning: Readonly<Record<SnippetWarning, string>> = {
  'account-number-unknown': 'In der Identität fehlt die numerische Konto-ID von Cloudflare; ihre Stelle ist markiert.',
  'inner-addresses-unknown':
    'Die Interface-Adresse ist kein /30 oder /31; die inneren Adressen sind deshalb nur markiert.',
  'customer-endpoint-needed':
    'Dieser Router meldet sich mit seiner öffentlichen Adresse. Zuerst den Kundenendpunkt des Tunnels auf diese Adresse setzen.',
  'replay-protection-needed':
    'Dieser Router kann Anti-Replay nicht abschalten. Replay-Schutz für den Tunnel bei Cloudflare einschalten, sonst gehen Pakete verloren.',
  'replay-protection-on':
    'Für diesen Tunnel ist Replay-Schutz eingeschaltet, obwohl dieser Router ohne auskommt. Das bindet den Verkehr an einen einzigen Server von Cloudflare.',
  'aws-inside-block': 'AWS nimmt als inneres Netz dieses Tunnels nur ein /30 aus 169.254.240.0/20.',
  'aws-first-address': 'AWS nimmt die erste Adresse des /30 für sich, und hier gehört sie Cloudflare: tauschen.',
  'azure-upper-address':
    'Nach der Anleitung von Cloudflare bekommt Cloudflare bei Azure die obere Adresse des /31; hier hat es die untere.',
  'bgp-not-included': 'Die BGP-Sitzung ist nicht Teil der Vorlage.',
  'ipv6-not-included': 'Die IPv6-Adressen im Tunnel sind nicht Teil der Vorlage.',
};
