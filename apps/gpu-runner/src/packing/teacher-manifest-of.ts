import { NEGATIVE_WORDS } from '../dataset/bad-pictures/bad-words.ts';
import { knownWords, stopWords } from '../dataset/captions/known-words.ts';
import { TeacherManifest } from '../teacher/teacher-manifest.ts';

type Stage = TeacherManifest['stages']['geometry'];

/** Stages that replace those of another teacher. */
export interface NewStages {
  readonly geometry?: Stage | undefined;
  readonly texture?: Stage | undefined;
}

/** What a new teacher.json says that the one it follows does not. */
export interface NewTeacher {
  readonly name: string;
  readonly description: string;
  readonly imageSize: number;
  readonly latentSize: number;
  readonly latentChannels: number;
  /** Factor of the text encoder's states. */
  readonly textScale: number;
  readonly stages: NewStages;
}

/**
 * teacher.json of a teacher trained on our own data set: framing, view words, normals, landmarks and text encoder of
 * `base`, which the data set was drawn by; negative prompts and known words of the captions it was told.
 */
export function teacherManifestOf(base: TeacherManifest, fresh: NewTeacher): TeacherManifest {
  const { name, description, imageSize, latentSize, latentChannels, textScale, stages } = fresh;
  const negative = ['a head', ...NEGATIVE_WORDS, '{view}'].join(', ');
  const { photo, normals } = base.domains;
  return TeacherManifest.parse({
    ...base,
    name,
    description,
    files: 'required',
    imageSize,
    latentSize,
    latentChannels,
    text: { ...base.text, scale: textScale },
    domains: {
      photo: { ...photo, negativePrompt: negative + photo.promptSuffix },
      normals: { ...normals, negativePrompt: negative + normals.promptSuffix },
    },
    stages: {
      geometry: stages.geometry ?? base.stages.geometry,
      texture: stages.texture ?? base.stages.texture,
    },
    knownWords: { words: knownWords(), stopWords: [...stopWords] },
  } satisfies TeacherManifest);
}
