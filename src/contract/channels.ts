// What running the channels is about, as the console's page of them knows it.

/** How a channel stands that a person has to log in. Times in epoch ms. */
export interface ChannelLogin {
  /** To be scanned with the office's phone before `until`. */
  qr: { text: string; until: number } | null;
  /** To be typed into the office's phone before `until`. */
  code: { code: string; until: number } | null;
  /** Nobody scanned for a while: a new QR is made when asked. */
  isAsleep: boolean;
  /** The linked number, masked; null before. */
  number: string | null;
  memoryMb: number | null;
  startedAt: number | null;
  lastMessageAt: number | null;
}
