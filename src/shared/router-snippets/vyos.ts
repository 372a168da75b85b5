import { KEY_PLACE, type SnippetMaker } from './contract.ts';

/** VyOS 1.4 and later: a virtual tunnel interface (VTI); the values of Cloudflare's guide. */
export const VYOS: SnippetMaker = {
  guide: 'vyos',
  antiReplay: 'off',
  namedByAddress: false,
  write: ({ label, cloudflareEndpoint, inner, fqdn }) => {
    const peer = `set vpn ipsec site-to-site peer cf-${label}`;
    return [
      '# The groups serve all tunnels to Cloudflare.',
      "set vpn ipsec ike-group CLOUDFLARE key-exchange 'ikev2'",
      "set vpn ipsec ike-group CLOUDFLARE lifetime '86400'",
      "set vpn ipsec ike-group CLOUDFLARE close-action 'start'",
      "set vpn ipsec ike-group CLOUDFLARE dead-peer-detection action 'restart'",
      "set vpn ipsec ike-group CLOUDFLARE dead-peer-detection interval '10'",
      "set vpn ipsec ike-group CLOUDFLARE dead-peer-detection timeout '30'",
      'set vpn ipsec ike-group CLOUDFLARE disable-mobike',
      "set vpn ipsec ike-group CLOUDFLARE proposal 1 encryption 'aes256'",
      "set vpn ipsec ike-group CLOUDFLARE proposal 1 hash 'sha256'",
      "set vpn ipsec ike-group CLOUDFLARE proposal 1 dh-group '20'",
      "set vpn ipsec esp-group CLOUDFLARE lifetime '28800'",
      "set vpn ipsec esp-group CLOUDFLARE mode 'tunnel'",
      "set vpn ipsec esp-group CLOUDFLARE pfs 'dh-group20'",
      "set vpn ipsec esp-group CLOUDFLARE proposal 1 encryption 'aes256'",
      "set vpn ipsec esp-group CLOUDFLARE proposal 1 hash 'sha256'",
      'set vpn ipsec options disable-route-autoinstall',
      "set vpn ipsec interface '<WAN-INTERFACE>'",
      `set interfaces vti vti<NUMBER> address '${inner.router}/${inner.bits}'`,
      "set interfaces vti vti<NUMBER> mtu '1400'",
      `set vpn ipsec authentication psk cf-${label} id '${fqdn}'`,
      `set vpn ipsec authentication psk cf-${label} id '${cloudflareEndpoint}'`,
      `set vpn ipsec authentication psk cf-${label} secret '${KEY_PLACE}'`,
      `${peer} authentication mode 'pre-shared-secret'`,
      `${peer} authentication local-id '${fqdn}'`,
      `${peer} authentication remote-id '${cloudflareEndpoint}'`,
      `${peer} connection-type 'initiate'`,
      `${peer} ike-group 'CLOUDFLARE'`,
      `${peer} local-address 'any'`,
      `${peer} remote-address '${cloudflareEndpoint}'`,
      `${peer} replay-window '0'`,
      `${peer} vti bind 'vti<NUMBER>'`,
      `${peer} vti esp-group 'CLOUDFLARE'`,
      '# After a new key: reset the peer, so that both sides prove the key again (operational mode).',
      `# reset vpn ipsec site-to-site peer cf-${label}`,
    ];
  },
};
