import { z } from 'zod';
import {
  METADATA_KEY_MAX_LENGTH,
  METADATA_MAX_KEYS,
  METADATA_VALUE_MAX_LENGTH,
  NAME_MAX_LENGTH,
} from '../limits.ts';

// Also keeps `__proto__` out.
const MetadataKey = z
  .string()
  .regex(new RegExp(`^[A-Za-z0-9][A-Za-z0-9_.-]{0,${METADATA_KEY_MAX_LENGTH - 1}}$`));
const MetadataValue = z.string().max(METADATA_VALUE_MAX_LENGTH);

const tooMany = { error: `must have at most ${METADATA_MAX_KEYS} keys` };

/** The developer's own facts about an object. */
export const Metadata = z
  .record(MetadataKey, MetadataValue)
  .refine((metadata) => Object.keys(metadata).length <= METADATA_MAX_KEYS, tooMany)
  .describe(`Your own facts, at most ${METADATA_MAX_KEYS}; we store them and read none.`);

/** Changes of metadata: a null removes its key, keys that are not named stay. RFC 7396. */
export const MetadataPatch = z
  .record(MetadataKey, MetadataValue.nullable())
  .refine((metadata) => Object.keys(metadata).length <= 2 * METADATA_MAX_KEYS, {
    error: `must name at most ${2 * METADATA_MAX_KEYS} keys`,
  })
  .describe('Keys to set; null removes one, and those that are not named stay (RFC 7396).');

/** The developer's own name of an object. */
export const DisplayName = z.string().trim().min(1).max(NAME_MAX_LENGTH);
