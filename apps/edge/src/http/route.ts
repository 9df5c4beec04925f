import type { Credential } from '../middleware/authenticate.ts';
import type { AppContext } from './context.ts';
import type { Contract } from './contract.ts';

/** One entry of the API; GET answers HEAD too. */
export interface Route {
  method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  path: string;
  credential: Credential;
  handler: (c: AppContext) => Response | Promise<Response>;
  /** What the route promises; every public route has one, in the file of its handler. */
  contract?: Contract;
}
