import { z } from 'zod';

/**
 * What of the settings the fields are rebuilt from. The file keeps the others too, for people; a later engine reads only
 * these, so that it may add, rename and drop hyper-parameters and still open heads of today.
 */
export interface RecipeSettings {
  readonly geometry: {
    /** Layout of the signed distance field. */
    readonly field: RecipeResidualField | RecipeHashGridField;
  };
  readonly texture: {
    /** Layout of the color field. */
    readonly field: { readonly grid: RecipeHashGrid; readonly hiddenSizes: readonly number[] };
  };
  /** Layout of the deformation, from the first geometry edit on. */
  readonly deformation?: {
    readonly head: RecipeLattice;
    readonly face: RecipeLattice;
  };
}

/** A residual of the template, as in files of version 1. */
interface RecipeResidualField {
  readonly kind?: 'residual' | undefined;
  readonly coarsestSpacing: number;
  readonly distanceScales: readonly number[];
  readonly offsetScale: number;
  readonly offsetBound: number;
}

/** A hash grid with two networks, in files of version 2. */
interface RecipeHashGridField {
  readonly kind: 'hash-grid';
  readonly grid: RecipeHashGrid;
  readonly halfEdge: number;
  readonly hiddenSizes: readonly number[];
  readonly offsetStart: 'zero' | 'random';
  readonly offsetBound: number;
  readonly bandCells: number;
  readonly refreshSteps: number;
  readonly fit: {
    readonly steps: number;
    readonly learningRate: number;
    readonly uniformPoints: number;
    readonly nearPoints: number;
    readonly nearSpread: number;
  };
}

interface RecipeHashGrid {
  readonly levelCount: number;
  readonly baseResolution: number;
  readonly finestResolution: number;
  readonly tableSizeLog2: number;
  readonly damping: number;
}

/** One lattice of a deformation. */
interface RecipeLattice {
  readonly box: HeadRecipe['box'];
  readonly coarsestSpacing: number;
  readonly scales: readonly number[];
  readonly margin: number;
}

/** An edit that a head has been through. */
export interface RecipeEdit {
  readonly kind: 'geometry' | 'texture' | 'restyle';
  readonly prompt: string;
  readonly seed: number;
}

/** What a head was made from and with: enough to rebuild its fields, and to tell two heads apart. */
export interface HeadRecipe {
  readonly prompt: string;
  /** Null: the teacher's own. */
  readonly negativePrompt: string | null;
  /** What the request said about its words besides the prompts. */
  readonly wording?: {
    readonly character?: 'real' | 'unreal' | undefined;
    readonly viewWords?: { readonly front: string; readonly side: string; readonly back: string } | undefined;
  };
  readonly seed: number;
  /** The preset's name at the time; a later engine may not have it any more. */
  readonly preset: string;
  readonly teacher: { readonly name: string; readonly sha256: string };
  /** Digest of the template that the distance parameters are a residual of. */
  readonly headTemplateSha256: string;
  /** The box that the distance parameters span, world units. */
  readonly box: {
    readonly min: readonly [number, number, number];
    readonly max: readonly [number, number, number];
  };
  readonly settings: RecipeSettings;
  /** In the order in which they were made. */
  readonly edits: readonly RecipeEdit[];
}

const positive = z.number().positive();
const count = z.int().min(1);
const digest = z.string().regex(/^[0-9a-f]{64}$/, { error: 'expected 64 hexadecimal digits' });
const point = z.tuple([z.number(), z.number(), z.number()]);

const box = z.looseObject({ min: point, max: point });
const lattice = z.looseObject({
  box,
  coarsestSpacing: positive,
  scales: z.array(z.number()).min(1),
  margin: positive,
});

const hashGrid = z.looseObject({
  levelCount: count,
  baseResolution: count,
  finestResolution: count,
  tableSizeLog2: count.max(24),
  damping: z.number(),
});

const residualField = z.looseObject({
  kind: z.literal('residual').optional(),
  coarsestSpacing: positive,
  distanceScales: z.array(z.number()).min(1),
  offsetScale: z.number(),
  offsetBound: z.number(),
});

const hashGridField = z.looseObject({
  kind: z.literal('hash-grid'),
  grid: hashGrid,
  halfEdge: positive,
  hiddenSizes: z.array(count),
  offsetStart: z.enum(['zero', 'random']),
  offsetBound: z.number(),
  bandCells: z.number().min(0),
  refreshSteps: count,
  fit: z.looseObject({
    steps: z.int().min(0),
    learningRate: z.number(),
    uniformPoints: z.int().min(0),
    nearPoints: z.int().min(0),
    nearSpread: z.number(),
  }),
});

const Settings: z.ZodType<RecipeSettings> = z.looseObject({
  geometry: z.looseObject({ field: z.discriminatedUnion('kind', [residualField, hashGridField]) }),
  texture: z.looseObject({
    field: z.looseObject({ grid: hashGrid, hiddenSizes: z.array(count) }),
  }),
  deformation: z.looseObject({ head: lattice, face: lattice }).exactOptional(),
});

const Edit = z.looseObject({
  kind: z.enum(['geometry', 'texture', 'restyle']),
  prompt: z.string().min(1),
  seed: z.int().min(0),
});

/** Checks a recipe that was read from a file. */
export const HeadRecipe: z.ZodType<HeadRecipe> = z.looseObject({
  prompt: z.string().min(1),
  negativePrompt: z.string().nullable(),
  wording: z
    .looseObject({
      character: z.enum(['real', 'unreal']).optional(),
      viewWords: z.looseObject({ front: z.string(), side: z.string(), back: z.string() }).optional(),
    })
    .exactOptional(),
  seed: z.int().min(0),
  preset: z.string().min(1),
  teacher: z.looseObject({ name: z.string().min(1), sha256: digest }),
  headTemplateSha256: digest,
  box,
  settings: Settings,
  edits: z.array(Edit),
});
