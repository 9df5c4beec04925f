/** As much of JSON Schema as the document uses. */
export interface Schema {
  $ref?: string;
  type?: string | string[];
  enum?: unknown[];
  const?: unknown;
  anyOf?: Schema[];
  oneOf?: Schema[];
  allOf?: Schema[];
  items?: Schema;
  prefixItems?: Schema[];
  properties?: Record<string, Schema>;
  required?: string[];
  additionalProperties?: boolean | Schema;
  description?: string;
}

/** The document is JSON Schema throughout; this is the view of it that types need. */
export function asSchema(schema: object): Schema {
  return schema;
}

const PRIMITIVES = new Map([
  ['string', 'string'],
  ['number', 'number'],
  ['integer', 'number'],
  ['boolean', 'boolean'],
  ['null', 'null'],
]);

/** A doc comment of one line, or nothing. */
export function docComment(text: string | undefined): string {
  return text === undefined ? '' : `/** ${text.replaceAll('*/', '* /').replaceAll(/\s*\n\s*/g, ' ')} */\n`;
}

function unionOf(schemas: readonly Schema[]): string {
  return [...new Set(schemas.map(typeOfSchema))].join(' | ');
}

function objectOf({ properties = {}, required = [], additionalProperties }: Schema): string {
  const fields = Object.entries(properties).map(
    ([name, field]) =>
      `${docComment(field.description)}${/^[\w$]+$/.test(name) ? name : JSON.stringify(name)}${required.includes(name) ? '' : '?'}: ${typeOfSchema(field)};`,
  );
  if (fields.length === 0) {
    const values = typeof additionalProperties === 'object' ? typeOfSchema(additionalProperties) : 'unknown';
    return `Record<string, ${values}>`;
  }
  return `{\n${fields.join('\n')}\n}`;
}

/** The TypeScript type of what a JSON Schema admits. */
export function typeOfSchema(schema: Schema): string {
  if (schema.$ref !== undefined) return schema.$ref.replace(/^.*\//, '');
  if (schema.const !== undefined) return JSON.stringify(schema.const);
  if (schema.enum !== undefined) return schema.enum.map((value) => JSON.stringify(value)).join(' | ');
  const alternatives = schema.anyOf ?? schema.oneOf;
  if (alternatives !== undefined) return `(${unionOf(alternatives)})`;
  if (schema.allOf !== undefined) return schema.allOf.map(typeOfSchema).join(' & ');
  if (Array.isArray(schema.type)) return `(${unionOf(schema.type.map((type) => ({ ...schema, type })))})`;
  if (schema.type === 'array')
    return `(${schema.items === undefined ? 'unknown' : typeOfSchema(schema.items)})[]`;
  if (schema.type === 'object') return objectOf(schema);
  return PRIMITIVES.get(schema.type ?? '') ?? 'unknown';
}
