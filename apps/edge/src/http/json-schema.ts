import { z } from 'zod';
import type { JsonSchema } from './openapi-document.ts';

/**
 * Turns zod schemas into JSON Schemas of one OpenAPI document. A schema that has an `id` becomes a component and is
 * referred to, wherever it occurs.
 *
 * References: OpenAPI 3.1, 4.8.24; JSON Schema 2020-12.
 */
export class SchemaCollector {
  readonly components: Record<string, JsonSchema> = {};

  /** `input` is what a client may send, `output` what it gets. */
  convert(schema: z.core.$ZodType, io: 'input' | 'output'): JsonSchema {
    const converted = z.toJSONSchema(schema, {
      io,
      override: ({ jsonSchema }) => {
        // A client must bear fields that it does not know yet.
        if (io === 'output' && jsonSchema.additionalProperties === false)
          delete jsonSchema.additionalProperties;
        if (jsonSchema.minimum === Number.MIN_SAFE_INTEGER) delete jsonSchema.minimum;
        if (jsonSchema.maximum === Number.MAX_SAFE_INTEGER) delete jsonSchema.maximum;
        delete jsonSchema.id;
      },
    });
    const text = JSON.stringify(converted).replaceAll('"#/$defs/', '"#/components/schemas/');
    const { $defs = {}, $schema: _, ...root }: JsonSchema = JSON.parse(text);
    for (const [name, definition] of Object.entries($defs)) {
      const known = this.components[name];
      if (known !== undefined && JSON.stringify(known) !== JSON.stringify(definition)) {
        throw new Error(`convert: expected one schema named ${name}, got two that differ`);
      }
      this.components[name] = definition;
    }
    return root;
  }
}
