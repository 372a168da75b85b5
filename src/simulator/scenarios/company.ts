/** A small company that the shorter scenarios share. */
import type { AccountSpec } from '../scenario.ts';

export const COMPANY = {
  name: 'Brightwater Retail',
  cloudflareEndpoints: ['162.159.67.17', '162.159.73.81'],
  colos: ['AMS', 'FRA', 'LHR', 'MAD'],
  sites: [
    { code: 'ams1', city: 'Amsterdam', carriers: ['Nordlink', 'Metrofiber'], tunnels: 4 },
    { code: 'fra1', city: 'Frankfurt', carriers: ['Metrofiber', 'Rheinnet'] },
    { code: 'lhr1', city: 'London', carriers: ['Albion Transit'] },
    { code: 'mad1', city: 'Madrid', carriers: ['Meseta Redes'] },
    { code: 'lis1', city: 'Lisbon', carriers: ['Tejo Fibra'], bgp: 'off' },
  ],
} satisfies AccountSpec;
