import { z } from 'zod';
import { JobKind } from '../job-kind.ts';
import { DEFAULT_MODEL, FIRST_MODEL, MODEL_STATES } from '../models.ts';
import { AmountMinor, Currency } from '../money.ts';
import { Preset } from '../presets.ts';
import { listOf } from './page.ts';

/** How a request names a model. */
export const ModelName = z
  .string()
  .max(64)
  .meta({ examples: [DEFAULT_MODEL, FIRST_MODEL] })
  .describe('A version, or an alias, which stands for its newest version: `GET /v1/models` lists both.');

/** How an object names the model that it was made with. */
export const ModelVersionId = z.string().describe('The version of the model, as it was resolved.');

const ModelVersion = z
  .object({
    id: z.string(),
    state: z
      .enum(MODEL_STATES)
      .describe(
        '`active`: the newest. `legacy`: there is a newer one. `deprecated`: its end is announced. `retired`: it is refused.',
      ),
    released_at: z.iso.datetime(),
    sunset_at: z.iso
      .datetime()
      .nullable()
      .describe('From then on it is refused; null while none is planned.'),
    successor: z.string().nullable().describe('The version to take instead, once its end is announced.'),
  })
  .meta({ id: 'ModelVersion' });

/** What can be ordered, and what it costs. */
export const Model = z
  .object({
    id: z.string().describe('The alias.'),
    object: z.literal('model'),
    resolves_to: z
      .string()
      .nullable()
      .describe('The version that the alias stands for now; null if all ended.'),
    versions: z.array(ModelVersion).describe('Every version that it has stood for, oldest first.'),
    currency: Currency,
    price_version: z.string(),
    price_valid_until: z.iso
      .datetime()
      .nullable()
      .describe('When the next price list takes over, if one is known.'),
    prices: z.array(z.object({ kind: JobKind, preset: Preset, cost: AmountMinor })),
  })
  .meta({ id: 'Model' });
export type Model = z.infer<typeof Model>;

/** Answer of `GET /v1/models`. */
export const ModelList = listOf(Model).meta({ id: 'ModelList' });
export type ModelList = z.infer<typeof ModelList>;
