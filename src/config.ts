// The settings: one zod schema of the environment, the only reader of process.env. `.env.example` and docs/settings.md are made from it.
import { existsSync } from 'node:fs';
import { z } from 'zod';

const origin = z.string().refine((text) => {
  try {
    return new URL(text).origin === text;
  } catch {
    return false;
  }
}, 'must be an origin such as https://izin.example.go.id, without a path');
const list = z.string().transform((text) =>
  text
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== ''),
);
const timeZone = z.string().refine((name) => {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return true;
  } catch {
    return false;
  }
}, 'must be an IANA time zone such as Asia/Jakarta');

/** A whole number within bounds; whatever is wrong with it, the error tells what it must be. */
const whole = (least: number, most: number) => {
  const error = `must be a whole number from ${least} to ${most}`;
  return z.coerce.number({ error }).int({ error }).min(least, { error }).max(most, { error });
};
const megabytes = 'must be a number of MB above 0, at most 50';
const logLevels = ['silent', 'fatal', 'error', 'warn', 'info', 'debug'] as const;

/** Every setting, with what it means and, where it has one, its default. The names are a contract. */
export const settings = {
  HOST: z
    .string()
    .min(1)
    .default('127.0.0.1')
    .describe('Address to listen on. 0.0.0.0 = every interface; put a TLS proxy in front.'),
  PORT: whole(0, 65_535).default(3000).describe('Port to listen on. 0 = any free port.'),
  PUBLIC_URL: origin
    .optional()
    .describe('Where citizens and officers reach this server, e.g. https://loket.example.go.id. Default: the local address.'),
  TRUST_PROXY: whole(0, 10).default(0).describe('How many proxies stand in front; their X-Forwarded-For is believed. 0 = none.'),
  DATA_DIR: z.string().min(1).default('data').describe('Folder for the database, files and keys. One server per folder.'),
  DATA_KEYS: z
    .string()
    .regex(/^[\w-]+:[A-Za-z0-9+/=_-]+(,[\w-]+:[A-Za-z0-9+/=_-]+)*$/, 'must be id:base64, several separated by commas')
    .optional()
    .describe(
      'Keys for encrypted fields, "id:base64 of 32 bytes", the first encrypts. Default: made once in DATA_DIR/keys, mode 0600.',
    ),
  MONGODB_URI: z
    .string()
    .regex(/^mongodb(\+srv)?:\/\//, 'must begin with mongodb:// or mongodb+srv://')
    .optional()
    .describe(
      'Keep the data in this MongoDB (replica set, 7.0 or newer) instead of DATA_DIR, so that several nodes can share it. Give each the same DATA_KEYS. Unset: SQLite in DATA_DIR.',
    ),
  LOG_LEVEL: z
    .enum(logLevels, { error: `must be one of ${logLevels.join(', ')}` })
    .default('info')
    .describe('How much to log, to standard error.'),
  OFFICER_ADMIN_EMAIL: z
    .string()
    .trim()
    .toLowerCase()
    .email('must be an e-mail address')
    .optional()
    .describe('First officer without the setup link: e-mail.'),
  OFFICER_ADMIN_PASSWORD: z
    .string()
    .min(10, 'needs at least 10 characters')
    .optional()
    .describe('First officer without the setup link: password, at least 10 characters.'),
  WIDGET_ORIGINS: list
    .pipe(z.array(origin))
    .default([])
    .describe('Sites that may embed the widget, separated by commas, e.g. https://dpmptsp.example.go.id.'),
  UPLOAD_MAX_MB: z.coerce
    .number({ error: megabytes })
    .positive({ error: megabytes })
    .max(50, { error: megabytes })
    .default(10)
    .describe('Largest file that is kept, in MB.'),
  OFFICE_TIMEZONE: timeZone.default('Asia/Jakarta').describe('Time zone of the office, for hours and dates.'),
  TELEGRAM_BOT_TOKEN: z
    .string()
    .regex(/^\d+:[\w-]+$/, 'must look like 123456:ABC…')
    .optional()
    .describe('Turns Telegram on: the token @BotFather gave.'),
  TELEGRAM_API_ROOT: z.string().url('must be a URL').default('https://api.telegram.org').describe('Bot API server.'),
  TELEGRAM_WEBHOOK_SECRET: z
    .string()
    .regex(/^[\w-]{16,256}$/, 'needs 16 to 256 letters, digits, _ or -')
    .optional()
    .describe('Receive by webhook at PUBLIC_URL/webhook/telegram with this secret. Unset: long polling.'),
  WHATSAPP_WEB_ENABLED: z
    .stringbool({ error: 'must be on or off' })
    .default(false)
    .describe('Links a WhatsApp number through WhatsApp Web. Unofficial, at the risk of a ban: read docs/whatsapp-web.md first.'),
  WHATSAPP_WEB_MEMORY_MB: whole(300, 16_000)
    .default(1200)
    .describe('The browser of WhatsApp Web is restarted above this, in MB.'),
  WHATSAPP_WEB_QUIET_HOURS: z
    .string()
    .regex(/^([01]\d|2[0-3]):[0-5]\d-([01]\d|2[0-3]):[0-5]\d$/, 'must be HH:MM-HH:MM')
    .default('02:00-04:00')
    .describe('When the browser of WhatsApp Web is restarted each night, in OFFICE_TIMEZONE.'),
  WHATSAPP_WEB_PAGE: z.string().min(1).optional().describe('Only for tests: an HTML file that stands in for WhatsApp Web.'),
  PUPPETEER_EXECUTABLE_PATH: z
    .string()
    .min(1)
    .optional()
    .describe('The Chromium for WhatsApp Web. Default: the one of the system.'),
  WHATSAPP_CLOUD_PHONE_NUMBER_ID: z
    .string()
    .regex(/^\d{5,32}$/, 'must be the id of the number (digits), as the Meta app shows it')
    .optional()
    .describe('Turns WhatsApp (Cloud API) on: id of the number in the Meta app. Needs the next three settings.'),
  WHATSAPP_CLOUD_TOKEN: z
    .string()
    .regex(/^[\x21-\x7e]{16,}$/, 'must be an access token')
    .optional()
    .describe('Permanent access token of a system user with the right whatsapp_business_messaging.'),
  WHATSAPP_CLOUD_APP_SECRET: z
    .string()
    .min(16, 'needs at least 16 characters')
    .optional()
    .describe('App secret of the Meta app: deliveries are checked with it.'),
  WHATSAPP_CLOUD_VERIFY_TOKEN: z
    .string()
    .min(16, 'needs at least 16 characters')
    .optional()
    .describe('A word of your choice, entered in the Meta app together with PUBLIC_URL/webhook/whatsapp.'),
  WHATSAPP_CLOUD_API_ROOT: z
    .string()
    .url('must be a URL')
    .default('https://graph.facebook.com/v24.0')
    .describe('Graph API with its version.'),
  OSS_API_ROOT: z
    .url({ protocol: /^https?$/, error: 'must be an http or https URL' })
    .refine((url) => !url.endsWith('/'), 'must not end with a slash')
    .optional()
    .describe('Turns asking OSS on: the folder of its K/L/D web service, e.g. https://api-prd.oss.go.id/v1/kl/rba.'),
  OSS_USER_KEY: z.string().min(1).optional().describe('The institution key (header user_key) OSS gave this office.'),
  OSS_PUSH_USERNAME: z
    .string()
    .min(1)
    .optional()
    .describe('Lets OSS push to PUBLIC_URL/webhook/oss: the user name this office gave OSS.'),
  OSS_PUSH_PASSWORD: z
    .string()
    .min(16, 'needs at least 16 characters')
    .optional()
    .describe('The password this office gave OSS, at least 16 characters.'),
} as const;

/** Settings that mean nothing without each other. */
const pairs = [
  ['OFFICER_ADMIN_EMAIL', 'OFFICER_ADMIN_PASSWORD'],
  ['OSS_API_ROOT', 'OSS_USER_KEY'],
  ['OSS_PUSH_USERNAME', 'OSS_PUSH_PASSWORD'],
] as const;

const schema = z.object(settings).superRefine((config, context) => {
  for (const [one, other] of pairs)
    if ((config[one] === undefined) !== (config[other] === undefined))
      context.addIssue({
        code: 'custom',
        path: [config[one] === undefined ? one : other],
        message: `${one} and ${other} go together`,
      });
  const cloud = ['PHONE_NUMBER_ID', 'TOKEN', 'APP_SECRET', 'VERIFY_TOKEN'].map((name) => `WHATSAPP_CLOUD_${name}`);
  const given: Record<string, unknown> = config;
  for (const name of cloud.some((one) => given[one] !== undefined) ? cloud : []) {
    if (given[name] === undefined)
      context.addIssue({ code: 'custom', path: [name], message: `is missing: ${cloud.join(', ')} go together` });
  }
});
export type Config = Readonly<z.infer<typeof schema>>;

/** @returns whether npm started this process: npm ends at SIGTERM without passing it on. */
export const isUnderNpm = (env: NodeJS.ProcessEnv): boolean => env.npm_lifecycle_event === 'start';

/** Loads `.env` into the environment when there is one; variables that are set already win. */
export function loadEnvFile(path = '.env'): void {
  if (existsSync(path)) process.loadEnvFile(path);
}

/**
 * @param env the environment; an empty value counts as unset
 * @returns the settings, or one line per problem: all of them, not the first
 */
export function readConfig(env: NodeJS.ProcessEnv): { ok: true; config: Config } | { ok: false; problems: string[] } {
  const given = Object.fromEntries(Object.keys(settings).flatMap((key) => (env[key] ? [[key, env[key]]] : [])));
  const parsed = schema.safeParse(given);
  if (parsed.success) return { ok: true, config: Object.freeze(parsed.data) };
  return { ok: false, problems: parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`) };
}
