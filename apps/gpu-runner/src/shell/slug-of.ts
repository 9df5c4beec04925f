/** A prompt as part of a file name: lower-case letters, digits and single dashes, at most 48. */
export function slugOf(prompt: string): string {
  const slug = prompt
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, 48);
  return slug.replace(/^-+|-+$/g, '') || 'head';
}
