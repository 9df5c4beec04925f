/** What moderation lets pass, with the labels that it puts on the head. */
export interface PromptVerdict {
  labels: string[];
}

export function checkPrompt(_prompt: string, _negativePrompt: string | null): PromptVerdict {
  return { labels: [] };
}
