import { createMedia } from '../../web-widget/media.ts';
import { createSound } from '../../web-widget/sound.ts';
import { fakeStorage } from './support.ts';

describe('media', () => {
  const revoke = jest.spyOn(URL, 'revokeObjectURL');
  beforeEach(() => revoke.mockClear());

  it('When a picture is tapped twice before it is here, then it is fetched once, and both get the same address', async () => {
    let fetched = 0;
    const media = createMedia(async () => {
      fetched += 1;
      return new Blob(['x']);
    });
    const [one, other] = await Promise.all([media.load('f1'), media.load('f1')]);
    expect([fetched, one === other, media.url('f1') === one, await media.load('f1')]).toEqual([1, true, true, one]);
  });

  it('When it cannot be had now, then the next tap tries again', async () => {
    const answers = [null, new Blob(['x'])];
    const media = createMedia(async () => answers.shift() ?? null);
    expect(await media.load('f1')).toBeNull();
    expect(await media.load('f1')).toMatch(/^blob:/);
  });

  it('When the visitor deletes everything, then no file stays in memory', async () => {
    const media = createMedia(async () => new Blob(['x']));
    const address = await media.load('f1');
    media.clear();
    expect(media.url('f1')).toBeNull();
    expect(revoke).toHaveBeenCalledWith(address);
  });
});

describe('sound', () => {
  it('When nobody turned it on, then it is off and nothing sounds; turned on it stays on over a reload, until it is turned off', () => {
    const played = jest.fn();
    (globalThis as { AudioContext?: unknown }).AudioContext = class {
      constructor() {
        played();
        throw new Error('no hardware');
      }
    };
    const storage = fakeStorage();
    const sound = createSound(storage);
    sound.play();
    expect([sound.isOn(), played.mock.calls.length]).toEqual([false, 0]);
    sound.toggle();
    createSound(storage).play();
    expect([createSound(storage).isOn(), played.mock.calls.length]).toEqual([true, 2]);
    sound.toggle();
    expect(createSound(storage).isOn()).toBe(false);
  });
});
