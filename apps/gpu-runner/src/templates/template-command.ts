import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { z } from 'zod';
import { MODELS_DIRECTORY } from '../env.ts';
import { loadHeadTemplate } from '../teacher/load-head-template.ts';
import {
  buildHeadTemplate,
  buildObjectTemplate,
  TEMPLATE_SPACING,
  type TemplateOrigin,
} from './build-template.ts';
import { carryOval } from './carry-oval.ts';
import { parseObj } from './parse-obj.ts';
import { placeHead } from './place-head.ts';
import { readFlame } from './read-flame.ts';
import { readIctFace } from './read-ict-face.ts';
import { type OperatorFile, readOperatorFile } from './read-operator-file.ts';
import { vaseObj } from './vase.ts';
import { requireReplaceable, writeTemplate } from './write-template.ts';

const HELP = `Usage: npm run template -- flame FILE.npz --landmarks FILE --out DIR
       npm run template -- ict FOLDER --out DIR
       npm run template -- object FILE.obj --license ID --source TEXT --out DIR
       npm run template -- vase --out DIR

Makes a template of another head, or of something else, for npm run head -- … --template DIR. About half a minute of one
processor core. docs/templates.md tells where the files come from and what their licenses allow.

  flame        FLAME 2023 Open's mean head, converted to .npz; with the landmarks of mediapipe_landmark_embedding.npz, or
               of a JSON file of chains by vertex number
  ict          ICT-FaceKit's mean head: the kit's folder FaceXModel
  object       any closed surface, +Y up, +Z front: it has no landmarks, so the teacher is asked without them
  vase         such an object of our own, as a demo

  --out DIR        folder of the new template; a template that is there is replaced whole
  --landmarks FILE of flame
  --license ID     of object: what allows its use, an SPDX identifier
  --source TEXT    of object: where it comes from
  --help           this text
`;

const MIB = 1024 * 1024;
const FLAME: OperatorFile = {
  what: 'FLAME 2023 Open as an .npz with v_template and f, converted from flame2023_Open.pkl (docs/templates.md)',
  from: 'https://flame.is.tue.mpg.de, registration needed',
  license: 'CC-BY-4.0 for FLAME 2023 Open; other releases of FLAME are for research only',
  limitBytes: 256 * MIB,
};
const FLAME_LANDMARKS: OperatorFile = {
  what: 'the landmarks on FLAME: mediapipe_landmark_embedding.npz, or your own JSON file of chains by vertex number',
  from: 'the downloads of https://flame.is.tue.mpg.de',
  license: 'Max Planck, non-commercial research, which FLAME 2023 Open does not change; your own file: yours',
  limitBytes: MIB,
};
const ICT: OperatorFile = {
  what: "a file of ICT-FaceKit's folder FaceXModel",
  from: 'https://github.com/ICT-VGL/ICT-FaceKit',
  license: 'MIT, USC Institute for Creative Technologies',
  limitBytes: 16 * MIB,
};
const OBJECT: OperatorFile = {
  what: 'a Wavefront OBJ file',
  from: 'whoever made it',
  license: 'as --license says',
  limitBytes: 64 * MIB,
};

const text = z.string({ error: 'is needed' }).min(1);
const Arguments = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('flame'), file: text, landmarks: text.optional(), out: text }),
  z.strictObject({ kind: z.literal('ict'), file: text, out: text }),
  z.strictObject({ kind: z.literal('object'), file: text, license: text, source: text, out: text }),
  z.strictObject({ kind: z.literal('vase'), out: text }),
]);
type Arguments = z.infer<typeof Arguments>;

/** What a command makes: the file of a template, and the words of its license. */
interface Made {
  readonly bytes: Uint8Array;
  readonly origin: TemplateOrigin;
  readonly notice: string;
}

/** `npm run template`: makes a template's folder from an operator's file. */
export async function runTemplate(
  args: readonly string[],
  report: (line: string) => void,
  spacing = TEMPLATE_SPACING,
): Promise<void> {
  if (args.length === 0 || args.includes('--help')) {
    report(HELP);
    return;
  }
  const wanted = readArguments(args);
  requireReplaceable(resolve(wanted.out));
  const { bytes, origin, notice } = await make(wanted, spacing);
  const { mesh, landmarks } = await writeTemplate(wanted.out, bytes, origin, notice);
  const chains = landmarks.size === 0 ? 'no landmarks' : `landmarks ${[...landmarks.keys()].join(', ')}`;
  report(`${mesh.positions.length / 3} vertices, ${mesh.indices.length / 3} triangles, ${chains}`);
  report(`${wanted.out}: ${origin.license}; npm run head -- "…" --template ${wanted.out}`);
}

async function make(wanted: Arguments, spacing: number): Promise<Made> {
  switch (wanted.kind) {
    case 'flame':
      return makeFlame(wanted.file, wanted.landmarks, spacing);
    case 'ict':
      return makeIct(wanted.file, spacing);
    case 'object': {
      const origin = { license: wanted.license, source: wanted.source };
      return makeObject(wanted.file, readOperatorFile(wanted.file, OBJECT), origin, spacing);
    }
    case 'vase': {
      const origin = { license: 'CC0-1.0', source: 'Headwright: apps/gpu-runner/src/templates/vase.ts' };
      return makeObject('vase', new TextEncoder().encode(vaseObj()), origin, spacing);
    }
  }
}

function makeFlame(file: string, landmarks: string | undefined, spacing: number): Made {
  const model = { path: file, bytes: readOperatorFile(file, FLAME) };
  if (landmarks === undefined) {
    const { what, from, license } = FLAME_LANDMARKS;
    throw new Error(
      `--landmarks: expected ${what}; FLAME's model file has none. From ${from}; license: ${license}`,
    );
  }
  const points = { path: landmarks, bytes: readOperatorFile(landmarks, FLAME_LANDMARKS) };
  const origin = {
    license: 'CC-BY-4.0',
    source: 'FLAME 2023 Open, Max Planck Institute for Intelligent Systems; the mean head, moved and closed',
  };
  const isEmbedding = points.bytes[0] === 0x50;
  return {
    bytes: buildHeadTemplate(placeHead(file, readFlame(model, points)), origin, spacing),
    origin: isEmbedding
      ? {
          license: 'CC-BY-4.0 AND LicenseRef-MPI-non-commercial',
          source: `${origin.source}; landmarks: mediapipe_landmark_embedding.npz, for non-commercial research`,
        }
      : origin,
    notice: FLAME_NOTICE + (isEmbedding ? EMBEDDING_NOTICE : ''),
  };
}

async function makeIct(folder: string, spacing: number): Promise<Made> {
  const [mesh, indices] = ['generic_neutral_mesh.obj', 'vertex_indices.json'].map((name) => {
    const path = join(folder, name);
    return { path, bytes: readOperatorFile(path, ICT) };
  });
  const builtIn = await loadHeadTemplate(`${MODELS_DIRECTORY}/head-template`);
  const head = carryOval(placeHead(mesh.path, readIctFace(mesh, indices)), builtIn);
  const origin = { license: 'MIT', source: 'ICT-FaceKit, generic_neutral_mesh.obj, moved and closed' };
  return { bytes: buildHeadTemplate(head, origin, spacing), origin, notice: ICT_NOTICE };
}

function makeObject(name: string, obj: Uint8Array, origin: TemplateOrigin, spacing: number): Made {
  return {
    bytes: buildObjectTemplate(parseObj(name, obj), origin, spacing),
    origin,
    notice: `${origin.license}\n${origin.source}\n`,
  };
}

function readArguments(args: readonly string[]): Arguments {
  const option = { type: 'string' } as const;
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    options: { out: option, landmarks: option, license: option, source: option },
  });
  const [kind, file, ...rest] = positionals;
  if (rest.length > 0) throw new Error(`expected one file or folder, got ${positionals.length - 1}`);
  const parsed = Arguments.safeParse({ kind, ...(file === undefined ? {} : { file }), ...values });
  if (parsed.success) return parsed.data;
  throw new Error(parsed.error.issues.map((issue) => sentence(issue, kind)).join('\n'));
}

function sentence(issue: z.core.$ZodIssue, kind: string | undefined): string {
  const [field] = issue.path;
  if (field === 'kind') return `expected one of flame, ict, object, vase, got ${kind ?? 'nothing'}`;
  if (issue.code === 'unrecognized_keys') return `${kind} takes no ${issue.keys.join(', ')}`;
  return field === 'file' ? `the file of ${kind}: ${issue.message}` : `--${String(field)}: ${issue.message}`;
}

const FLAME_NOTICE = `This template is derived from FLAME 2023 Open, Max Planck Institute for Intelligent Systems
(https://flame.is.tue.mpg.de), which is licensed under CC-BY-4.0 (https://creativecommons.org/licenses/by/4.0/). Changed: the mean
head alone, moved, scaled, its neck cut and closed. Cite: Li, Bolkart, Black, Li, Romero: Learning a model of facial shape and
expression from 4D scans, SIGGRAPH Asia 2017. Check the license text that came with your download: other releases of FLAME are for
non-commercial research only.
`;

const EMBEDDING_NOTICE = `
Its landmarks come from mediapipe_landmark_embedding.npz, Max Planck Institute for Intelligent Systems, which is licensed for
non-commercial research only; FLAME 2023 Open's license does not cover it. Landmarks of your own (a JSON file) are free of this.
`;

const ICT_NOTICE = `This template is derived from ICT-FaceKit (https://github.com/ICT-VGL/ICT-FaceKit). Its face oval is that of the built-in
template (CC0-1.0).

MIT License

Copyright (c) 2020 USC Institute for Creative Technologies

Permission is hereby granted, free of charge, to any person obtaining a copy of this software and associated documentation files (the
"Software"), to deal in the Software without restriction, including without limitation the rights to use, copy, modify, merge, publish,
distribute, sublicense, and/or sell copies of the Software, and to permit persons to whom the Software is furnished to do so, subject
to the following conditions:

The above copyright notice and this permission notice shall be included in all copies or substantial portions of the Software.

THE SOFTWARE IS PROVIDED "AS IS", WITHOUT WARRANTY OF ANY KIND, EXPRESS OR IMPLIED, INCLUDING BUT NOT LIMITED TO THE WARRANTIES OF
MERCHANTABILITY, FITNESS FOR A PARTICULAR PURPOSE AND NONINFRINGEMENT. IN NO EVENT SHALL THE AUTHORS OR COPYRIGHT HOLDERS BE LIABLE FOR
ANY CLAIM, DAMAGES OR OTHER LIABILITY, WHETHER IN AN ACTION OF CONTRACT, TORT OR OTHERWISE, ARISING FROM, OUT OF OR IN CONNECTION WITH
THE SOFTWARE OR THE USE OR OTHER DEALINGS IN THE SOFTWARE.
`;
