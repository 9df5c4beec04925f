import type { AppContext } from './context.ts';

/** A named part of the route's path. Handlers are declared apart from their paths, so types cannot know the names. */
export function pathParameter(c: AppContext, name: string): string {
  const value = c.req.param(name);
  if (value === undefined) throw new Error(`pathParameter: the route has no part named ${name}`);
  return value;
}
