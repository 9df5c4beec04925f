import type { OpenApiDocument, Operation } from '../../apps/edge/src/http/openapi-document.ts';
import { type Schema, docComment, typeOfSchema } from './type-of-schema.ts';

const NOTICE = '// Written by `npm run generate` from the contracts of the routes; edit those.\n';

/** The files of `packages/client/src/generated`, not yet formatted. */
export interface ClientFiles {
  'types.ts': string;
  'operations.ts': string;
}

/** The document is JSON Schema throughout; this is the view of it that types need. */
function asSchema(schema: object): Schema {
  return schema;
}

function writeTypes(schemas: Record<string, object>): string {
  const types = Object.entries(schemas)
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, value]) => {
      const schema = asSchema(value);
      const type = typeOfSchema(schema);
      const declaration = type.startsWith('{\n')
        ? `export interface ${name} ${type}`
        : `export type ${name} = ${type};`;
      return `${docComment(schema.description)}${declaration}`;
    });
  return `${NOTICE}\n${types.join('\n\n')}\n`;
}

interface Argument {
  name: string;
  type: string;
  isOptional: boolean;
}

function argumentsOf(operation: Operation): {
  inPath: Argument[];
  query: Argument | null;
  body: Argument | null;
} {
  const inPath = operation.parameters
    .filter((parameter) => parameter.in === 'path')
    .map(({ name, schema }) => ({
      name: toCamel(name),
      type: typeOfSchema(asSchema(schema)),
      isOptional: false,
    }));
  const inQuery = operation.parameters.filter((parameter) => parameter.in === 'query');
  const required = inQuery.filter((parameter) => parameter.required).map(({ name }) => name);
  const properties = Object.fromEntries(
    inQuery.map(({ name, schema, description }): [string, Schema] => [
      name,
      { ...asSchema(schema), ...(description === undefined ? {} : { description }) },
    ]),
  );
  const body = operation.requestBody?.content?.['application/json'];
  return {
    inPath,
    query:
      inQuery.length === 0
        ? null
        : {
            name: 'query',
            type: typeOfSchema({ type: 'object', properties, required }),
            isOptional: required.length === 0,
          },
    body:
      body === undefined
        ? null
        : {
            name: 'body',
            type: typeOfSchema(asSchema(body.schema)),
            isOptional: operation.requestBody?.required !== true,
          },
  };
}

function toCamel(name: string): string {
  return name.replaceAll(/_(\w)/g, (_, letter: string) => letter.toUpperCase());
}

/** What a call resolves to, and whether it is JSON. */
function resultOf(operation: Operation): { type: string; isJson: boolean } {
  const contents = Object.entries(operation.responses)
    .filter(([status]) => status.startsWith('2'))
    .map(([, { content = {} }]) => content);
  if (
    contents.length === 0 ||
    contents.some((content) => Object.keys(content).some((type) => type !== 'application/json'))
  ) {
    return { type: 'Response', isJson: false };
  }
  const types = contents.map((content) => {
    const json = content['application/json'];
    return json === undefined ? 'void' : typeOfSchema(asSchema(json.schema));
  });
  return { type: [...new Set(types)].join(' | '), isJson: true };
}

function writeMethod(path: string, method: string, operation: Operation): string {
  const { inPath, query, body } = argumentsOf(operation);
  const { type, isJson } = resultOf(operation);
  const parameters = [...inPath, ...(body === null ? [] : [body]), ...(query === null ? [] : [query])].map(
    (argument) =>
      argument.isOptional
        ? `${argument.name}: ${argument.type}${argument.name === 'query' ? ' = {}' : ' | undefined = undefined'}`
        : `${argument.name}: ${argument.type}`,
  );
  const template = path.replaceAll(/\{(\w+)\}/g, (_, name: string) => {
    const value = toCamel(name);
    return name === 'name'
      ? `\${${value}.split('/').map(encodeURIComponent).join('/')}`
      : `\${encodeURIComponent(${value})}`;
  });
  const plan = [
    `method: '${method.toUpperCase()}'`,
    `path: ${template.includes('${') ? `\`${template}\`` : `'${template}'`}`,
    ...(query === null ? [] : ['query']),
    ...(body === null ? [] : ['body']),
    ...(operation.parameters.some(({ name }) => name === 'idempotency-key')
      ? ['takesIdempotencyKey: true']
      : []),
  ];
  const call = isJson ? `this.json<${type}>` : 'this.send';
  return `${docComment(`${operation.summary}. ${operation.description ?? ''}`.trim())}${operation.operationId}(${[...parameters, 'options: CallOptions = {}'].join(', ')}): Promise<${type}> {
return ${call}({ ${plan.join(', ')} }, options);
}`;
}

/** Writes the types and the operations of the TypeScript client from the OpenAPI document. */
export function writeClient(document: OpenApiDocument): ClientFiles {
  const methods = Object.entries(document.paths).flatMap(([path, item]) =>
    Object.entries(item).map(([method, operation]) => writeMethod(path, method, operation)),
  );
  const text = methods.join('\n\n');
  const names = Object.keys(document.components.schemas).filter((name) =>
    new RegExp(`\\b${name}\\b`).test(text.replaceAll(/\/\*\*.*\*\//g, '')),
  );
  return {
    'types.ts': writeTypes(document.components.schemas),
    'operations.ts': `${NOTICE}import type { ${names.toSorted().join(', ')} } from './types.ts';
import { type CallOptions, Transport } from '../transport.ts';

/** One method for each operation of the API, named as in its OpenAPI document. */
export class Operations extends Transport {
${text}
}
`,
  };
}
