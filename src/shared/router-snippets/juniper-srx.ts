import { KEY_PLACE, type SnippetMaker } from './contract.ts';

/** Juniper SRX: a secure tunnel interface (st0), after Cloudflare's guide (Junos 23.4). */
export const JUNIPER_SRX: SnippetMaker = {
  guide: 'juniper',
  antiReplay: 'off',
  namedByAddress: false,
  write: ({ label, cloudflareEndpoint, inner, fqdn }) => {
    const gateway = `set security ike gateway cf-${label}`;
    const vpn = `set security ipsec vpn cf-${label}`;
    return [
      '# The proposals and the IPsec policy serve all tunnels to Cloudflare.',
      'set security ike proposal cloudflare-ike authentication-method pre-shared-keys',
      'set security ike proposal cloudflare-ike dh-group group20',
      'set security ike proposal cloudflare-ike authentication-algorithm sha-256',
      'set security ike proposal cloudflare-ike encryption-algorithm aes-256-cbc',
      'set security ike proposal cloudflare-ike lifetime-seconds 86400',
      'set security ipsec proposal cloudflare-esp protocol esp',
      'set security ipsec proposal cloudflare-esp authentication-algorithm hmac-sha-256-128',
      'set security ipsec proposal cloudflare-esp encryption-algorithm aes-256-cbc',
      'set security ipsec proposal cloudflare-esp lifetime-seconds 28800',
      'set security ipsec policy cloudflare perfect-forward-secrecy keys group20',
      'set security ipsec policy cloudflare proposals cloudflare-esp',
      `set security ike policy cf-${label} proposals cloudflare-ike`,
      `set security ike policy cf-${label} pre-shared-key ascii-text "${KEY_PLACE}"`,
      `${gateway} ike-policy cf-${label}`,
      `${gateway} address ${cloudflareEndpoint}`,
      `${gateway} local-identity hostname ${fqdn}`,
      `${gateway} remote-identity inet ${cloudflareEndpoint}`,
      `${gateway} external-interface <WAN-INTERFACE>`,
      `${gateway} dead-peer-detection always-send`,
      `${gateway} dead-peer-detection interval 10`,
      `${gateway} dead-peer-detection threshold 3`,
      `${gateway} version v2-only`,
      `${vpn} bind-interface st0.<NUMBER>`,
      `${vpn} ike gateway cf-${label}`,
      `${vpn} ike no-anti-replay`,
      `${vpn} ike ipsec-policy cloudflare`,
      `${vpn} establish-tunnels immediately`,
      `set interfaces st0 unit <NUMBER> description "Cloudflare ${label}"`,
      `set interfaces st0 unit <NUMBER> family inet address ${inner.router}/${inner.bits}`,
      'set interfaces st0 unit <NUMBER> family inet mtu 1450',
      'set security zones security-zone cloudflare interfaces st0.<NUMBER> host-inbound-traffic system-services ping',
      'set security flow tcp-mss ipsec-vpn mss 1350',
      '# After a new key: clear the IKE SA, so that both sides prove the key again (operational mode).',
      `# clear security ike security-associations ${cloudflareEndpoint}`,
    ];
  },
};
