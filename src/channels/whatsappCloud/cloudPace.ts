// How fast we may write: so many messages a second for the number, and a slow drip with a burst for each recipient.

export interface Pacer {
  /** Books the next place. @returns ms until this message may go, 0 for now */
  book(recipient: string, now: number): number;
}

interface Rate {
  /** One message every so many ms in the long run. */
  everyMs: number;
  /** So many at once after a silence. */
  burst: number;
}

/** As many recipients as are remembered; who was longest unheard starts afresh, as if after a silence. */
const MAX_RECIPIENTS = 20_000;

/**
 * The generic cell rate algorithm (ITU-T I.371): per key only the time when it would be as good as never used.
 * @param rates `number`: 80 a second (Meta, "Throughput") · `recipient`: one in 6 s with a burst of 45 (third parties; error 131056)
 */
export function createPacer(
  rates: { number: Rate; recipient: Rate } = {
    number: { everyMs: 1000 / 80, burst: 80 },
    recipient: { everyMs: 6000, burst: 45 },
  },
): Pacer {
  let numberFullAt = 0;
  const recipients = new Map<string, number>();

  const next = (fullAt: number, { everyMs }: Rate, now: number) => Math.max(fullAt, now) + everyMs;
  const waitOf = (fullAt: number, { everyMs, burst }: Rate, now: number) => Math.max(0, fullAt - everyMs * burst - now);

  return {
    book(recipient, now) {
      numberFullAt = next(numberFullAt, rates.number, now);
      const recipientFullAt = next(recipients.get(recipient) ?? 0, rates.recipient, now);
      recipients.delete(recipient);
      recipients.set(recipient, recipientFullAt);
      if (recipients.size > MAX_RECIPIENTS) recipients.delete(recipients.keys().next().value ?? '');
      return Math.max(waitOf(numberFullAt, rates.number, now), waitOf(recipientFullAt, rates.recipient, now));
    },
  };
}
