import type { Context } from 'hono';
import type { AccountContext, Deps, OperatorContext, RunnerContext } from '../services/context.ts';

/** What the middleware leaves for the handlers. */
export interface AppVariables {
  deps: Deps;
  requestId: string;
  /** Set when a request has made a job. */
  jobId?: string;
  /** Set on routes whose credential is `account`. */
  account: AccountContext;
  /** Pages of any origin may read the answer: the caller has a client token or a signed link. */
  isOpenToPages?: true;
  /** Set on routes whose credential is `runner`. */
  runner: RunnerContext;
  /** Set on routes whose credential is `operator`. */
  operator: OperatorContext;
}

export interface AppEnv {
  Variables: AppVariables;
}

export type AppContext = Context<AppEnv>;
