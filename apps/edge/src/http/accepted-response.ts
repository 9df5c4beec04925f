import type { z } from 'zod';
import type { Job } from '@headwright/shared/api/jobs';
import type { AppContext } from './context.ts';
import type { ResponseContract } from './contract.ts';
import { deprecationHeaders } from './deprecation-headers.ts';
import { REPLAYED_HEADER, replayedHeaders } from './keyed-request.ts';
import { pollingHeaders } from './polling-headers.ts';

/** What a POST promises that makes a job; for its contract. */
export function accepted(description: string, schema: z.ZodType): Record<202, ResponseContract> {
  return {
    202: {
      description,
      schema,
      headers: {
        Location: 'Path of the job.',
        'Retry-After': 'Seconds until the next look is worth it; absent if the job has ended.',
        ...REPLAYED_HEADER,
      },
    },
  };
}

/** The answer of such a POST. Where its model will end, it says so. */
export function acceptedResponse(
  c: AppContext,
  { answer, replayed }: { answer: { job: Job }; replayed: boolean },
): Response {
  const { job } = answer;
  const { clock, config } = c.get('deps');
  c.set('jobId', job.id);
  const ending = config.models.find(({ id }) => id === job.model)?.ending;
  const isEnding = ending != null && clock() >= ending.since.getTime();
  return c.json(answer, 202, {
    Location: job.urls.self,
    ...pollingHeaders(job),
    ...replayedHeaders(replayed),
    ...(isEnding ? deprecationHeaders({ ...ending, successor: '/v1/models' }) : {}),
  });
}
