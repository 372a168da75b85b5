import { KEY_PLACE, type SnippetMaker } from './contract.ts';

/**
 * AWS: options of one tunnel of a site-to-site VPN, after Cloudflare's guide. The key is in a file: on the command line it
 * would end in the shell's history. AWS names itself by its outside address.
 */
export const AWS: SnippetMaker = {
  guide: 'aws',
  antiReplay: 'cannot',
  namedByAddress: true,
  write: ({ label, cloudflareEndpoint, customerEndpoint, inner }) => {
    const one = (value: string | number): readonly object[] => [{ Value: value }];
    const options = {
      PreSharedKey: KEY_PLACE,
      TunnelInsideCidr: `${inner.network}/${inner.bits}`,
      IKEVersions: one('ikev2'),
      StartupAction: 'start',
      DPDTimeoutAction: 'restart',
      DPDTimeoutSeconds: 30,
      Phase1EncryptionAlgorithms: one('AES256-GCM-16'),
      Phase1IntegrityAlgorithms: one('SHA2-256'),
      Phase1DHGroupNumbers: one(20),
      Phase1LifetimeSeconds: 28_800,
      Phase2EncryptionAlgorithms: one('AES256-GCM-16'),
      Phase2IntegrityAlgorithms: one('SHA2-256'),
      Phase2DHGroupNumbers: one(20),
      Phase2LifetimeSeconds: 3_600,
    };
    return [
      `# The customer gateway in AWS is Cloudflare: ${cloudflareEndpoint}. AWS takes ${inner.router} inside the tunnel.`,
      '# (umask 077; the file holds the key: delete it afterwards)',
      `cat > cf-${label}.json <<'EOF'`,
      ...JSON.stringify(options, null, 2).split('\n'),
      'EOF',
      'aws ec2 modify-vpn-tunnel-options \\',
      '  --vpn-connection-id <VPN-CONNECTION> \\',
      `  --vpn-tunnel-outside-ip-address ${customerEndpoint} \\`,
      `  --tunnel-options file://cf-${label}.json`,
      `rm cf-${label}.json`,
      '# AWS begins IKE anew when the options change: the tunnel is down for some minutes, and both sides prove the key.',
    ];
  },
};
