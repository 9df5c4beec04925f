import type { Scope } from '@headwright/shared/scopes';
import type { CountedAs } from '../services/quotas/count-request.ts';
import type { AppContext } from './context.ts';
import type { Contract } from './contract.ts';

/** Who may call a route. */
export type Credential = 'account' | 'runner' | 'operator' | 'none';

/** One entry of the API; GET answers HEAD too. */
export interface Route {
  method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  path: string;
  credential: Credential;
  /** What a key needs for this; every route whose credential is `account` names one. */
  scope?: Scope;
  /** Whether client tokens are admitted, which see and do less than their key. */
  forApps?: true;
  /** Which of the plan's limits counts its requests; `requests` unless it says otherwise. */
  countedAs?: CountedAs;
  handler: (c: AppContext) => Response | Promise<Response>;
  /** What the route promises; every public route has one, in the file of its handler. */
  contract?: Contract;
}
