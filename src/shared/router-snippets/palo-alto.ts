import { KEY_PLACE, type SnippetMaker } from './contract.ts';

/** Palo Alto PAN-OS: commands of the configuration mode, after Cloudflare's guide (PAN-OS 11.2). */
export const PALO_ALTO: SnippetMaker = {
  guide: 'palo-alto',
  antiReplay: 'off',
  namedByAddress: false,
  write: ({ label, cloudflareEndpoint, inner, fqdn }) => {
    // PAN-OS takes names of gateways and tunnels of up to 31 characters here.
    const name = `cf-${label}`.slice(0, 31);
    const ike = 'set network ike crypto-profiles ike-crypto-profiles cloudflare-ike';
    const esp = 'set network ike crypto-profiles ipsec-crypto-profiles cloudflare-esp';
    const gateway = `set network ike gateway ${name}`;
    const tunnel = `set network tunnel ipsec ${name}`;
    return [
      '# The crypto profiles serve all tunnels to Cloudflare.',
      `${ike} hash sha256`,
      `${ike} dh-group group20`,
      `${ike} encryption aes-256-cbc`,
      `${ike} lifetime hours 24`,
      `${esp} esp authentication sha256`,
      `${esp} esp encryption aes-256-cbc`,
      `${esp} dh-group group20`,
      `${esp} lifetime hours 8`,
      'set network profiles interface-management-profile allow_ping ping yes',
      `set network interface tunnel units tunnel.<NUMBER> ip ${inner.router}/${inner.bits}`,
      'set network interface tunnel units tunnel.<NUMBER> mtu 1450',
      'set network interface tunnel units tunnel.<NUMBER> interface-management-profile allow_ping',
      'set network virtual-router default interface tunnel.<NUMBER>',
      'set zone cloudflare network layer3 tunnel.<NUMBER>',
      `${gateway} authentication pre-shared-key key "${KEY_PLACE}"`,
      `${gateway} protocol version ikev2`,
      `${gateway} protocol ikev2 ike-crypto-profile cloudflare-ike`,
      `${gateway} protocol ikev2 dpd enable yes`,
      `${gateway} local-address interface <WAN-INTERFACE>`,
      `${gateway} peer-address ip ${cloudflareEndpoint}`,
      `${gateway} local-id type fqdn`,
      `${gateway} local-id id ${fqdn}`,
      `${gateway} peer-id type ipaddr`,
      `${gateway} peer-id id ${cloudflareEndpoint}`,
      `${tunnel} tunnel-interface tunnel.<NUMBER>`,
      `${tunnel} auto-key ike-gateway ${name}`,
      `${tunnel} auto-key ipsec-crypto-profile cloudflare-esp`,
      `${tunnel} anti-replay no`,
      '# After a new key: clear the IKE SA, so that both sides prove the key again (operational mode).',
      `# clear vpn ike-sa gateway ${name}`,
    ];
  },
};
