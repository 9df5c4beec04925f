/** What a prompt of test mode asks the scripted engine for. */
export type MagicPrompt =
  | { kind: 'succeed' }
  | { kind: 'slow'; seconds: number }
  | { kind: 'fail'; reason: 'internal' | 'max_attempts' }
  | { kind: 'reject'; stage: 'prompt' | 'output' }
  | { kind: 'expire' }
  | { kind: 'flaky'; failureCount: number };

/** Every magic prompt, with its numbers as an example. */
export const MAGIC_PROMPTS = [
  'test:succeed',
  'test:slow:60',
  'test:fail:internal',
  'test:fail:max_attempts',
  'test:reject:prompt',
  'test:reject:output',
  'test:expire',
  'test:flaky:2',
] as const;

const SLOW_MAX_SECONDS = 3600;

/** Reads a magic prompt: null for ordinary words, `unknown` for what looks like one and is none. */
export function readMagicPrompt(prompt: string): MagicPrompt | 'unknown' | null {
  if (!/^test:\S+$/.test(prompt)) return null;
  const [, verb, argument, ...rest] = prompt.split(':');
  if (rest.length > 0) return 'unknown';
  const count = /^[1-9]\d{0,3}$/.test(argument ?? '') ? Number(argument) : null;
  switch (verb) {
    case 'succeed':
    case 'expire':
      return argument === undefined ? { kind: verb } : 'unknown';
    case 'slow':
      return count !== null && count <= SLOW_MAX_SECONDS ? { kind: 'slow', seconds: count } : 'unknown';
    case 'flaky':
      return count === null ? 'unknown' : { kind: 'flaky', failureCount: count };
    case 'fail':
      return argument === 'internal' || argument === 'max_attempts'
        ? { kind: 'fail', reason: argument }
        : 'unknown';
    case 'reject':
      return argument === 'prompt' || argument === 'output' ? { kind: 'reject', stage: argument } : 'unknown';
    default:
      return 'unknown';
  }
}
