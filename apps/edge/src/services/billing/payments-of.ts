import type { Payments } from '../../ports/payments/interface.ts';
import type { Deps, KeyMode } from '../context.ts';
import { ServiceError } from '../errors.ts';

/** Who takes money of a mode: test money is always our own. */
export function paymentsOf({ payments }: Pick<Deps, 'payments'>, mode: KeyMode): Payments {
  const found = mode === 'test' ? payments.test : payments.live;
  if (found === null) throw new ServiceError('billing.unavailable');
  return found;
}
