/**
 * All IPv4 and IPv6 addresses that a host name leads to, empty when it has none. Throws when nobody knows, because the
 * question was not answered.
 */
export type Resolver = (hostname: string) => Promise<string[]>;
