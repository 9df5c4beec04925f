import type { TeacherManifest } from '../../teacher/teacher-manifest.ts';
import type { PromptStyle } from './view-prompt.ts';

/** What a request says about its words besides the prompts. */
export interface Wording {
  /** The kind of character, for which a manifest may have words of its own; left out: neither. */
  readonly character?: 'real' | 'unreal' | undefined;
  /** Replace the teacher's view words; empty ones leave a view unnamed. */
  readonly viewWords?: { readonly front: string; readonly side: string; readonly back: string } | undefined;
}

/**
 * The words around a prompt in one stage: those of the stage's kind of pictures, with the character's where the manifest
 * has some. A stage's negative prompt stands before the character's, and that before the domain's.
 *
 * References: HeadArtist's README: real people and invented characters have other prompts and negative prompts.
 */
export function promptStyleOf(
  manifest: Pick<TeacherManifest, 'domains' | 'stages'>,
  stageName: 'geometry' | 'texture',
  { character, negativePrompt }: Pick<Wording, 'character'> & { readonly negativePrompt: boolean },
): PromptStyle {
  const stage = manifest.stages[stageName];
  const domain = manifest.domains[stage.domain];
  const own = character && domain.characters?.[character];
  return {
    promptPrefix: own?.promptPrefix ?? '',
    promptDetail: own?.promptDetail ?? '',
    promptSuffix: domain.promptSuffix,
    negativePrompt: negativePrompt
      ? (stage.negativePrompt ?? own?.negativePrompt ?? domain.negativePrompt)
      : '',
  };
}
