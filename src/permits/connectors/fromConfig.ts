// OSS as the settings want it: asked, pushing to us, both or neither.
import type { Config } from '../../config.ts';
import type { PermitConnector } from '../../desk/permitConnectorPort.ts';
import type { Clock, Hook, Store } from '../../desk/ports.ts';
import type { Log } from '../../log.ts';
import { createOssConnector } from './oss.ts';
import { createOssPush } from './ossPush.ts';

/** @returns the connector that asks OSS, or none */
export function ossOf({ OSS_API_ROOT: apiRoot, OSS_USER_KEY: userKey }: Config, clock: Clock): PermitConnector[] {
  return apiRoot === undefined || userKey === undefined ? [] : [createOssConnector({ apiRoot, userKey, clock })];
}

/** @returns the door OSS pushes to, or none */
export function ossPushOf(config: Config, { permits }: Store, clock: Clock, log: Log): Hook[] {
  const { OSS_PUSH_USERNAME: username, OSS_PUSH_PASSWORD: password, OFFICE_TIMEZONE: timeZone } = config;
  if (username === undefined || password === undefined) return [];
  return [createOssPush({ username, password, timeZone, permits, clock, log })];
}
