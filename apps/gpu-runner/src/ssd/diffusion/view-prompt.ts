/** How a teacher wants to be told what it sees; `{view}` in the negative stands for the view words. */
export interface PromptStyle {
  /** Comes behind prompt and view words, such as ", normal map". */
  readonly promptSuffix: string;
  readonly negativePrompt: string;
}

/** A text whose `ending` must reach the teacher even where `words` are too many for it. */
export interface EndedText {
  readonly words: string;
  readonly ending: string;
}

/** The two texts of one view. */
export interface ViewPrompt {
  readonly text: EndedText;
  readonly negativeText: EndedText;
}

/**
 * The texts for a view: "<prompt>, <view words><suffix>" and the negative prompt.
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
  const negative = style.negativePrompt.replaceAll('{view}', viewWords);
  return {
    text: { words: prompt, ending: `, ${viewWords}${style.promptSuffix}` },
    negativeText: customerNegative
      ? { words: customerNegative, ending: `, ${negative}` }
      : { words: '', ending: negative },
  };
}
