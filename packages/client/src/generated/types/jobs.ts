// Written by `npm run generate` from the contracts of the routes; edit those.
import type { Job } from './shared.ts';

export interface JobEvent {
  sequence: number;
  job: Job;
}

export interface JobList {
  object: 'list';
  data: Job[];
  /** Whether a page follows: ask for it with `starting_after`. */
  has_more: boolean;
}
