import type { ModelFacts } from '@headwright/shared/runner/protocol';
import type { Framing } from './cameras/sample-camera.ts';
import { orbitCamera } from './cameras/orbit.ts';
import type { ColorField } from './color-field/color-field.ts';
import type { ExportSettings } from './config.ts';
import { CLEAN_MESH_DEFAULTS } from './export/clean-mesh.ts';
import { exportHead } from './export/export-head.ts';
import { neckBase } from './export/neck-base.ts';
import type { Displace } from './export/split-bent.ts';
import type { HeadTemplate } from './head-template/head-template.ts';
import { silhouetteIou } from './stages/silhouette-iou.ts';
import { encodeHeadState, type HeadState } from './state/head-state.ts';

/** A finished head. */
export interface GeneratedHead {
  /** head.glb, preview.png, turntable.webp, views/*.png, recipe.json and head.state, with their media types. */
  readonly files: ReadonlyMap<
    string,
    { readonly bytes: Uint8Array; readonly contentType: string; readonly model?: ModelFacts }
  >;
}

/** Makes the files of a head, for people and for later edits. */
export async function finishHead(options: {
  readonly state: HeadState;
  /** The fields that the state was taken from. */
  readonly colors: ColorField;
  /** The state's deformation, ready to be asked; left out where there is none. */
  readonly displace?: Displace | undefined;
  readonly headTemplate: HeadTemplate;
  readonly framing: Framing;
  readonly settings: ExportSettings;
  /** Whether head.glb gets the template's expressions. */
  readonly blendshapes?: boolean | undefined;
  /** What recipe.json says, given the measures of the mesh; asked once everything else is made. */
  readonly describe: (mesh: object) => object;
}): Promise<GeneratedHead> {
  const { state, colors, displace, headTemplate, framing, settings } = options;
  const { mesh } = state;
  const { files, stats, model } = await exportHead({
    mesh,
    displace,
    origin: neckBase(headTemplate.mesh),
    colorAt: async (points) => (await colors.forward(points)).colors,
    cleaning: { ...CLEAN_MESH_DEFAULTS, triangleBudget: settings.triangles },
    textureSize: settings.textureSize,
    turntableFrames: settings.turntableFrames,
    expressions: options.blendshapes ? headTemplate : undefined,
  });
  const shown = displace ? { ...mesh, positions: displace(mesh.positions) } : mesh;
  const sideCamera = orbitCamera(framing, Math.PI / 2);
  const shape = { ...stats, sideIouWithTemplate: silhouetteIou(shown, headTemplate.mesh, sideCamera) };
  const recipe = `${JSON.stringify(options.describe(shape), null, 2)}\n`;
  files.set('recipe.json', new TextEncoder().encode(recipe));
  files.set('head.state', encodeHeadState(state));
  return { files: withContentTypes(files, model) };
}

const CONTENT_TYPES: Readonly<Record<string, string>> = {
  glb: 'model/gltf-binary',
  png: 'image/png',
  webp: 'image/webp',
  json: 'application/json',
};

function withContentTypes(files: ReadonlyMap<string, Uint8Array>, model: ModelFacts): GeneratedHead['files'] {
  return new Map(
    [...files].map(([name, bytes]) => {
      const contentType = CONTENT_TYPES[name.split('.').at(-1) ?? ''] ?? 'application/octet-stream';
      return [name, { bytes, contentType, ...(name === 'head.glb' ? { model } : {}) }];
    }),
  );
}
