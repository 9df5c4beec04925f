import type { CellMeasures } from './measures.ts';
import { EVALUATION_VIEWS } from './evaluation-views.ts';
import type { Cell } from './plan-cells.ts';
import type { ReportTable } from './report-table.ts';

/** A cell with what is known of it. */
export interface CellResult {
  readonly cell: Cell;
  /** Null while it is not made. */
  readonly made: {
    readonly seconds: number;
    readonly sideIou: number;
    readonly measures: CellMeasures;
    /** Where its files lie. */
    readonly directory: string;
  } | null;
  readonly failure: string | null;
}

/** The tables of a report, a row a variant. */
export function summaryTables(results: readonly CellResult[]): ReportTable[] {
  const variants = [...new Set(results.map(({ cell }) => cell.variant))];
  const rows = variants.map((variant) => {
    const own = results.filter(({ cell }) => cell.variant === variant);
    return { title: variant.title, own, made: own.flatMap(({ made }) => (made === null ? [] : [made])) };
  });
  const table = (
    title: string,
    note: string,
    columns: readonly string[],
    cells: (row: (typeof rows)[number]) => readonly string[],
  ): ReportTable => ({
    title,
    note,
    columns: ['variant', ...columns],
    rows: rows.map((row) => [row.title, ...cells(row)]),
  });
  return [
    table(
      'Faces',
      'Heads in which face-api finds a face, by view, and the mean distance of its landmarks from the head’s own in distances between the eyes.',
      EVALUATION_VIEWS.map(({ name }) => name),
      ({ made }) => EVALUATION_VIEWS.map((_, v) => faceCell(made, v)),
    ),
    table(
      'Janus, words and color',
      'Janus: heads with a face behind among those with one in front. R-precision: heads whose own prompt the teacher denoises best, and the mean rank. Attributes: asked ones that the classifier finds. Saturation: mean, and the share above 0.9.',
      [
        'Janus',
        'R-precision',
        'mean rank',
        'attributes',
        'CLIP',
        'CLIP R-precision',
        'saturation',
        'glaring',
      ],
      ({ made }) => wordCells(made),
    ),
    table(
      'Mesh, time and samples',
      'Means over heads. Watertight: nothing leaks; at a pinched edge two sheets touch. Side IoU: with the template’s silhouette. A sample is one pass of ControlNet and UNet for one view and one text; a LoRA update counts three.',
      [
        'made',
        'failed',
        'watertight',
        'pinched edges',
        'self-intersecting',
        'floaters',
        'side IoU',
        'seconds',
        'samples',
      ],
      ({ own, made }) => [`${made.length} of ${own.length}`, failures(own), ...meshCells(made), samples(own)],
    ),
  ];
}

type Made = NonNullable<CellResult['made']>;

function faceCell(made: readonly Made[], view: number): string {
  const faces = measured(made, 'faces').map(({ views }) => views[view]);
  if (faces.length === 0) return '';
  const found = faces.filter((face) => face.found);
  const errors = found.flatMap(({ landmarkError }) => (landmarkError === null ? [] : [landmarkError]));
  const error = errors.length === 0 ? '' : ` · ${mean(errors).toFixed(2)}`;
  return `${found.length}/${faces.length}${error}`;
}

function wordCells(made: readonly Made[]): string[] {
  const { faced, janus } = janusCount(measured(made, 'faces'));
  const recall = measured(made, 'recall');
  const asked = measured(made, 'attributes');
  const clip = measured(made, 'clip');
  const saturation = measured(made, 'saturation');
  const total = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0);
  return [
    faced === 0 ? '' : `${janus}/${faced}`,
    firsts(recall),
    recall.length === 0 ? '' : `${mean(recall.map(({ rank }) => rank)).toFixed(1)} of ${recall[0].of}`,
    share(total(asked.map(({ right }) => right)), total(asked.map((each) => each.asked))),
    clip.length === 0 ? '' : mean(clip.map(({ score }) => score)).toFixed(4),
    firsts(clip),
    saturation.length === 0 ? '' : mean(saturation.map((each) => each.mean)).toFixed(2),
    saturation.length === 0 ? '' : percent(mean(saturation.map(({ vividShare }) => vividShare))),
  ];
}

/** Heads with a face in a front view, and how many of them have one in a back view. */
export function janusCount(faces: readonly NonNullable<CellMeasures['faces']>[]): {
  readonly faced: number;
  readonly janus: number;
} {
  const hasFace = (each: (typeof faces)[number], wanted: 'front' | 'back'): boolean =>
    each.views.some(({ found }, v) => found && EVALUATION_VIEWS[v].view === wanted);
  const faced = faces.filter((each) => hasFace(each, 'front'));
  return { faced: faced.length, janus: faced.filter((each) => hasFace(each, 'back')).length };
}

function meshCells(made: readonly Made[]): string[] {
  const meshes = measured(made, 'mesh');
  const intersecting = meshes.map((mesh) => mesh.intersectingTriangles / Math.max(1, mesh.triangles));
  return [
    share(meshes.filter(({ watertight }) => watertight).length, meshes.length),
    meshes.length === 0 ? '' : mean(meshes.map(({ pinchedEdges }) => pinchedEdges)).toFixed(1),
    meshes.length === 0 ? '' : percent(mean(intersecting)),
    meshes.length === 0 ? '' : mean(meshes.map(({ floaters }) => floaters)).toFixed(1),
    made.length === 0 ? '' : mean(made.map(({ sideIou }) => sideIou)).toFixed(2),
    made.length === 0 ? '' : mean(made.map(({ seconds }) => seconds)).toFixed(0),
  ];
}

function failures(own: readonly CellResult[]): string {
  return String(own.filter(({ failure }) => failure !== null).length);
}

function samples(own: readonly CellResult[]): string {
  return mean(own.map(({ cell }) => cell.samples)).toFixed(0);
}

function measured<N extends keyof CellMeasures>(
  made: readonly Made[],
  name: N,
): NonNullable<CellMeasures[N]>[] {
  return made.flatMap(({ measures }) => {
    const value = measures[name];
    return value === null ? [] : [value];
  });
}

function firsts(ranked: readonly { readonly rank: number }[]): string {
  return share(ranked.filter(({ rank }) => rank === 1).length, ranked.length);
}

function share(part: number, whole: number): string {
  return whole === 0 ? '' : `${((100 * part) / whole).toFixed(0)} % of ${whole}`;
}

function percent(value: number): string {
  return `${(100 * value).toFixed(2)} %`;
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
