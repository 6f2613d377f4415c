// What the desk needs of a connector to another system: one question, one answer. How often and how long is asked is the desk's.
import type { PermitSystem } from '../contract/permit.ts';
import type { PermitReport } from './permitPort.ts';

/** Connectors there are; one file each in permits/connectors. */
export const connectorNames = ['oss'] as const;
export type ConnectorName = (typeof connectorNames)[number];

export interface PermitConnector {
  name: ConnectorName;
  system: PermitSystem;
  /**
   * Asks once, without repeating.
   * @param number canonical, see permitNumbers.ts
   * @param signal ends the call; the desk's time-out
   * @returns null when the system does not know the number. @throws ConnectorFault for everything else
   */
  lookup(number: string, signal: AbortSignal): Promise<PermitReport | null>;
}

/** `denied`: our key is not accepted · `refused`: the system takes no such question · `wrong-answer`: not what was agreed. */
export type FaultKind = 'timeout' | 'unreachable' | 'busy' | 'denied' | 'refused' | 'wrong-answer';

/** A call that failed. Carries nothing of the answer: it may hold personal data. */
export class ConnectorFault extends Error {
  readonly kind: FaultKind;
  /** Worth asking again at once. */
  readonly passes: boolean;

  constructor(kind: FaultKind) {
    super(kind);
    this.name = 'ConnectorFault';
    this.kind = kind;
    this.passes = kind === 'timeout' || kind === 'unreachable' || kind === 'busy';
  }
}
