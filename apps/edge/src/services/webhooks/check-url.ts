import { ServiceError } from '../errors.ts';
import { hostOf, isLoopbackHost } from './check-target.ts';
import { isAddress, isPublicAddress } from './public-address.ts';

/** What is wrong with an address at first sight, or null. */
function faultOf(text: string, isLocal: boolean): string | null {
  const url = new URL(text);
  const host = hostOf(url);
  const isOwn = isLoopbackHost(host);
  if (url.protocol !== 'https:' && !(isLocal && isOwn && url.protocol === 'http:')) return 'must be https';
  if (url.username !== '' || url.password !== '') return 'must not hold a user name or a password';
  if (url.hash !== '') return 'must not have a fragment';
  if (isOwn && isLocal) return null;
  if (isOwn || (isAddress(host) && !isPublicAddress(host))) return 'must lead to a public host';
  return null;
}

/** Refuses an endpoint's URL that could never be sent to, and returns it as it will be used. */
export function checkUrl(text: string, isLocal: boolean): string {
  const fault = faultOf(text, isLocal);
  if (fault === null) return new URL(text).href;
  const errors = [{ pointer: '/url', code: 'invalid_value', detail: fault }];
  throw new ServiceError('input.invalid', `/url ${fault}`, { errors });
}
