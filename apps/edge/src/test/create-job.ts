import { CreateHeadResponse } from '@headwright/shared/api/heads';
import type { Client } from './client.ts';

/** Creates a head that no test cares about, and its job. */
export async function createJob(call: Client, prompt = 'a red demon'): Promise<CreateHeadResponse> {
  const response = await call('POST', '/v1/heads', { json: { prompt, preset: 'smoke', seed: 1 } });
  return CreateHeadResponse.parse(await response.json());
}
