// The Express app: headers, health, numbers, the API from its route table, the built pages, and one tail for trouble.
import express, { type Express, Router } from 'express';
import { createErrorTail, refuse } from './errors.ts';
import { createHealth } from './health.ts';
import { describeApi } from './openapi.ts';
import type { HttpOptions } from './options.ts';
import { createCommonHeaders, createPages } from './pages.ts';
import { serve } from './route.ts';
import { createRoutes } from './routes.ts';

/** Larger JSON bodies are refused: the longest text is 8,000 characters, the office's settings a few thousand. */
const maxJson = '64kb';
/** But for a calendar of holidays, pasted or picked. */
const maxCalendar = '600kb';

export function createApp(options: HttpOptions): Express {
  const app = express();
  app.disable('x-powered-by').disable('etag').set('query parser', 'simple').set('trust proxy', options.trustProxy);
  app.use(createCommonHeaders(options.publicUrl));
  app.get('/health', createHealth(options));
  app.get(
    '/metrics',
    options.meter.handler(() => options.desk.status()),
  );
  app.use('/api', createApi(options));
  app.use(createPages(options));
  app.use((_req, res) => refuse(res, 'not-found'));
  app.use(createErrorTail(options.log));
  return app;
}

function createApi(options: HttpOptions): Router {
  const api = Router();
  const routes = createRoutes(options);
  const description = describeApi(routes);
  api.use((_req, res, next) => {
    res.set('Cache-Control', 'no-store');
    next();
  });
  api.use('/settings/holidays', express.json({ limit: maxCalendar }));
  api.use(express.json({ limit: maxJson }));
  api.get('/openapi.json', (_req, res) => void res.json(description));
  for (const route of routes) serve(api, route, options);
  api.use((_req, res) => refuse(res, 'not-found'));
  return api;
}
