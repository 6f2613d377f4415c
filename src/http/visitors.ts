// Handlers of the widget's HTTP door: sessions, files, erasing, and the same intake as the socket for pages that cannot hold one.
import type { z } from 'zod';
import { LoketError } from '../contract/errors.ts';
import { widgetFileHeaders, type widgetLinkBody, type widgetMessageBody, type widgetSessionBody } from '../contract/http.ts';
import { createTokenBuckets } from '../desk/tokenBucket.ts';
import { toInbound, visitorKey } from '../desk/visitorToken.ts';
import { parse } from './errors.ts';
import type { HttpOptions } from './options.ts';
import type { Call } from './route.ts';
import { createUploads } from './uploads.ts';

type VisitorParts = Pick<HttpOptions, 'desk' | 'tokens' | 'clock' | 'uploadMaxBytes'>;

/**
 * A whole hall shares one address: 120 new visitors at once, two more a second; 60 files at once, one more a second.
 * A visitor: 20 messages at once, one more a second; 12 files at once, one more every ten seconds;
 * 6 codes at once, one more a minute.
 */
export function createVisitorHandlers({ desk, tokens, clock, uploadMaxBytes }: VisitorParts) {
  const { intake } = desk;
  const sessions = createTokenBuckets({ burst: 120, everyMs: 500 });
  const messages = createTokenBuckets({ burst: 20, everyMs: 1_000 });
  const files = createTokenBuckets({ burst: 12, everyMs: 10_000 });
  const filesPerAddress = createTokenBuckets({ burst: 60, everyMs: 1_000 });
  const codes = createTokenBuckets({ burst: 6, everyMs: 60_000 });
  const uploads = createUploads({ maxBytes: uploadMaxBytes });

  return {
    /** A token we did not issue, or whose visitor was erased, is replaced, not refused: the visitor begins anew. */
    async begin({ input, req }: Call<'widget', z.output<typeof widgetSessionBody>>) {
      const visitorId = tokens.verify(input.token ?? '');
      if (visitorId !== null && (await intake.knows(visitorKey(visitorId))))
        return { token: tokens.tokenOf(visitorId), ...(await intake.open(visitorKey(visitorId))), uploadMaxBytes };
      if (!sessions.take(req.ip ?? '', clock.now()))
        throw new LoketError('too-many', 'Terlalu banyak pengunjung baru. Coba lagi.');
      const issued = tokens.issue();
      return { token: issued.token, ...(await intake.open(visitorKey(issued.visitorId))), uploadMaxBytes };
    },
    async send({ by, input }: Call<'visitor', z.output<typeof widgetMessageBody>>) {
      if (!messages.take(by, clock.now())) throw new LoketError('too-many', 'Terlalu banyak pesan. Tunggu sebentar.');
      const { message } = await intake.message(toInbound(by, input, clock.now()));
      return { message: { id: message.id, seq: message.seq } };
    },
    history: ({ by, input }: Call<'visitor', { rev: number }>) => intake.history(visitorKey(by), input.rev),
    async upload({ by, req }: Call<'visitor', unknown>) {
      const headers = parse(widgetFileHeaders, req.headers);
      if (!files.take(by, clock.now()) || !filesPerAddress.take(req.ip ?? '', clock.now()))
        throw new LoketError('too-many', 'Terlalu banyak berkas. Tunggu sebentar.');
      const sent = await desk.visitor.sendFile(visitorKey(by), {
        clientMessageId: headers['x-message-id'],
        name: headers['x-file-name'],
        isVoice: headers['x-file-kind'] === 'voice',
        bytes: await uploads.read(req),
      });
      return sent.ok ? { message: { id: sent.message.id, seq: sent.message.seq } } : sent;
    },
    file: ({ by, attachmentId }: Call<'visitor', unknown>) => desk.visitor.file(visitorKey(by), attachmentId),
    apps: async (_call: Call<'visitor', unknown>) => ({ apps: desk.visitor.linkApps() }),
    async link({ by, input }: Call<'visitor', z.output<typeof widgetLinkBody>>) {
      if (!codes.take(by, clock.now())) throw new LoketError('too-many', 'Terlalu banyak kode. Tunggu sebentar.');
      return desk.visitor.linkCode(visitorKey(by), input.app);
    },
    erase: ({ by }: Call<'visitor', unknown>) => desk.visitor.erase(visitorKey(by)),
  };
}
