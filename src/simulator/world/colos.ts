/** Cloudflare data centres that the practice world probes from. */
export interface Colo {
  /** IATA code of the nearest airport, as in `edgeColoCode`. */
  readonly code: string;
  /** Name of the data centre, as in `edgeColoName`. */
  readonly name: string;
  readonly city: string;
  readonly country: string;
  readonly region: string;
}

const PLACES = {
  AMS: ['ams07', 'Amsterdam', 'NL', 'WEUR'],
  ARN: ['arn02', 'Stockholm', 'SE', 'WEUR'],
  CDG: ['cdg12', 'Paris', 'FR', 'WEUR'],
  DFW: ['dfw06', 'Dallas', 'US', 'ENAM'],
  EWR: ['ewr03', 'Newark', 'US', 'ENAM'],
  FRA: ['fra08', 'Frankfurt', 'DE', 'WEUR'],
  GRU: ['gru10', 'São Paulo', 'BR', 'SAM'],
  HKG: ['hkg02', 'Hong Kong', 'HK', 'APAC'],
  IAD: ['iad02', 'Ashburn', 'US', 'ENAM'],
  LAX: ['lax05', 'Los Angeles', 'US', 'WNAM'],
  LHR: ['lhr17', 'London', 'GB', 'WEUR'],
  MAD: ['mad04', 'Madrid', 'ES', 'WEUR'],
  MXP: ['mxp06', 'Milan', 'IT', 'WEUR'],
  NRT: ['nrt08', 'Tokyo', 'JP', 'APAC'],
  ORD: ['ord07', 'Chicago', 'US', 'ENAM'],
  SIN: ['sin13', 'Singapore', 'SG', 'APAC'],
  SJC: ['sjc10', 'San Jose', 'US', 'WNAM'],
  SYD: ['syd05', 'Sydney', 'AU', 'OC'],
  VIE: ['vie07', 'Vienna', 'AT', 'EEUR'],
  WAW: ['waw03', 'Warsaw', 'PL', 'EEUR'],
} as const satisfies Readonly<Record<string, readonly [string, string, string, string]>>;

export type ColoCode = keyof typeof PLACES;

/** The data centre of a code. */
export function colo(code: ColoCode): Colo {
  const [name, city, country, region] = PLACES[code];
  return { code, name, city, country, region };
}
