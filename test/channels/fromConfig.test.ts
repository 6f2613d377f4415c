// Which WhatsApp channels the settings turn on: none by themselves, the unofficial one only when somebody says so.
import { whatsappCloudOf } from '../../src/channels/whatsappCloud/fromConfig.ts';
import { whatsappWebOf } from '../../src/channels/whatsappWeb/fromConfig.ts';
import { readConfig } from '../../src/config.ts';
import { createLog } from '../../src/log.ts';

const cloud = {
  WHATSAPP_CLOUD_PHONE_NUMBER_ID: '106540352242922',
  WHATSAPP_CLOUD_TOKEN: 'EAAG-token-of-the-number',
  WHATSAPP_CLOUD_APP_SECRET: 'app-secret-app-secret',
  WHATSAPP_CLOUD_VERIFY_TOKEN: 'verify-word-verify-word',
};
function channelsOf(env: Record<string, string>) {
  const read = readConfig(env);
  if (!read.ok) return read.problems;
  const log = createLog('silent');
  return [...whatsappCloudOf(read.config, log), ...whatsappWebOf(read.config, log, null)].map(({ name, accountId }) => [
    name,
    accountId,
  ]);
}

describe('WhatsApp in the settings', () => {
  it.each<[string, Record<string, string>, string[][]]>([
    ['nothing', {}, []],
    ['that WhatsApp Web is off', { WHATSAPP_WEB_ENABLED: 'off' }, []],
    ['that WhatsApp Web is on', { WHATSAPP_WEB_ENABLED: 'on' }, [['whatsappWeb', 'utama']]],
    ['a browser alone', { PUPPETEER_EXECUTABLE_PATH: '/usr/bin/chromium', WHATSAPP_WEB_QUIET_HOURS: '01:00-02:00' }, []],
    ['the four of the Cloud API', cloud, [['whatsapp', '106540352242922']]],
    [
      'both',
      { ...cloud, WHATSAPP_WEB_ENABLED: 'on' },
      [
        ['whatsapp', '106540352242922'],
        ['whatsappWeb', 'utama'],
      ],
    ],
  ])('When they say %s, then these run', (_what, env, channels) => {
    expect(channelsOf(env)).toEqual(channels);
  });

  it.each(Object.keys(cloud))('When of the four %s is missing, then the start stops and names it', (name) => {
    const { [name as keyof typeof cloud]: _, ...rest } = cloud;
    expect(channelsOf(rest)).toEqual([expect.stringContaining(name)]);
  });
});
