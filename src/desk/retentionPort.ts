// The retention half of the Store port: what the nightly job may forget. Charter: storePort.ts; the periods are rules of the desk.

export interface RetentionStore {
  /**
   * Looks at up to `limit` contacts after `after` (a contact id), in the order of their ids: a small step, so that messages get their turn.
   * @param before epoch ms
   * @returns those made before it all of whose conversations were closed before it; `last`: where to go on, null at the end
   */
  idleContacts(before: number, after: string | null, limit: number): Promise<{ ids: string[]; last: string | null }>;
  /** Deletes up to `limit` of the oldest audit entries written before `before`. @returns how many */
  forgetAudit(before: number, limit: number): Promise<number>;
}
