// Handlers of the widget's HTTP door, for pages that cannot hold a socket: the same intake, the same answers.
import type { z } from 'zod';
import { LoketError } from '../contract/errors.ts';
import type { widgetMessageBody, widgetSessionBody } from '../contract/http.ts';
import { createTokenBuckets } from '../desk/tokenBucket.ts';
import { toInbound, visitorKey } from '../desk/visitorToken.ts';
import type { HttpOptions } from './options.ts';
import type { Call } from './route.ts';

type VisitorParts = Pick<HttpOptions, 'desk' | 'tokens' | 'clock'>;

/** A whole hall shares one address: 120 new visitors at once, two more a second. A visitor: 20 messages at once, one more a second. */
export function createVisitorHandlers({ desk: { intake }, tokens, clock }: VisitorParts) {
  const sessions = createTokenBuckets({ burst: 120, everyMs: 500 });
  const messages = createTokenBuckets({ burst: 20, everyMs: 1_000 });

  return {
    /** A token we did not issue is replaced, not refused: the visitor begins anew. */
    async begin({ input, req }: Call<'widget', z.output<typeof widgetSessionBody>>) {
      const visitorId = tokens.verify(input.token ?? '');
      if (visitorId !== null) return { token: input.token, ...(await intake.open(visitorKey(visitorId))) };
      if (!sessions.take(req.ip ?? '', clock.now()))
        throw new LoketError('too-many', 'Terlalu banyak pengunjung baru. Coba lagi.');
      const issued = tokens.issue();
      return { token: issued.token, ...(await intake.open(visitorKey(issued.visitorId))) };
    },
    async send({ by, input }: Call<'visitor', z.output<typeof widgetMessageBody>>) {
      if (!messages.take(by, clock.now())) throw new LoketError('too-many', 'Terlalu banyak pesan. Tunggu sebentar.');
      const { message } = await intake.message(toInbound(by, input, clock.now()));
      return { message: { id: message.id, seq: message.seq } };
    },
    history: ({ by, input }: Call<'visitor', { rev: number }>) => intake.history(visitorKey(by), input.rev),
  };
}
