import type { Resolver } from '../../ports/resolver/interface.ts';
import { isAddress, isLoopbackAddress, isPublicAddress } from './public-address.ts';

/** Why nothing was sent. */
export interface Refusal {
  outcome: 'unresolved' | 'refused_address';
  detail: string;
}

/** The host of a URL as a resolver takes it: IPv6 without brackets, names without the final dot. */
export function hostOf(url: URL): string {
  return url.hostname.replace(/^\[(.*)\]$/, '$1').replace(/\.$/, '');
}

/** Whether a host is this machine, by its address or by its name. References: RFC 6761, 6.3. */
export function isLoopbackHost(host: string): boolean {
  return host === 'localhost' || host.endsWith('.localhost') || isLoopbackAddress(host);
}

/**
 * Looks, right before a request, where its host leads: every address must be public, or the whole host is refused.
 * Only locally may it be this machine. Null when the request may be sent.
 */
export async function checkTarget(resolve: Resolver, url: string, isLocal: boolean): Promise<Refusal | null> {
  const host = hostOf(new URL(url));
  if (isLocal && isLoopbackHost(host)) return null;
  let addresses: string[];
  try {
    addresses = isAddress(host) ? [host] : await resolve(host);
  } catch {
    return { outcome: 'unresolved', detail: `The name ${host} could not be looked up.` };
  }
  if (addresses.length === 0) return { outcome: 'unresolved', detail: `The name ${host} has no address.` };
  const inner = addresses.find((address) => !isPublicAddress(address));
  if (inner === undefined) return null;
  return { outcome: 'refused_address', detail: `${host} leads to ${inner}, which is not a public address.` };
}
