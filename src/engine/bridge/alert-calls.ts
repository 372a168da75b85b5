/** The calls about alerts: questions and acts of people, handed to the engine's desk. */
import type { AlertDesk } from '../alerts/contract.ts';
import type { Handlers } from './host.ts';

/** Somebody asks about alerts where nothing is alerted on. The message is one sentence for the caller. */
export class NotAlerting extends Error {
  constructor() {
    super('Nothing is alerted on here.');
  }
}

type AlertCall =
  | 'incident'
  | 'incidents'
  | 'incidentsOf'
  | 'acknowledge'
  | 'unacknowledge'
  | 'silence'
  | 'expireSilence'
  | 'previewSilence'
  | 'markSeen'
  | 'deliveries'
  | 'testSink'
  | 'rules';

/** Handlers over whatever desk there is at the moment. */
export function alertHandlers(current: () => AlertDesk | null): Pick<Handlers, AlertCall> {
  const desk = (): AlertDesk => {
    const found = current();
    if (found === null) throw new NotAlerting();
    return found;
  };
  return {
    incident: ({ id }) => desk().incident(id),
    incidents: ({ before, limit }) => desk().incidents(before, limit),
    incidentsOf: ({ key }) => desk().incidentsOf(key),
    acknowledge: ({ ids, ...ack }) => desk().acknowledge(ids, ack),
    unacknowledge: ({ ids, by }) => desk().unacknowledge(ids, by),
    silence: (silence) => desk().silence(silence),
    expireSilence: ({ id, by }) => desk().expireSilence(id, by),
    previewSilence: ({ matchers }) => desk().previewSilence(matchers),
    markSeen({ ids }) {
      desk().markSeen(ids);
      return null;
    },
    deliveries: ({ sink, before, limit }) => desk().deliveries(sink, before, limit),
    testSink: ({ sink }) => desk().testSink(sink),
    rules: () => desk().rules(),
  };
}
