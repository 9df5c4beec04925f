// Written by `npm run generate` from the contracts of the routes; edit those.
export type * from './types/account.ts';
export type * from './types/assets.ts';
export type * from './types/billing.ts';
export type * from './types/heads.ts';
export type * from './types/jobs.ts';
export type * from './types/keys.ts';
export type * from './types/meta.ts';
export type * from './types/moderation.ts';
export type * from './types/shared.ts';
export type * from './types/webhooks.ts';
