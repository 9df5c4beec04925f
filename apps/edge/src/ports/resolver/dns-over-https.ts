import { z } from 'zod';
import { within } from '../within.ts';
import type { Resolver } from './interface.ts';

const SERVER = 'https://cloudflare-dns.com/dns-query';
const TIMEOUT_MS = 5_000;

/** Numbers of record types. References: RFC 1035, 3.2.2; RFC 3596, 2.1. */
const A = 1;
const AAAA = 28;

/** NOERROR and NXDOMAIN are answers; every other status is none. References: RFC 1035, 4.1.1; RFC 6895, 2.3. */
const ANSWERED = [0, 3];

const DnsAnswer = z.object({
  Status: z.number(),
  Answer: z.array(z.object({ type: z.number(), data: z.string() })).optional(),
});

async function query(hostname: string, type: number): Promise<string[]> {
  const url = `${SERVER}?name=${encodeURIComponent(hostname)}&type=${type}`;
  const answer = await within(TIMEOUT_MS, async (signal) => {
    const response = await fetch(url, { headers: { Accept: 'application/dns-json' }, signal });
    if (!response.ok) throw new Error(`resolve: the name server answered ${response.status}`);
    return DnsAnswer.parse(await response.json());
  });
  if (!ANSWERED.includes(answer.Status)) throw new Error(`resolve: the name server said ${answer.Status}`);
  return (answer.Answer ?? []).filter((record) => record.type === type).map((record) => record.data);
}

/**
 * Asks Cloudflare's public name server over HTTPS; a chain of aliases comes back with the addresses at its end.
 *
 * References: developers.cloudflare.com/1.1.1.1/encryption/dns-over-https/make-api-requests/dns-json
 */
export const resolveOverHttps: Resolver = async (hostname) => {
  const found = await Promise.all([query(hostname, A), query(hostname, AAAA)]);
  return found.flat();
};
