import type { OpenApiDocument } from '../../apps/edge/src/http/openapi-document.ts';
import { asSchema, docComment, typeOfSchema } from './type-of-schema.ts';

/** Schemas that several sections of the document reach. */
const SHARED = 'shared';

/** Names of the components that a part of the document refers to, itself or through others. */
function reachedFrom(part: unknown, schemas: Readonly<Record<string, object>>): Set<string> {
  const found = new Set<string>();
  const follow = (value: unknown): void => {
    for (const [, name = ''] of JSON.stringify(value).matchAll(/"#\/components\/schemas\/(\w+)"/g)) {
      if (found.has(name)) continue;
      found.add(name);
      follow(schemas[name]);
    }
  };
  follow(part);
  return found;
}

/**
 * Which file each component's type goes to: that of the one section that reaches it, else the shared one. What the
 * shared file refers to is reached by as many sections, so no two files import each other.
 */
function placeSchemas(document: OpenApiDocument): Map<string, string> {
  const operations = [...Object.values(document.paths), ...Object.values(document.webhooks)].flatMap((item) =>
    Object.values(item),
  );
  const places = new Map<string, string>();
  for (const { name: tag } of document.tags) {
    const ofTag = operations.filter(({ tags }) => tags.includes(tag));
    for (const name of reachedFrom(ofTag, document.components.schemas)) {
      places.set(name, places.has(name) ? SHARED : tag.toLowerCase());
    }
  }
  for (const [name, schema] of Object.entries(document.components.schemas)) {
    if (places.has(name)) continue;
    // Nobody refers to it: it lies beside what it refers to.
    const beside = [...reachedFrom(schema, document.components.schemas)].map((each) => places.get(each));
    places.set(name, beside.find((place) => place !== SHARED) ?? SHARED);
  }
  return places;
}

function writeType(name: string, value: object): string {
  const schema = asSchema(value);
  const type = typeOfSchema(schema);
  const declaration = type.startsWith('{\n')
    ? `export interface ${name} ${type}`
    : `export type ${name} = ${type};`;
  return `${docComment(schema.description)}${declaration}`;
}

/** The types of the document's components, a file for each section: `types/heads.ts`; and `types.ts`, which has them all. */
export function writeTypes(document: OpenApiDocument): Record<string, string> {
  const { schemas } = document.components;
  const places = placeSchemas(document);
  const files: Record<string, string> = {};
  for (const place of [...new Set(places.values())].toSorted()) {
    const names = Object.keys(schemas)
      .filter((name) => places.get(name) === place)
      .toSorted();
    const text = names.map((name) => writeType(name, schemas[name] ?? {})).join('\n\n');
    const imported = [...places]
      .filter(([name, where]) => where !== place && new RegExp(`\\b${name}\\b`).test(codeOf(text)))
      .map(([name]) => name)
      .toSorted();
    const head =
      imported.length === 0 ? '' : `import type { ${imported.join(', ')} } from './${SHARED}.ts';\n\n`;
    files[`types/${place}.ts`] = `${head}${text}\n`;
  }
  const all = Object.keys(files).map((file) => `export type * from './${file}';\n`);
  return { ...files, 'types.ts': all.join('') };
}

/** A text without its comments and string literals. */
export function codeOf(text: string): string {
  return text.replaceAll(/\/\*\*.*\*\//g, '').replaceAll(/"(?:[^"\\]|\\.)*"/g, '');
}
