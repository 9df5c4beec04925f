import { z } from 'zod';

/** Landmark chains of a mesh by vertex number, as in models/head-template/landmarks.json. */
const LandmarkFile = z.looseObject({
  landmarks: z.record(z.string().regex(/^[A-Za-z0-9_]{1,40}$/), z.array(z.int().min(0)).min(1).max(1000)),
});

/** Reads such a file; errors name the file, the field and what came. */
export function parseLandmarkFile(
  name: string,
  bytes: Uint8Array,
  vertexCount: number,
): ReadonlyMap<string, readonly number[]> {
  const { landmarks } = parseJson(LandmarkFile, name, bytes);
  for (const [chain, vertices] of Object.entries(landmarks)) {
    const wrong = vertices.find((v) => v >= vertexCount);
    if (wrong !== undefined) {
      throw new Error(
        `parseLandmarkFile: ${name}: /landmarks/${chain}: expected vertices below ${vertexCount}, got ${wrong}`,
      );
    }
  }
  return new Map(Object.entries(landmarks));
}

/** Parses JSON bytes through a schema; errors name the file and the field. */
export function parseJson<T>(schema: z.ZodType<T>, name: string, bytes: Uint8Array): T {
  let json: unknown;
  try {
    json = JSON.parse(new TextDecoder().decode(bytes));
  } catch (cause) {
    throw new Error(`parseJson: ${name}: expected JSON, got ${String(cause)}`, { cause });
  }
  const parsed = schema.safeParse(json);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw new Error(`parseJson: ${name}: /${issue.path.join('/')}: ${issue.message}`);
}
