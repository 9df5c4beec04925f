import { hostname } from 'node:os';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { FIRST_MODEL } from '@headwright/shared/models';
import { Preset, PUBLIC_PRESETS } from '@headwright/shared/presets';

/** The models that the repository carries. */
export const MODELS_DIRECTORY = fileURLToPath(new URL('../../../models', import.meta.url));

/** Everything that a runner reads from its environment. */
export const RunnerEnv = z.object({
  EDGE_URL: z.url({ protocol: /^https?$/ }).describe('where the edge answers, such as http://127.0.0.1:8787'),
  RUNNER_KEY: z.string().min(1).describe("the runner's own key"),
  RUNNER_NAME: z.string().min(1).max(100).default(hostname()).describe('for logs; default: the host name'),
  TEACHER_DIR: z
    .string()
    .min(1)
    .default(`${MODELS_DIRECTORY}/starter`)
    .describe('folder of the teacher, default: models/starter'),
  MODEL: z
    .string()
    .min(1)
    .max(64)
    .default(FIRST_MODEL)
    .describe(`version of the model that this teacher is, of the edge's list; default: ${FIRST_MODEL}`),
  HEAD_TEMPLATE_DIR: z
    .string()
    .min(1)
    .default(`${MODELS_DIRECTORY}/head-template`)
    .describe('folder of the head template, default: models/head-template'),
  MODERATION_DIR: z
    .string()
    .min(1)
    .default(`${MODELS_DIRECTORY}/moderation`)
    .describe('folder of the classifier that checks pictures, default: models/moderation'),
  ENGINE: z
    .enum(['ssd', 'scripted'])
    .default('ssd')
    .describe('scripted: takes the magic prompts of test mode and loads no model; default: ssd'),
  PRESETS: z
    .string()
    .default(PUBLIC_PRESETS.join(','))
    .transform((text) => text.split(',').map((preset) => preset.trim()))
    .pipe(z.array(Preset).min(1))
    .describe(`presets to run, separated by commas, default: ${PUBLIC_PRESETS.join(',')}`),
});
export type RunnerEnv = z.infer<typeof RunnerEnv>;

/** Parses the environment; the error names each variable that is wrong. */
export function readEnv(environment: Record<string, string | undefined>): RunnerEnv {
  const parsed = RunnerEnv.safeParse(environment);
  if (parsed.success) return parsed.data;
  const lines = parsed.error.issues.map((issue) => `  ${issue.path.join('.')}: ${issue.message}`);
  throw new Error(`readEnv: the environment is not usable:\n${lines.join('\n')}`);
}
