import { z } from 'zod';

/** Ready-made renditions, by the names of their files. `preview.png` comes with every head. */
export const RENDITION_NAMES = ['mobile.glb', 'full.glb', 'ios.usdz', 'android_ar.glb'] as const;
export const RenditionName = z.enum(RENDITION_NAMES).meta({ id: 'RenditionName' });
export type RenditionName = z.infer<typeof RenditionName>;

/** Some of them, each once. */
export const RenditionNames = z
  .array(RenditionName)
  .max(RENDITION_NAMES.length)
  .refine((names) => new Set(names).size === names.length, { error: 'must not name one twice' });

/** What `GET /v1/heads/{id}/file/{preset}` leads to. */
export const FILE_PRESETS = ['preview.png', ...RENDITION_NAMES] as const;

export const FORMATS = ['glb', 'usdz'] as const;
/** Levels of detail, by what a mesh of each has at most; deformed heads come near it. */
export const LODS = ['low', 'medium', 'high'] as const;
export const COMPRESSIONS = ['none', 'meshopt'] as const;
export const MORPHS = ['none', 'arkit-52'] as const;
export const TEXTURE_SIZES = [512, 1024, 2048] as const;
export const TEXTURE_FORMATS = ['jpeg', 'png', 'webp', 'ktx2'] as const;

/** How a head is written to one file. */
export const RenditionSettings = z.strictObject({
  format: z.enum(FORMATS),
  lod: z.enum(LODS),
  compression: z.enum(COMPRESSIONS),
  textures: z.strictObject({ size: z.literal(TEXTURE_SIZES), format: z.enum(TEXTURE_FORMATS) }),
  morphs: z.enum(MORPHS),
});
export type RenditionSettings = z.infer<typeof RenditionSettings>;

/** One file that is to be made. */
export const Rendition = z.strictObject({
  /** Of the file; `renditionName` gives it to settings of one's own. */
  name: z.string(),
  settings: RenditionSettings,
});
export type Rendition = z.infer<typeof Rendition>;

/** What a ready-made rendition never exceeds. */
export interface RenditionBudget {
  readonly triangles?: number;
  readonly vertices?: number;
  /** Side of the texture, texels. */
  readonly textureSize?: number;
  readonly bytes: number;
  /** Instead of `bytes`, with morph targets. */
  readonly bytesWithMorphs?: number;
}

/** The file that `?compat=1` gives for `mobile.glb`: the same head without compression that a viewer must know. */
export const MOBILE_COMPAT_NAME = 'mobile-compat.glb';

const MB = 1_000_000;
const MOBILE: RenditionBudget = {
  triangles: 30_000,
  textureSize: 1024,
  bytes: 3 * MB,
  bytesWithMorphs: 5 * MB,
};

/** Budgets by the name of the file; a file above its own is never published. */
export const RENDITION_BUDGETS: Readonly<Record<string, RenditionBudget>> = {
  'preview.png': { textureSize: 512, bytes: 150_000 },
  'mobile.glb': MOBILE,
  [MOBILE_COMPAT_NAME]: MOBILE,
  'android_ar.glb': { vertices: 30_000, textureSize: 2048, bytes: 10 * MB },
  'ios.usdz': { triangles: 100_000, textureSize: 2048, bytes: 10 * MB },
  'full.glb': { triangles: 200_000, textureSize: 4096, bytes: 40 * MB },
};

const MOBILE_SETTINGS = { format: 'glb', lod: 'medium', compression: 'meshopt' } as const;

/** The files of a ready-made rendition; `hasMorphs` says whether one that may have expressions gets them. */
export function renditionsNamed(name: RenditionName, hasMorphs: boolean): Rendition[] {
  const morphs = hasMorphs ? 'arkit-52' : 'none';
  const plain = { format: 'glb', lod: 'medium', compression: 'none', morphs: 'none' } as const;
  const jpeg = (size: 1024 | 2048) => ({ size, format: 'jpeg' }) as const;
  switch (name) {
    case 'mobile.glb':
      return [
        { name, settings: { ...MOBILE_SETTINGS, textures: { size: 1024, format: 'ktx2' }, morphs } },
        { name: MOBILE_COMPAT_NAME, settings: { ...plain, textures: jpeg(1024), morphs } },
      ];
    case 'full.glb':
      return [{ name, settings: { ...plain, lod: 'high', textures: jpeg(2048), morphs: 'arkit-52' } }];
    case 'ios.usdz':
      return [{ name, settings: { ...plain, format: 'usdz', textures: jpeg(2048) } }];
    case 'android_ar.glb':
      return [{ name, settings: { ...plain, textures: jpeg(2048) } }];
  }
}

/** The name of a file of one's own settings: equal settings have equal names. */
export function renditionName({ format, lod, compression, textures, morphs }: RenditionSettings): string {
  const words = ['head', lod, compression, `${textures.format}${textures.size}`, morphs].filter(
    (word) => word !== 'none',
  );
  return `${words.join('-')}.${format}`;
}
