import { KEY_PLACE, type SnippetMaker } from './contract.ts';

/** Azure VPN gateway: the policy of a connection and its key, after Cloudflare's guide. It names itself by its address. */
export const AZURE: SnippetMaker = {
  guide: 'azure/azure-vpn-gateway',
  antiReplay: 'off',
  namedByAddress: true,
  write: ({ label, cloudflareEndpoint, inner }) => {
    const where = '--resource-group <RESOURCE-GROUP>';
    return [
      '# psk.txt holds the key and nothing else (umask 077; delete it afterwards):',
      `#   ${KEY_PLACE}`,
      '# The local network gateway stands for Cloudflare; its prefix lets health checks return through the tunnel.',
      `az network local-gateway create ${where} --name cf-${label} \\`,
      `  --gateway-ip-address ${cloudflareEndpoint} \\`,
      `  --local-address-prefixes ${inner.cloudflare}/32 <PREFIXES-BEHIND-CLOUDFLARE>`,
      `az network vpn-connection create ${where} --name cf-${label} \\`,
      `  --vnet-gateway1 <VPN-GATEWAY> --local-gateway2 cf-${label} --shared-key "$(cat psk.txt)"`,
      `az network vpn-connection ipsec-policy add ${where} --connection-name cf-${label} \\`,
      '  --ike-encryption GCMAES256 --ike-integrity SHA384 --dh-group ECP384 \\',
      '  --ipsec-encryption GCMAES256 --ipsec-integrity GCMAES256 --pfs-group ECP384 \\',
      '  --sa-lifetime 28800 --sa-max-size 0',
      `az network vpn-connection update ${where} --name cf-${label} \\`,
      '  --set connectionMode=InitiatorOnly dpdTimeoutSeconds=45 usePolicyBasedTrafficSelectors=false',
      '# A new key for a connection that is there:',
      `az network vpn-connection shared-key update ${where} --connection-name cf-${label} \\`,
      '  --value "$(cat psk.txt)"',
      '# Then switch anti-replay off: PUT the virtual network gateway with disableIPSecReplayProtection = true (see the guide).',
      '# After a new key: reset the connection, so that both sides prove the key again (PowerShell; the CLI cannot).',
      `# Reset-AzVirtualNetworkGatewayConnection -ResourceGroupName <RESOURCE-GROUP> -Name cf-${label}`,
    ];
  },
};
