// What a route is, and how Express serves one: who may, parse, do, answer. Handlers see only checked values.
import type { Request, Response, Router } from 'express';
import { z } from 'zod';
import { idSchema, type Officer } from '../contract/conversation.ts';
import { type ErrorCode, LoketError } from '../contract/errors.ts';
import type { Intake } from '../desk/ports.ts';
import { type VisitorTokens, visitorKey } from '../desk/visitorToken.ts';
import type { Auth } from './auth.ts';
import { parse, refuse } from './errors.ts';
import { findForgery, mayCarryWidget } from './guard.ts';

/** `public`: anybody · `widget`: a page that carries the widget · `visitor`: with its token · `officer`: signed in; the desk knows what each role may. */
interface Callers {
  public: null;
  widget: null;
  visitor: string;
  officer: Officer;
}
export type Who = keyof Callers;
type Method = 'get' | 'post' | 'put' | 'patch' | 'delete';

export interface Call<W extends Who, Input> {
  /** Who calls: the officer, or the visitor's id. */
  by: Callers[W];
  /** The parsed query of a GET, the parsed body of a write. */
  input: Input;
  /** The ids in the path; empty where the path has none. */
  id: string;
  attachmentId: string;
  sessionId: string;
  req: Request;
  res: Response;
}

/** A refusal, or what is sent as JSON (an `ok` is left out); nothing = 204, or the handler has answered itself. */
type Reply = Refusal | object | undefined;
interface Refusal {
  ok: false;
  code: ErrorCode;
  message?: string;
  news?: object[];
}

export interface Route {
  method: Method;
  /** Below /api, in Express's notation. */
  path: string;
  who: Who;
  summary: string;
  input: z.ZodType;
  handle(call: Call<Who, unknown>): Promise<Reply>;
}

/** One line of the route table. `input` is the schema of the query (GET) or of the body (all others). */
export function route<W extends Who, S extends z.ZodType>(
  method: Method,
  path: string,
  who: W,
  summary: string,
  input: S,
  handle: (call: Call<W, z.output<S>>) => Promise<Reply>,
): Route {
  // `serve` makes `by` from `who` and `input` from the schema of this very route, so the narrower handler is safe.
  return { method, path, who, summary, input, handle: handle as Route['handle'] };
}

export interface RouteGuards {
  auth: Auth;
  tokens: VisitorTokens;
  desk: { intake: Pick<Intake, 'knows'> };
  publicUrl: string | null;
  widgetOrigins: string[];
}

/** Adds one route to the API's router. */
export function serve(router: Router, { method, path, who, input, handle }: Route, guards: RouteGuards): void {
  router[method](path, async (req, res) => {
    refuseForgery(req, who, guards);
    const by = await callerOf(req, who, guards);
    const reply = await handle({
      by,
      input: parse(input, method === 'get' ? req.query : (req.body ?? {})),
      id: idIn(req, 'id'),
      attachmentId: idIn(req, 'attachmentId'),
      sessionId: idIn(req, 'sessionId'),
      req,
      res,
    });
    if (!res.headersSent) send(res, reply);
  });
}

function refuseForgery(req: Request, who: Who, guards: RouteGuards): void {
  if (who === 'widget' || who === 'visitor') {
    if (!mayCarryWidget(req.headers, guards.publicUrl, guards.widgetOrigins))
      throw new LoketError('forbidden', 'Situs ini tidak terdaftar untuk memakai widget.');
    return;
  }
  const forgery = req.method === 'GET' || req.method === 'HEAD' ? null : findForgery(req.headers, guards.publicUrl);
  if (forgery !== null) throw new LoketError('forbidden', forgery);
}

async function callerOf(req: Request, who: Who, { auth, tokens, desk }: RouteGuards): Promise<Callers[Who]> {
  if (who === 'public' || who === 'widget') return null;
  if (who === 'visitor') {
    const visitorId = tokens.verify(/^Bearer (\S+)$/.exec(req.headers.authorization ?? '')?.[1] ?? '');
    // A token lives as long as what is stored under it.
    if (visitorId === null || !(await desk.intake.knows(visitorKey(visitorId))))
      throw new LoketError('unauthorized', 'Token pengunjung tidak berlaku.');
    return visitorId;
  }
  const officer = await auth.officerOf(req.headers.cookie, true);
  if (officer === null) throw new LoketError('unauthorized', 'Silakan masuk lagi.');
  return officer;
}

function idIn(req: Request, name: string): string {
  const value = req.params[name];
  return value === undefined ? '' : (parse(z.object({ [name]: idSchema }), { [name]: value })[name] ?? '');
}

function send(res: Response, reply: Reply): void {
  if (reply === undefined) res.status(204).end();
  else if (isRefusal(reply)) refuse(res, reply.code, reply.message, reply.news);
  else res.json({ ...reply, ok: undefined });
}

const isRefusal = (reply: object): reply is Refusal => 'ok' in reply && reply.ok === false;
