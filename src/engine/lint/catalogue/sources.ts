/** The pages that rules rest on, each once. */
const WAN = 'https://developers.cloudflare.com/cloudflare-wan';
const RFC = 'https://www.rfc-editor.org/rfc';

export const SOURCES = {
  endpoints: `${WAN}/configuration/how-to/configure-tunnel-endpoints/`,
  routes: `${WAN}/configuration/how-to/configure-routes/`,
  healthChecks: `${WAN}/reference/tunnel-health-checks/`,
  healthRate: `${WAN}/configuration/common-settings/update-tunnel-health-checks-frequency/`,
  healthAlerts: `${WAN}/configuration/common-settings/configure-tunnel-health-alerts/`,
  healthQuery: `${WAN}/analytics/query-tunnel-health/`,
  ipsec: `${WAN}/reference/gre-ipsec-tunnels/`,
  antiReplay: `${WAN}/reference/anti-replay-protection/`,
  ikeId: `${WAN}/configuration/common-settings/custom-ike-id-ipsec/`,
  steering: `${WAN}/reference/traffic-steering/`,
  aws: `${WAN}/configuration/third-party/aws/`,
  api: 'https://developers.cloudflare.com/api/resources/magic_transit/subresources/ipsec_tunnels/',
  /** Guidelines for the management of keys. */
  rfc4107: `${RFC}/rfc4107`,
  /** IKEv2. */
  rfc7296: `${RFC}/rfc7296`,
  /** BGP-4. */
  rfc4271: `${RFC}/rfc4271`,
  rfc4632: `${RFC}/rfc4632`,
  rfc5398: `${RFC}/rfc5398`,
  rfc5737: `${RFC}/rfc5737`,
  rfc6890: `${RFC}/rfc6890`,
  rfc7607: `${RFC}/rfc7607`,
} as const;
