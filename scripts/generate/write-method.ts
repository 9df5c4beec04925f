import type { Operation } from '../../apps/edge/src/http/openapi-document.ts';
import { asSchema, docComment, type Schema, typeOfSchema } from './type-of-schema.ts';

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
    contents.some((content) => Object.keys(content).length > 0 && content['application/json'] === undefined)
  ) {
    return { type: 'Response', isJson: false };
  }
  const types = contents.map((content) => {
    const json = content['application/json'];
    return json === undefined ? 'void' : typeOfSchema(asSchema(json.schema));
  });
  return { type: [...new Set(types)].join(' | '), isJson: true };
}

/** One method of the client: an operation of the document. */
export function writeMethod(path: string, method: string, operation: Operation): string {
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
