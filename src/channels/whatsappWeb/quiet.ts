// The hours in which nobody is likely to write: then the browser may be restarted, against its growing memory. Pure.

/** @param range `02:00-04:00`, may pass midnight; null for never @param timeZone IANA @returns whether a moment lies in it */
export function quietHours(range: string | null, timeZone: string): (now: number) => boolean {
  const [from, to] = range?.split('-') ?? [];
  if (from === undefined || to === undefined) return () => false;
  const format = new Intl.DateTimeFormat('en-GB', { timeZone, hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });
  return (now) => {
    const time = format.format(now);
    return from <= to ? from <= time && time < to : from <= time || time < to;
  };
}
