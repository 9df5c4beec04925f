/** Where jobs wait for runners that run a preset, for keys of a mode, with a version of the model. */
export const enginePool = (mode: string, preset: string, model: string): string =>
  `${mode}:${preset}:${model}`;
