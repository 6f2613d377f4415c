// The files that are only read here, never run: compose.yaml, Dockerfile, nginx and the systemd unit say what the documentation promises.
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { parse } from 'yaml';
import { settings } from '../../src/config.ts';
import { maxExport } from '../../src/http/permitImportRoutes.ts';
import { checkUri } from '../../src/store/mongo/checks.ts';

const root = path.join(import.meta.dirname, '..', '..');
const read = (file: string) => readFileSync(path.join(root, file), 'utf8');

describe('deployment files', () => {
  const compose = parse(read('compose.yaml'), { merge: true }) as {
    services: Record<
      string,
      { command?: string[]; read_only?: boolean; environment?: Record<string, string>; volumes?: string[] }
    >;
    volumes: Record<string, unknown>;
  };

  it('When compose is read, then it is two nodes that share keys and a replica set of three, behind nginx', () => {
    const { services, volumes } = compose;
    expect(Object.keys(services)).toEqual(['mongo1', 'mongo2', 'mongo3', 'mongo-init', 'loket1', 'loket2', 'nginx']);
    for (const name of ['mongo1', 'mongo2', 'mongo3']) expect(services[name]?.command).toContain('--replSet');
    for (const name of ['loket1', 'loket2']) {
      const { environment = {}, read_only } = services[name] ?? {};
      expect(read_only).toBe(true);
      expect(environment.DATA_KEYS).toMatch(/:\?/);
      expect(() => checkUri(environment.MONGODB_URI ?? '')).not.toThrow();
      expect(Object.keys(environment).filter((setting) => !(setting in settings))).toEqual([]);
    }
    const named = Object.values(services).flatMap((service) =>
      (service.volumes ?? []).map((volume) => volume.split(':')[0] ?? ''),
    );
    for (const volume of named)
      expect(volume.startsWith('./') ? existsSync(path.join(root, volume)) : volume in volumes).toBe(true);
  });

  it('When the image is built, then it runs as an ordinary user, checks its health and holds what the program reads', () => {
    const dockerfile = read('Dockerfile');
    expect(dockerfile).toMatch(/^USER 1000:1000$/m);
    expect(dockerfile).toMatch(/^HEALTHCHECK .*\n.*\/health/m);
    for (const part of ['dist', 'intents', '.cache/nlu', 'node_modules']) expect(dockerfile).toContain(`/app/${part} `);
    expect(read('.dockerignore')).toMatch(/^\.env$/m);
  });

  it('When the unit and nginx are read, then they start the built program and pass sockets on', () => {
    expect(read('deploy/loket.service')).toMatch(/^ExecStart=\/usr\/bin\/node .*dist\/main\.js$/m);
    const nginx = read('deploy/nginx.conf');
    for (const line of ['ip_hash;', 'server loket1:3000', 'server loket2:3000', 'proxy_set_header Upgrade'])
      expect(nginx).toContain(line);
    const most = Number(/client_max_body_size (\d+)m;/.exec(nginx)?.[1]) * 1024 * 1024;
    expect(most).toBeGreaterThan(Math.max(maxExport, settings.UPLOAD_MAX_MB.parse(undefined) * 1_000_000));
  });
});
