/** The lists of words, by what they mean. */
export type TermList = 'sexual' | 'suggestive' | 'age' | 'sexualMinor' | 'hate' | 'gore';

/** Terms of several languages, by the language's code. */
export type RulesByLanguage = Readonly<Record<string, Partial<Record<TermList, readonly string[]>>>>;
