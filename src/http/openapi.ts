// The description of the API for machines, made from the route table and the very schemas that parse requests.
import { z } from 'zod';
import { errorCodes } from '../contract/errors.ts';
import type { Route, Who } from './route.ts';

const security: Record<Who, object[]> = {
  public: [],
  widget: [],
  visitor: [{ visitor: [] }],
  officer: [{ session: [] }],
};

const refusal = {
  description: 'Refused',
  content: {
    'application/json': {
      schema: {
        type: 'object',
        required: ['code', 'message'],
        properties: { code: { enum: errorCodes }, message: { type: 'string' }, requestId: { type: 'string' } },
      },
    },
  },
};

/** @returns an OpenAPI 3.1 document that lists every route. */
export function describeApi(routes: Route[]): object {
  const paths: Record<string, Record<string, object>> = {};
  for (const route of routes) {
    const path = `/api${route.path.replace(/:(\w+)/g, '{$1}')}`;
    paths[path] = { ...paths[path], [route.method]: describeRoute(route) };
  }
  return {
    openapi: '3.1.0',
    info: { title: 'Loket', version: '1', description: 'Writes of the console also need the header `X-Loket: 1`.' },
    paths,
    components: {
      securitySchemes: {
        session: { type: 'apiKey', in: 'cookie', name: 'sid', description: '`__Host-sid` where the office is on https' },
        visitor: { type: 'http', scheme: 'bearer' },
      },
    },
  };
}

function describeRoute({ method, path, who, summary, input }: Route): object {
  const { $schema: _, ...schema } = z.toJSONSchema(input, { io: 'input', unrepresentable: 'any', target: 'draft-2020-12' });
  const inPath = [...path.matchAll(/:(\w+)/g)].map(([, name]) => ({
    name,
    in: 'path',
    required: true,
    schema: { type: 'string' },
  }));
  const inQuery = Object.entries(schema.properties ?? {}).map(([name, property]) => ({
    name,
    in: 'query',
    required: schema.required?.includes(name) ?? false,
    schema: property,
  }));
  return {
    summary,
    security: security[who],
    parameters: method === 'get' ? [...inPath, ...inQuery] : inPath,
    ...(method !== 'get' && { requestBody: { required: true, content: { 'application/json': { schema } } } }),
    responses: { 200: { description: 'Done' }, default: refusal },
  };
}
