// One visitor's socket: joins the room of the conversation, hands messages inward, answers with what is stored.
import type { Socket } from 'socket.io';
import { z } from 'zod';
import { codeOf, type ErrorCode } from '../../contract/errors.ts';
import { widgetSeenSchema, widgetSendSchema, widgetSinceSchema } from '../../contract/events.ts';
import type { Clock, DeskLog, Intake } from '../../desk/ports.ts';
import { toInbound, visitorKey } from '../../desk/visitorToken.ts';

interface VisitorParts {
  socket: Socket;
  visitorId: string;
  intake: Intake;
  clock: Clock;
  log: DeskLog;
}

type Answer = ({ ok: true } & object) | { ok: false; code: ErrorCode };

export function serveVisitor({ socket, visitorId, intake, clock, log }: VisitorParts): void {
  const contact = visitorKey(visitorId);
  let joined: Promise<void> | null = null;

  /** Joins before anything is read, so that nothing falls between the past and the room. A store that is away is asked again. */
  function join(): Promise<void> {
    joined ??= intake
      .open(contact)
      .then(({ conversationId }) => socket.join(`conversation:${conversationId}`))
      .catch((error: unknown) => {
        joined = null;
        throw error;
      });
    return joined;
  }

  function on<S extends z.ZodType>(name: string, schema: S, handle: (payload: z.output<S>) => Promise<Answer>): void {
    socket.on(name, async (...sent: unknown[]) => {
      const ack = sent.at(-1);
      const parsed = schema.safeParse(sent[0]);
      const answer = parsed.success
        ? await join()
            .then(() => handle(parsed.data))
            .catch(refuse)
        : { ok: false, code: 'invalid' };
      if (typeof ack === 'function') ack(answer);
    });
  }

  function refuse(error: unknown): Answer {
    const code = codeOf(error);
    if (code === 'failed') log.error({ cause: error instanceof Error ? error.name : '' }, 'widget event failed');
    return { ok: false, code };
  }

  on('message:send', widgetSendSchema, async (sent) => {
    const { message } = await intake.message(toInbound(visitorId, sent, clock.now()));
    // Usually the room it is in; another one when the visitor's data was erased while the widget stayed open.
    await socket.join(`conversation:${message.conversationId}`);
    return { ok: true, message: { id: message.id, seq: message.seq } };
  });
  on('history:since', widgetSinceSchema, async ({ rev }) => ({ ok: true, ...(await intake.history(contact, rev)) }));
  on('message:seen', widgetSeenSchema, async ({ ids }) => {
    await intake.seen(contact, ids);
    return { ok: true };
  });
  on('typing', z.unknown(), async () => {
    intake.typing(contact);
    return { ok: true };
  });
  join().catch(refuse);
}
