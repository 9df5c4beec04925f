/**
 * Makes a teacher: data, training, and what to look at.
 *
 *     npm run teacher -- render | train | sample | evaluate | pack [options]
 */

const HELP = `Usage: npm run teacher -- COMMAND [options]

Makes a teacher of heads, from nothing but this repository.

  render      draws a data set of heads with captions
  train       trains autoencoder, denoiser and ControlNet on a data set
  sample      draws pictures with a teacher: prompts by views
  evaluate    measures how well a teacher's pictures show what was asked for
  pack        writes a trained teacher in the layout that the product loads

npm run teacher -- COMMAND --help tells the options of a command.
`;

type Command = (args: readonly string[]) => Promise<void>;

/** Commands load what they need only when they are asked for. */
const COMMANDS: Readonly<Record<string, () => Promise<Command>>> = {
  render: async () => (await import('../apps/gpu-runner/src/dataset/shards/render-command.ts')).runRender,
  train: async () => (await import('../apps/gpu-runner/src/training/train-command.ts')).runTrain,
  sample: async () => (await import('../apps/gpu-runner/src/sampling/sample-command.ts')).runSample,
  evaluate: async () => (await import('../apps/gpu-runner/src/evaluation/evaluate-command.ts')).runEvaluate,
  pack: async () => (await import('../apps/gpu-runner/src/packing/pack-command.ts')).runPack,
};

const [name = '--help', ...args] = process.argv.slice(2);
if (name === '--help') console.log(HELP);
else {
  try {
    const load = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined;
    if (load === undefined) {
      throw new Error(`expected one of ${Object.keys(COMMANDS).join(', ')}, got ${name}`);
    }
    await (await load())(args);
    // onnxruntime's thread pools would keep the process.
    process.exit();
  } catch (error) {
    console.error(`teacher: ${error instanceof Error ? error.message : String(error)}`);
    process.exit(1);
  }
}
