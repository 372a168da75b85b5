/** What the German of the page keeps to; docs/words.md names the terms. */

/** Words that are written alike in English and German: names, units, what routers and Cloudflare call things. */
export const SAME_IN_BOTH: ReadonlySet<string> = new Set([
  // Names and abbreviations.
  ...[
    'Account Analytics Read',
    'Alertmanager',
    'BGP',
    'CSV',
    'FQDN',
    'JSON',
    'MTU',
    'Microsoft Teams',
    'PDF',
    'PRF',
    'PSK',
  ],
  ...['PagerDuty', 'Slack', 'TCP', 'Tunnelwatch', '· Tunnelwatch', 'UTC', 'In UTC', 'ntfy'],
  // Words that both have.
  ...[
    'Blind',
    'Budget',
    'Desktop',
    'in',
    ', in',
    'live',
    'Minute',
    'Name',
    'Parameter',
    'Pause',
    'Proxy',
    'Redundant',
    'Token',
  ],
  ...['Tunnel', 'Version', 'Reply', 'Request'],
  // A value that code goes by.
  'unconfigured',
  // Keys and lengths.
  ...['Enter', 'Esc', 'o Enter', '15 min'],
]);

/** What is typed as it stands. */
export const EXAMPLES = /^(accounts:\n|CF_TOKEN=)/;

interface HouseRule {
  readonly name: string;
  readonly wrong: RegExp;
  /** Where the word is right all the same. */
  readonly except?: RegExp;
}

export const GERMAN_HOUSE_RULES: readonly HouseRule[] = [
  {
    name: 'no English in German',
    wrong: /\b(the|and|of|is|are|with|not|this|that|no|were|has|have|for|your|you|yes|please)\b/i,
  },
  {
    name: 'readers are not addressed',
    wrong: /\p{Ll}en Sie\b|\bIhre?[nmrs]?\b|\bIhnen\b|\b[Bb]itte\b|\b(du|deine?)\b/u,
  },
  { name: 'endpoints, interfaces and identities have one name', wrong: /Kundenendpunkt|Schnittstelle|Kennung|Wirt\b/ },
  { name: 'a PSK is changed, not rotated', wrong: /rotier|Rotation/i },
  { name: 'checks are Zustandsprüfungen', wrong: /Health[ -]?check|Gesundheits/i },
  { name: 'incidents are acknowledged and silenced', wrong: /übernommen von|bestätigt von|Störungsmeldung/i },
  {
    name: 'a tunnel is aktiv or ausgefallen, not up, down, oben or unten',
    wrong: /\b(up|down)\b|bleibt der Tunnel unten|Tunnel ist (oben|unten)/,
  },
  {
    name: 'no Anglicisms',
    wrong: /\b(Account|Site|Alert|Finding|Incident|Button|updaten|checken|gecheckt|down ?time)\b/i,
    except: /Account (Analytics|home)|<ACCOUNT-NUMBER>/,
  },
];
