/**
 * Both kinds of edit from the same words, as one: the shape first, then the colors on it.
 */
import { STAGES } from '@headwright/shared/job-state';
import type { Progress } from '@headwright/shared/runner/progress';
import { STATE_FILE_NAME } from '@headwright/shared/runner/protocol';
import { PRESET_SETTINGS } from './config.ts';
import { editHead, type EditHeadOptions } from './edit-head.ts';
import type { GeneratedHead } from './finish-head.ts';
import { decodeHeadState, encodeHeadState, type HeadState } from './state/head-state.ts';

/**
 * Restyles one head: the files of a new one. A checkpoint is one of the geometry part; from one that was taken near its
 * end the texture part begins anew.
 */
export async function restyleHead(options: Omit<EditHeadOptions, 'kind'>): Promise<GeneratedHead> {
  const { base, preset, onProgress = () => {} } = options;
  const part = (isSecond: boolean) => (progress: Progress) => onProgress(ofBoth(progress, isSecond));

  // (1) The shape. Of its files only the state is used.
  const reshaped = await editHead({
    ...options,
    kind: 'geometry',
    exportSettings: {
      ...(options.exportSettings ?? PRESET_SETTINGS[preset].export),
      textureSize: 64,
      turntableFrames: 1,
    },
    onProgress: part(false),
  });
  const shape = stateOf(reshaped);

  // (2) The colors. A guide that knew the words as done would see little left to do: it is told of the head before.
  const restyled = await editHead({
    ...options,
    kind: 'texture',
    base: { ...shape, recipe: { ...shape.recipe, edits: base.recipe.edits } },
    resume: undefined,
    onCheckpoint: undefined,
    onProgress: part(true),
  });

  // (3) One edit on record.
  const state = stateOf(restyled);
  const edits = state.recipe.edits.with(-1, {
    kind: 'restyle',
    prompt: options.prompt,
    seed: options.seed,
  });
  const parts = [recipeOf(reshaped), recipeOf(restyled)];
  const perStage = (field: string): object => Object.assign({}, ...parts.map((recipe) => recipe[field]));
  const recipe = { ...parts[1], edits, steps: perStage('steps'), seconds: perStage('seconds') };
  const files = new Map(restyled.files);
  const replace = (name: string, bytes: Uint8Array): void => {
    files.set(name, { ...fileOf(restyled, name), bytes });
  };
  replace(STATE_FILE_NAME, encodeHeadState({ ...state, recipe: { ...state.recipe, edits } }));
  replace('recipe.json', new TextEncoder().encode(`${JSON.stringify(recipe, null, 2)}\n`));
  return { files };
}

/** How far the whole is; the files of the first part and the preparation of the second are nobody's news. */
function ofBoth({ eta_s, ...progress }: Progress, isSecond: boolean): Progress {
  const named = isSecond ? ['texture', 'export'] : ['prepare', 'geometry'];
  const isNews = named.includes(progress.stage);
  const stage = isNews ? progress.stage : 'geometry';
  return {
    ...progress,
    stage,
    stage_index: STAGES.indexOf(stage),
    fraction: ((isSecond ? 1 : 0) + progress.fraction) / 2,
    eta_s: isSecond ? eta_s : null,
  };
}

function fileOf({ files }: GeneratedHead, name: string) {
  const file = files.get(name);
  if (file === undefined) throw new Error(`restyleHead: expected ${name} among the files, got none`);
  return file;
}

const stateOf = (head: GeneratedHead): HeadState => decodeHeadState(fileOf(head, STATE_FILE_NAME).bytes);

const recipeOf = (head: GeneratedHead): Record<string, unknown> =>
  JSON.parse(new TextDecoder().decode(fileOf(head, 'recipe.json').bytes));
