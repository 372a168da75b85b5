import { KEY_PLACE, type SnippetMaker } from './contract.ts';

/** FortiOS takes names of interfaces of up to 15 characters. */
const LONGEST_NAME = 15;

/** Fortinet FortiGate: phase 1 and 2 interfaces, after Cloudflare's guide (FortiOS 7.0). */
export const FORTIGATE: SnippetMaker = {
  guide: 'fortinet',
  antiReplay: 'off',
  namedByAddress: false,
  write: ({ label, cloudflareEndpoint, inner, fqdn }) => {
    const name = label.slice(0, LONGEST_NAME);
    return [
      'config vpn ipsec phase1-interface',
      `    edit "${name}"`,
      '        set interface "<WAN-INTERFACE>"',
      '        set ike-version 2',
      '        set keylife 86400',
      '        set peertype any',
      '        set net-device enable',
      '        set proposal aes256-sha256',
      `        set localid "${fqdn}"`,
      '        set localid-type fqdn',
      '        set dhgrp 20',
      '        set dpd on-idle',
      '        set dpd-retryinterval 10',
      `        set remote-gw ${cloudflareEndpoint}`,
      `        set psksecret "${KEY_PLACE}"`,
      '    next',
      'end',
      'config vpn ipsec phase2-interface',
      `    edit "${name}"`,
      `        set phase1name "${name}"`,
      '        set proposal aes256-sha256',
      '        set pfs enable',
      '        set dhgrp 20',
      '        set replay disable',
      '        set keylifeseconds 28800',
      '        set auto-negotiate enable',
      '        set keepalive enable',
      '    next',
      'end',
      'config system interface',
      `    edit "${name}"`,
      `        set ip ${inner.router} 255.255.255.255`,
      `        set remote-ip ${inner.cloudflare} ${inner.mask}`,
      '        set allowaccess ping',
      '    next',
      'end',
      '# Cloudflare’s health checks may come in by one tunnel and go out by another:',
      'config system settings',
      '    set asymroute-icmp enable',
      'end',
      '# After a new key: clear the IKE SA, so that both sides prove the key again.',
      `# diagnose vpn ike gateway clear name ${name}`,
    ];
  },
};
