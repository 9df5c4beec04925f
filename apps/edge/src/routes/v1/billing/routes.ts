import type { Route } from '../../../http/route.ts';
import { getBalanceContract, readBalance } from './balance.ts';
import { createCheckoutContract, postCheckout } from './checkout.ts';
import { getLedgerEntryContract, listLedgerEntriesContract, readLedger, readLedgerEntry } from './ledger.ts';
import { getLimitsContract, putLimits, readLimits, setLimitsContract } from './limits.ts';
import { listModelsContract, readModels } from './models.ts';
import { createPortalContract, postPortal } from './portal.ts';
import { createQuoteContract, postQuote } from './quote.ts';
import { getUsageContract, readUsage } from './usage.ts';

/** Prices, money, and where to pay. */
export const BILLING_ROUTES: readonly Route[] = [
  {
    method: 'GET',
    path: '/v1/models',
    credential: 'none',
    handler: readModels,
    contract: listModelsContract,
  },
  {
    method: 'POST',
    path: '/v1/quotes',
    credential: 'account',
    scope: 'heads:write',
    forApps: true,
    handler: postQuote,
    contract: createQuoteContract,
  },
  {
    method: 'GET',
    path: '/v1/balance',
    credential: 'account',
    scope: 'usage:read',
    handler: readBalance,
    contract: getBalanceContract,
  },
  {
    method: 'GET',
    path: '/v1/ledger',
    credential: 'account',
    scope: 'usage:read',
    handler: readLedger,
    contract: listLedgerEntriesContract,
  },
  {
    method: 'GET',
    path: '/v1/ledger/:id',
    credential: 'account',
    scope: 'usage:read',
    handler: readLedgerEntry,
    contract: getLedgerEntryContract,
  },
  {
    method: 'GET',
    path: '/v1/usage',
    credential: 'account',
    scope: 'usage:read',
    handler: readUsage,
    contract: getUsageContract,
  },
  {
    method: 'GET',
    path: '/v1/limits',
    credential: 'account',
    scope: 'usage:read',
    handler: readLimits,
    contract: getLimitsContract,
  },
  {
    method: 'PUT',
    path: '/v1/limits',
    credential: 'account',
    scope: 'billing:manage',
    handler: putLimits,
    contract: setLimitsContract,
  },
  {
    method: 'POST',
    path: '/v1/billing/checkout',
    credential: 'account',
    scope: 'billing:manage',
    handler: postCheckout,
    contract: createCheckoutContract,
  },
  {
    method: 'POST',
    path: '/v1/billing/portal',
    credential: 'account',
    scope: 'billing:manage',
    handler: postPortal,
    contract: createPortalContract,
  },
];
