import type { OpenApiDocument } from '../../apps/edge/src/http/openapi-document.ts';
import { writeMethod } from './write-method.ts';
import { codeOf, writeTypes } from './write-types.ts';

const NOTICE = '// Written by `npm run generate` from the contracts of the routes; edit those.\n';

/** `Heads` → `HeadsOperations` */
const classOf = (tag: string) => `${tag}Operations`;

/**
 * The operations of the client, a class for each section of the document. Each class is built on the one of the section
 * before, and `operations.ts` gives the last one, which has them all.
 */
function writeOperations(document: OpenApiDocument): Record<string, string> {
  const files: Record<string, string> = {};
  let base = { name: 'Transport', path: '../../transport.ts' };
  for (const { name: tag, description } of document.tags) {
    const methods = Object.entries(document.paths).flatMap(([path, item]) =>
      Object.entries(item)
        .filter(([, operation]) => operation.tags.includes(tag))
        .map(([method, operation]) => writeMethod(path, method, operation)),
    );
    if (methods.length === 0) continue;
    const text = methods.join('\n\n');
    const names = Object.keys(document.components.schemas).filter((name) =>
      new RegExp(`\\b${name}\\b`).test(codeOf(text)),
    );
    const types =
      names.length === 0 ? '' : `import type { ${names.toSorted().join(', ')} } from '../types.ts';\n`;
    const file = `operations/${tag.toLowerCase()}.ts`;
    files[file] = `${types}import type { CallOptions } from '../../transport.ts';
import { ${base.name} } from '${base.path}';

/** ${description} */
export class ${classOf(tag)} extends ${base.name} {
${text}
}
`;
    base = { name: classOf(tag), path: `./${tag.toLowerCase()}.ts` };
  }
  files['operations.ts'] = `import { ${base.name} } from './operations/${base.path.slice(2)}';

/** One method for each operation of the API, named as in its OpenAPI document. */
export class Operations extends ${base.name} {}
`;
  return files;
}

/** The files of `packages/client/src/generated` by their paths there, not yet formatted. */
export function writeClient(document: OpenApiDocument): Record<string, string> {
  const files = { ...writeTypes(document), ...writeOperations(document) };
  return Object.fromEntries(Object.entries(files).map(([path, text]) => [path, NOTICE + text]));
}
