/** How a teacher wants to be told what it sees; `{view}` in the negative stands for the view words. */
export interface PromptStyle {
  /** Comes before a prompt that does not begin with it, such as "a DSLR portrait of ". */
  readonly promptPrefix?: string;
  /** Comes between prompt and view words, such as ", photorealistic". */
  readonly promptDetail?: string;
  /** Comes behind prompt and view words, such as ", normal map". */
  readonly promptSuffix: string;
  /** The teacher's own; empty where a stage goes without. */
  readonly negativePrompt: string;
}

/** A text whose `ending` must reach the teacher even where `words` are too many for it. */
export interface EndedText {
  readonly words: string;
  readonly ending: string;
}

/** The texts of one view. */
export interface ViewPrompt {
  readonly text: EndedText;
  readonly negativeText: EndedText;
  /** The prompt without view words. */
  readonly plainText: EndedText;
}

/**
 * The texts for a view: "<prefix><prompt><detail>, <view words><suffix>", the same without view words, and the negative
 * prompt. Empty view words are left out with their comma.
 *
 * A customer's negative prompt comes before the teacher's own, whose words keep the optimization on the manifold of
 * heads. References: HeadArtist's released prompt processor for the order of prompt and view words.
 */
export function viewPrompt(
  style: PromptStyle,
  prompt: string,
  customerNegative: string | null,
  viewWords: string,
): ViewPrompt {
  const { promptPrefix = '', promptDetail = '', promptSuffix, negativePrompt } = style;
  const prefixed = prompt.toLowerCase().startsWith(promptPrefix.toLowerCase());
  const words = prefixed ? prompt : `${promptPrefix}${prompt}`;
  const view = viewWords === '' ? '' : `, ${viewWords}`;
  const negative = negativePrompt.replaceAll(', {view}', view).replaceAll('{view}', viewWords);
  return {
    text: { words, ending: `${promptDetail}${view}${promptSuffix}` },
    negativeText: {
      words: customerNegative ?? '',
      ending: customerNegative && negative ? `, ${negative}` : negative,
    },
    plainText: { words, ending: `${promptDetail}${promptSuffix}` },
  };
}
