/** The head of the README, which `npm start` makes first. */
export const SAMPLE = {
  prompt: 'a head of an old man with a white beard',
  seed: 1,
  preset: 'draft',
} as const;
