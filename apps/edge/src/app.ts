import { Hono } from 'hono';
import type { AppEnv } from './http/context.ts';
import { problemResponse } from './http/problem.ts';
import { accessLog } from './middleware/access-log.ts';
import { apiVersion } from './middleware/api-version.ts';
import { authenticate } from './middleware/authenticate.ts';
import { cors } from './middleware/cors.ts';
import { limitRate } from './middleware/limit-rate.ts';
import { requestId } from './middleware/request-id.ts';
import { ROUTES } from './routes/index.ts';
import type { Deps } from './services/context.ts';
import { ServiceError } from './services/errors.ts';

/** The edge over a given outside world: a request id, then the route table, then what no route took. */
export function createApp(deps: Deps): Hono<AppEnv> {
  const app = new Hono<AppEnv>();
  app.use(requestId(deps));
  app.use(cors);
  for (const route of ROUTES) {
    app.on(route.method, route.path, accessLog(route), authenticate(route));
    if (route.credential === 'account') app.on(route.method, route.path, limitRate(route), apiVersion(route));
    app.on(route.method, route.path, route.handler);
  }
  for (const path of new Set(ROUTES.map((route) => route.path))) {
    const methods = ROUTES.filter((route) => route.path === path).map((route) => route.method);
    const allowedMethods = methods.flatMap((method) => (method === 'GET' ? ['GET', 'HEAD'] : [method]));
    app.all(path, () => {
      throw new ServiceError('resource.method_not_allowed', undefined, { allowedMethods });
    });
  }
  app.notFound((c) => problemResponse(new ServiceError('resource.not_found'), c));
  app.onError(problemResponse);
  return app;
}
