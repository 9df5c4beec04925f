import { ClaimRequest, type ClaimResponse } from '@headwright/shared/runner/protocol';
import type { AppContext } from '../../http/context.ts';
import { readJson } from '../../http/read-json.ts';
import { claimJob } from '../../services/jobs/claim.ts';

/** POST /runner/v1/claim */
export async function postClaim(c: AppContext): Promise<Response> {
  const request = await readJson(c.req.raw, ClaimRequest);
  const claim: ClaimResponse | null = await claimJob(c.get('runner'), request, c.req.raw.signal);
  return claim === null ? c.body(null, 204) : c.json(claim);
}
