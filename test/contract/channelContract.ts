// What every channel must do, whatever it speaks on its far side. One suite; each channel's test gives it a far side to play with.
import { LoketError } from '../../src/contract/errors.ts';
import { type Channel, SendError } from '../../src/desk/ports.ts';
import { createFakeIntake } from '../support/fakeIntake.ts';
import { outbound } from '../support/outbound.ts';
import { until } from '../support/until.ts';

/** The citizens' side of a channel. Citizens have names; the far side gives each its own address. */
export interface FarSide {
  /** A channel on this far side, not started; every call makes a new one, as a restarted process would. */
  channel(): Channel;
  /** A citizen writes. Resolves once it is on its way: the channel may take it later. */
  write(citizen: string, text: string): Promise<void>;
  /** The address replies to this citizen go to. */
  address(citizen: string): string;
  /** What this citizen has been shown, in order; absent when the channel leaves showing to others. */
  shown?(citizen: string): string[];
  /** From now on the far side cuts every send off without an answer; absent when the channel has no network. */
  cutSends?(): void | Promise<void>;
  close(): Promise<void>;
}

export function describeChannel(name: string, setup: () => Promise<FarSide>): void {
  describe(`channel contract: ${name}`, () => {
    let far: FarSide;
    let intake: ReturnType<typeof createFakeIntake>;
    const started: Channel[] = [];

    beforeEach(async () => {
      far = await setup();
      intake = createFakeIntake();
    });
    afterEach(async () => {
      await Promise.all(started.splice(0).map((channel) => channel.stop()));
      await far.close();
    });

    async function start(): Promise<Channel> {
      const channel = far.channel();
      started.push(channel);
      await channel.start(intake);
      // A browser may have to start, on a busy machine.
      await until('the channel is ready', () => channel.health().state === 'ready', 240_000);
      return channel;
    }
    async function stop(channel: Channel): Promise<void> {
      started.splice(started.indexOf(channel), 1);
      await channel.stop();
    }
    const texts = (citizen: string) =>
      intake.stored.filter(({ from }) => from.externalId === far.address(citizen)).map(({ text }) => text);
    const toCitizen = (channel: Channel, citizen: string, text: string) =>
      outbound({ channel: channel.name, accountId: channel.accountId, externalId: far.address(citizen) }, text);

    it('When it is made, then it says who it is and what it can do', () => {
      const channel = far.channel();
      expect(channel.accountId).toMatch(/^.{1,64}$/);
      expect(channel.capabilities.maxTextLength).toBeGreaterThanOrEqual(1000);
      expect(channel.health().state).not.toBe('ready');
    });

    it('When it is connected, then its health is ready without a complaint; after stop it is not ready and says why', async () => {
      const channel = await start();
      expect(channel.health().detail).toBeNull();
      await stop(channel);
      expect(channel.health().state).not.toBe('ready');
      expect(channel.health().detail).toMatch(/\w+ \w+.*\.$/);
    });

    it('When a citizen writes, then the desk gets it once, under this channel, with an address to reply to', async () => {
      const channel = await start();
      await far.write('ana', 'halo');
      await until('the message is stored', () => texts('ana').length === 1);
      expect(intake.stored[0]).toMatchObject({ channel: channel.name, accountId: channel.accountId, kind: 'text', text: 'halo' });
    });

    it('When two citizens write, then they are two contacts and every message has its own id', async () => {
      await start();
      await far.write('ana', 'satu');
      await far.write('budi', 'satu');
      await far.write('ana', 'satu');
      await until('all are stored', () => intake.stored.length === 3);
      expect(far.address('ana')).not.toBe(far.address('budi'));
      expect(texts('ana')).toEqual(['satu', 'satu']);
      expect(new Set(intake.stored.map(({ externalId }) => externalId)).size).toBe(3);
    });

    it('When a citizen writes quickly, then the order stays', async () => {
      await start();
      const sent = Array.from({ length: 20 }, (_, n) => `pesan ${n}`);
      // The store is slow for some of them: a later one must not overtake.
      intake.before = ({ text }) => (text.endsWith('3') ? new Promise((resolve) => setTimeout(resolve, 20)) : null);
      for (const text of sent) await far.write('ana', text);
      await until('all are stored', () => texts('ana').length === sent.length);
      expect(texts('ana')).toEqual(sent);
    });

    it('When the store is away, then nothing is lost, doubled or turned around once it is back', async () => {
      await start();
      intake.before = () => new LoketError('store-away', 'The store is away.');
      const writing = [far.write('ana', 'satu'), far.write('budi', 'dua'), far.write('ana', 'tiga')];
      await until('the store was asked', () => intake.asked.length > 0);
      expect(intake.stored).toEqual([]);
      intake.before = null;
      await until('all are stored', () => intake.stored.length === 3);
      await Promise.all(writing);
      expect(texts('ana')).toEqual(['satu', 'tiga']);
      expect(texts('budi')).toEqual(['dua']);
    });

    it('When messages are sent, then the citizen sees them in order and each has its own id', async () => {
      const channel = await start();
      const first = await channel.send(toCitizen(channel, 'ana', 'Selamat pagi'));
      const second = await channel.send(toCitizen(channel, 'ana', '<b>bukan</b> *markup* & "kutip"'));
      await channel.send(toCitizen(channel, 'budi', 'Halo Budi'));
      const shown = (citizen: string) => far.shown?.(citizen) ?? [];
      if (far.shown) {
        await until('both are shown', () => shown('ana').length === 2);
        expect(shown('ana')).toEqual(['Selamat pagi', '<b>bukan</b> *markup* & "kutip"']);
        expect(shown('budi')).toEqual(['Halo Budi']);
      }
      if (first.externalId !== null) expect(first.externalId).not.toBe(second.externalId);
    });

    it('When the far side breaks off a send, then the error says that it may have arrived', async () => {
      const channel = await start();
      if (!far.cutSends) return;
      await far.cutSends();
      const error = await channel.send(toCitizen(channel, 'ana', 'Halo')).catch((cause: unknown) => cause);
      expect(error).toBeInstanceOf(SendError);
      expect(error).toMatchObject({ verdict: 'uncertain' });
    });

    it('When typing is shown to somebody who is gone, then nothing is thrown', async () => {
      const channel = await start();
      await far.cutSends?.();
      await channel.typing?.(toCitizen(channel, 'ana', '').contact);
    });

    it('When it is stopped, then it waits for the message in hand and takes no more', async () => {
      const channel = await start();
      let release = () => {};
      intake.before = () => new Promise<void>((resolve) => (release = resolve));
      const writing = far.write('ana', 'terakhir');
      await until('a message is in hand', () => intake.asked.length === 1);
      const stopping = stop(channel);
      release();
      await stopping;
      expect(texts('ana')).toEqual(['terakhir']);
      await writing;
    });
  });
}
