/**
 * The phases of a session and how the API words them: RFC 4271 state names beside `state` and `tcp_established`.
 * `refused` is the one with TCP up and no session: wrong ASN or capability.
 */
export const BGP_PHASES = {
  up: { rank: 0, state: 'BGP_UP', tcp: true, word: 'Established' },
  'open-confirm': { rank: 1, state: 'BGP_ESTABLISHING', tcp: true, word: 'OpenConfirm' },
  'open-sent': { rank: 2, state: 'BGP_ESTABLISHING', tcp: true, word: 'OpenSent' },
  connect: { rank: 3, state: 'BGP_ESTABLISHING', tcp: false, word: 'Connect' },
  refused: { rank: 4, state: 'BGP_DOWN', tcp: true, word: 'OpenSent' },
  active: { rank: 5, state: 'BGP_DOWN', tcp: false, word: 'Active' },
  unreported: { rank: 6, state: null, tcp: false, word: '' },
} as const;

export type BgpPhase = keyof typeof BGP_PHASES;
