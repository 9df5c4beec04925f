import { EVALUATION_GRID } from '../grid.ts';

/** A list of prompts that are distractors for each other. */
export interface PromptSet {
  readonly name: 'own' | 'paper';
  readonly prompts: readonly string[];
}

/** Six prompts of the grid, every second one for a being that does not exist. */
export const DEFAULT_PROMPTS: readonly string[] = EVALUATION_GRID.slice(0, 6).map(({ prompt }) => prompt);

/**
 * The ten prompts of HeadArtist's table and user study, which are HeadSculpt's; most name real people or trademarks, so they
 * are for measuring and not for products.
 */
export const PAPER_PROMPTS: readonly string[] = [
  'a DSLR portrait of Batman',
  'a DSLR portrait of a boy with facial painting',
  'a DSLR portrait of Lionel Messi',
  'a DSLR portrait of Obama wearing a baseball cap',
  'a DSLR portrait of Black Panther in Marvel',
  'a DSLR portrait of a female soldier, wearing a helmet',
  'a DSLR portrait of Doctor Strange',
  'a DSLR portrait of Two-face in DC',
  'a head of Caesar in Rise of the Planet of the Apes',
  'a portrait of Vincent van Gogh',
];

/** Reads a list of prompts, one a line; empty lines and those that begin with # are left out. */
export function parsePrompts(text: string): string[] {
  const prompts = text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '' && !line.startsWith('#'));
  const double = prompts.find((prompt, n) => prompts.indexOf(prompt) !== n);
  if (prompts.length === 0) throw new Error('parsePrompts: expected a prompt a line, got none');
  if (double !== undefined) throw new Error(`parsePrompts: expected each prompt once, got "${double}" twice`);
  return prompts;
}

/**
 * The prompts that a head's own is told from: those of its set, and for a set of the operator's also the grid's, so that a
 * single prompt has distractors too.
 */
export function distractorsOf({ name, prompts }: PromptSet): readonly string[] {
  const grid = name === 'paper' ? [] : EVALUATION_GRID.map(({ prompt }) => prompt);
  return [...new Set([...prompts, ...grid])];
}
