/** The words of an edit, as its guides are told them. */
export interface EditWords {
  /** The head as it shall be. */
  readonly prompt: string;
  /** The head as it is, and what the customer does not want. */
  readonly contrast: string;
  /** The end of `prompt` that must reach the teacher even where the whole is too long for it. */
  readonly tail: string;
}

/** The head that an edit starts from, in words. */
interface DescribedHead {
  readonly prompt: string;
  readonly edits: readonly { readonly prompt: string }[];
}

/** A tail of more letters could push the view words out of a teacher's forty tokens. */
const TAIL_LENGTH_MAX = 80;

/**
 * Puts an edit into words: the present head's words and the new ones, against the present head's words alone.
 *
 *     ∂L/∂z = w(t) · (s − 1) · (ε("a young man, happy") − ε("a young man"))
 *
 * What both texts say cancels out of the difference, so the gradient is about the new words, and without new words it is
 * zero. The teacher's negative prompt has no part in it: "away from bad pictures" is a demand on every head that points
 * elsewhere on each, and drowned the new words (of a step's gradient a quarter was the same in every step, now two
 * thirds). The base's words need not be repeated in the request, where "happy" alone would be any happy head.
 *
 * References: Hertz, Aberman and Cohen-Or 2023 (delta denoising score), which subtracts the source's prediction likewise.
 */
export function editWords(base: DescribedHead, prompt: string, negativePrompt: string | null): EditWords {
  const present = [base.prompt, ...base.edits.map((edit) => edit.prompt)].join(', ');
  const tail = `, ${prompt}`;
  const short = tail.length <= TAIL_LENGTH_MAX;
  return {
    // The end is what a teacher loses: of a long edit rather the base's words, which its landmarks and its render show.
    prompt: short ? `${present}${tail}` : `${prompt}, ${present}`,
    contrast: negativePrompt === null ? present : `${present}, ${negativePrompt}`,
    tail: short ? tail : '',
  };
}
