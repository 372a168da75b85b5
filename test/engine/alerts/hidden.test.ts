import { describe, expect, it } from 'vitest';
import { hiddenTogether } from '../../../src/engine/alerts/hidden.ts';
import type { Alert, AlertPhase, Subject } from '../../../src/shared/alerts.ts';
import type { AccountId, TunnelKey } from '../../../src/shared/model.ts';

const accountId = '023e105f4ecef8ad9ca31a8372d0c353' as AccountId;
const about = (id: string, subject: Subject, phase: AlertPhase = 'firing'): Alert => ({
  id,
  rule: subject.kind === 'site' ? 'redundancy-lost' : 'bgp-down',
  severity: 'warning',
  phase,
  subject,
  since: 0,
  exact: true,
  firedAt: 0,
  resolvedAt: null,
  returns: 0,
  unseen: false,
  facts: {},
});
const tunnel = (name: string, site: string | null, endpoint: string, phase?: AlertPhase): Alert =>
  about(
    name,
    {
      kind: 'tunnel',
      accountId,
      account: 'Acme',
      key: `${accountId}/${name}` as TunnelKey,
      name,
      site,
      cloudflareEndpoint: endpoint,
      customerEndpoint: null,
      tags: [],
    },
    phase,
  );
const site = (name: string): Alert => about(name, { kind: 'site', accountId, account: 'Acme', site: name });
/** A silence of one endpoint, and one of a site. */
const silenced = ({ subject }: Alert): readonly string[] => {
  if (subject.kind === 'tunnel' && subject.cloudflareEndpoint === '162.159.66.17') return ['s-endpoint'];
  return subject.kind === 'site' && subject.site === 'Oslo' ? ['s-oslo'] : [];
};

describe('what hides the alerts of an incident', () => {
  it('hides what is told of a site with the last of its tunnels', () => {
    const alerts = [tunnel('ams-a', 'Amsterdam', '162.159.66.17'), site('Amsterdam')];
    expect(alerts.map(hiddenTogether(alerts, silenced))).toEqual([['s-endpoint'], ['s-endpoint']]);
  });

  it('shows the site while one of its tunnels shows', () => {
    const alerts = [
      tunnel('ams-a', 'Amsterdam', '162.159.66.17'),
      tunnel('ams-b', 'Amsterdam', '162.159.70.49'),
      site('Amsterdam'),
    ];
    expect(alerts.map(hiddenTogether(alerts, silenced))).toEqual([['s-endpoint'], [], []]);
  });

  it('does not count what is over, nor tunnels of other sites, nor none at all', () => {
    const alerts = [
      tunnel('ams-a', 'Amsterdam', '162.159.66.17'),
      tunnel('ams-b', 'Amsterdam', '162.159.70.49', 'resolved'),
      tunnel('par-a', null, '162.159.66.17'),
      site('Amsterdam'),
      site('Paris'),
      site('Oslo'),
    ];
    expect(alerts.slice(3).map(hiddenTogether(alerts, silenced))).toEqual([['s-endpoint'], [], ['s-oslo']]);
  });
});
