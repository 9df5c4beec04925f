import { z } from 'zod';

/** What a key may do; a route asks for one of these. A client token has some of its key's. */
export const SCOPES = [
  'heads:read',
  'heads:write',
  'jobs:cancel',
  'assets:read',
  'usage:read',
  'webhooks:manage',
  'tokens:mint',
  'keys:manage',
  'billing:manage',
  'account:manage',
] as const;
export const Scope = z.enum(SCOPES).meta({
  id: 'Scope',
  description:
    'heads:read heads, revisions and jobs; heads:write create, edit, delete; jobs:cancel; assets:read files; usage:read usage, balance, ledger; webhooks:manage endpoints and events; tokens:mint client tokens; keys:manage keys; billing:manage limits and payment; account:manage export and deletion.',
});
export type Scope = z.infer<typeof Scope>;
