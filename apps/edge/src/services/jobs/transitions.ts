import type { JobStatus } from '@headwright/shared/job-state';

/**
 * The legal state changes: for each state, the states that may lead to it.
 *
 *     expired
 *       ▲
 *     queued ──► running ──► succeeded
 *       │ ▲         │ │────► failed, rejected
 *       │ └─────────┘ ▼
 *       │  lease  canceling
 *       ▼  lost      ▼
 *     canceled ◄─────┘
 */
export const SOURCES = {
  queued: ['running'],
  running: ['queued'],
  canceling: ['running'],
  succeeded: ['running'],
  failed: ['running'],
  rejected: ['running'],
  canceled: ['queued', 'canceling'],
  expired: ['queued'],
} as const satisfies Record<JobStatus, readonly JobStatus[]>;
