/** What an account of each plan may have open at a time; copied to its row, where an operator can raise it. */
export const PLANS = {
  free: { runningLimit: 2, waitingLimit: 10 },
  team: { runningLimit: 10, waitingLimit: 200 },
} as const satisfies Record<string, { runningLimit: number; waitingLimit: number }>;

/** What a refused create is told to wait: about the time in which a slot of a full queue comes free. */
export const QUEUE_FULL_RETRY_SECONDS = 30;
