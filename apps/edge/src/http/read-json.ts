import { JSON_BODY_MAX_BYTES } from '@headwright/shared/limits';
import type { ProblemDetail } from '@headwright/shared/api/problem';
import type { z } from 'zod';
import { ServiceError } from '../services/errors.ts';
import { readBody } from './read-body.ts';

/** RFC 6901: `~` and `/` inside a name are escaped. */
function toPointer(path: readonly PropertyKey[]): string {
  return path.map((part) => `/${String(part).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');
}

function toDetails(issue: z.core.$ZodIssue): ProblemDetail[] {
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => ({
      pointer: toPointer([...issue.path, key]),
      code: 'unknown_field',
      detail: 'is not a field of this request',
    }));
  }
  if (issue.code === 'invalid_union' && issue.errors.length > 0) {
    // What the alternative finds that was most likely meant.
    const [nearest = []] = issue.errors.toSorted((one, other) => one.length - other.length);
    return nearest.flatMap((inner) => toDetails({ ...inner, path: [...issue.path, ...inner.path] }));
  }
  const isMissing = issue.code === 'invalid_type' && issue.input === undefined;
  return [
    {
      pointer: toPointer(issue.path),
      code: isMissing ? 'required' : issue.code === 'custom' ? 'invalid_value' : issue.code,
      detail: isMissing ? 'is required' : issue.message,
    },
  ];
}

/** Checks a value against a schema; every fault becomes one entry of the problem's `errors`. */
export function parseInput<T>(schema: z.ZodType<T>, value: unknown): T {
  const result = schema.safeParse(value, { reportInput: true });
  if (result.success) return result.data;
  const errors = result.error.issues.flatMap(toDetails);
  const first = errors[0];
  const detail = first === undefined ? undefined : `${first.pointer || 'The body'} ${first.detail}`;
  throw new ServiceError('input.invalid', detail, { errors });
}

/** Reads a JSON body as it was sent, refusing anything else by the status that names what is wrong. */
export async function readJsonValue(request: Request): Promise<unknown> {
  const type = request.headers.get('Content-Type')?.split(';')[0]?.trim().toLowerCase() ?? '';
  if (type !== 'application/json') {
    throw new ServiceError('input.unsupported_media_type', 'The body must be application/json.');
  }
  const bytes = await readBody(request, JSON_BODY_MAX_BYTES);
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true, ignoreBOM: false }).decode(bytes));
  } catch {
    throw new ServiceError('input.invalid_json', 'The body is not valid JSON in UTF-8.');
  }
}

/** Reads a JSON body through a schema. */
export async function readJson<T>(request: Request, schema: z.ZodType<T>): Promise<T> {
  return parseInput(schema, await readJsonValue(request));
}
