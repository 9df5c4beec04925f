/** The head of the README, which `npm start` makes first. */
export const SAMPLE = {
  prompt: 'a young woman with long black hair',
  seed: 1,
  preset: 'draft',
} as const;
