/**
 * The import rules of the house, one sentence each. `test/house/import-rules.test.ts` plants one
 * forbidden import per rule and expects the tool to name it, since a silent tool looks like a clean house.
 *
 *     edge:   worker → app → { middleware, routes, scheduled } → services → { db, ports } → shared
 *     runner: main, cli → shell, teacher → ssd/generate-head → stages → parts of ssd → mesh → tensor
 *             ssd/color-field, ssd/tetrahedral-grid → ssd/neural-field
 *             ssd/diffusion, ssd/neural-field, teacher → onnx → tensor
 *             training → dataset/shards → dataset → parts of ssd → mesh → tensor
 */

const TEST = '\\.test\\.ts$|^test/|^apps/edge/src/test(ing)?/';
const EDGE = '^apps/edge/src';
const RUNNER = '^apps/gpu-runner/src';
const SSD = `${RUNNER}/ssd`;
const PACKAGE = (names) => `(^|/)node_modules/(${names})/`;
const OUTSIDE_WORLD =
  '^(node:)?(fs|fs/promises|net|tls|http|https|http2|dns|dgram|child_process|worker_threads|process|os)$';

/** @param {string} name @param {object} from @param {object} to */
const forbid = (name, from, to) => ({ name, severity: 'error', from, to });

module.exports = {
  forbidden: [
    forbid('no import is left unresolved', {}, { couldNotResolve: true, pathNot: '^cloudflare:' }),
    forbid('no file imports itself in a circle', {}, { circular: true }),
    forbid('nothing but tests imports tests or test/', { pathNot: TEST }, { path: TEST }),
    forbid(
      'apps never import each other',
      { path: '^apps/([^/]+)/', pathNot: TEST },
      { path: '^apps/', pathNot: '^apps/$1/' },
    ),
    forbid('apps import no scripts', { path: '^(apps|packages)/', pathNot: TEST }, { path: '^scripts/' }),
    forbid(
      'shared imports zod and nothing of ours',
      { path: '^packages/shared/src/', pathNot: TEST },
      { pathNot: `^packages/shared/src/|${PACKAGE('zod')}` },
    ),

    forbid(
      'only services and db import drizzle',
      { path: EDGE, pathNot: `${TEST}|${EDGE}/(services|db)/` },
      { path: PACKAGE('drizzle-orm') },
    ),
    forbid(
      'routes and middleware never import db or ports',
      { path: `${EDGE}/(routes|middleware)/`, pathNot: TEST },
      { path: `${EDGE}/(db|ports)/` },
    ),
    forbid(
      'services never import hono, routes, http or cloudflare modules',
      { path: `${EDGE}/services/`, pathNot: TEST },
      { path: `${PACKAGE('hono|@hono/[^/]+')}|${EDGE}/(routes|http|middleware|scheduled)/|^cloudflare:` },
    ),
    forbid(
      'services know ports by their types only',
      { path: `${EDGE}/services/`, pathNot: TEST },
      { path: `${EDGE}/ports/`, dependencyTypesNot: ['type-only'] },
    ),
    forbid(
      'db and ports import no layer above them',
      { path: `${EDGE}/(db|ports)/`, pathNot: TEST },
      { path: `${EDGE}/(services|routes|middleware|http|scheduled|durable|worker|app|deps)` },
    ),
    forbid(
      'only worker imports app',
      { path: EDGE, pathNot: `${TEST}|${EDGE}/worker\\.ts$` },
      { path: `${EDGE}/app\\.ts$` },
    ),
    forbid('nothing imports worker', { path: EDGE, pathNot: TEST }, { path: `${EDGE}/worker\\.ts$` }),
    forbid(
      'only deps chooses between real and fake ports',
      { path: EDGE, pathNot: `${TEST}|${EDGE}/(deps\\.ts$|ports/|durable/)` },
      { path: `${EDGE}/ports/`, dependencyTypesNot: ['type-only'] },
    ),

    forbid(
      'only session and execution-provider import onnxruntime-node',
      {
        path: '^(apps|packages|scripts)/',
        pathNot: `${TEST}|${RUNNER}/onnx/(session|execution-provider)\\.ts$`,
      },
      { path: PACKAGE('onnxruntime-[^/]+') },
    ),
    forbid(
      'of ssd, only diffusion and neural-field import onnx',
      { path: `${SSD}/`, pathNot: `${TEST}|${SSD}/(diffusion|neural-field)/` },
      { path: `${RUNNER}/onnx/`, dependencyTypesNot: ['type-only'] },
    ),
    forbid(
      'onnx knows tensors and no heads',
      { path: `${RUNNER}/onnx/`, pathNot: TEST },
      { path: `${RUNNER}/`, pathNot: `${RUNNER}/(onnx|tensor)/` },
    ),
    forbid(
      'only export imports glTF, mesh and image packages',
      { path: `${RUNNER}/`, pathNot: `${TEST}|${SSD}/export/` },
      { path: PACKAGE('sharp|watlas|meshoptimizer|@gltf-transform/[^/]+') },
    ),
    forbid(
      'ssd is handed bytes, seeds and callbacks and never reaches for the world',
      { path: `${SSD}/`, pathNot: TEST },
      { path: `${RUNNER}/(shell/|env\\.ts|main\\.ts|(edit-)?cli\\.ts)|${OUTSIDE_WORLD}` },
    ),
    forbid(
      'ssd knows a teacher by its types only',
      { path: `${SSD}/`, pathNot: TEST },
      { path: `${RUNNER}/teacher/`, dependencyTypesNot: ['type-only'] },
    ),
    forbid(
      'teacher knows onnx and tensors, and nothing of the loop or the shell',
      { path: `${RUNNER}/teacher/`, pathNot: TEST },
      { path: `${RUNNER}/(shell/|main\\.ts|cli\\.ts|ssd/(stages/|generate-head))` },
    ),
    forbid(
      'parts of ssd import neither stages nor generate-head',
      { path: `${SSD}/[^/]+/`, pathNot: `${TEST}|${SSD}/stages/` },
      { path: `${SSD}/(stages/|generate-head\\.ts$)` },
    ),
    forbid(
      'parts of ssd do not import each other',
      {
        path: `${SSD}/([^/]+)/`,
        pathNot: `${TEST}|${SSD}/(stages|distillation|export|deformation|color-field|tetrahedral-grid)/`,
      },
      { path: `${SSD}/[^/]+/`, pathNot: `${SSD}/($1|stages)/|${SSD}/cameras/camera\\.ts$` },
    ),
    forbid(
      'of the other parts, distillation imports diffusion alone',
      { path: `${SSD}/distillation/`, pathNot: TEST },
      {
        path: `${SSD}/[^/]+/`,
        pathNot: `${SSD}/(distillation|diffusion|stages)/|${SSD}/cameras/camera\\.ts$`,
      },
    ),
    forbid(
      'of the other parts, color-field and tetrahedral-grid import neural-field alone',
      { path: `${SSD}/(color-field|tetrahedral-grid)/`, pathNot: TEST },
      { path: `${SSD}/[^/]+/`, pathNot: `${SSD}/($1|neural-field|stages)/` },
    ),
    forbid(
      'of the other parts, deformation imports tetrahedral-grid alone',
      { path: `${SSD}/deformation/`, pathNot: TEST },
      { path: `${SSD}/[^/]+/`, pathNot: `${SSD}/(deformation|tetrahedral-grid|stages)/` },
    ),
    forbid(
      'of the other parts, export imports renderer and color-field alone',
      { path: `${SSD}/export/`, pathNot: TEST },
      {
        path: `${SSD}/[^/]+/`,
        pathNot: `${SSD}/(export|renderer|color-field|stages)/|${SSD}/cameras/camera\\.ts$`,
      },
    ),
    forbid(
      'dataset draws with ssd renderer, cameras, landmarks and mesh, and knows no loop and no networks',
      { path: `${RUNNER}/dataset/`, pathNot: `${TEST}|${RUNNER}/dataset/shards/` },
      {
        path: `${RUNNER}/|${PACKAGE('sharp|watlas|meshoptimizer|@gltf-transform/[^/]+')}`,
        pathNot: `${RUNNER}/(dataset|tensor|teacher)/|${SSD}/(renderer|cameras|landmarks)/|${SSD}/mesh\\.ts$`,
      },
    ),
    forbid(
      'dataset knows a teacher by its types only',
      { path: `${RUNNER}/dataset/`, pathNot: `${TEST}|${RUNNER}/dataset/shards/` },
      { path: `${RUNNER}/teacher/`, dependencyTypesNot: ['type-only'] },
    ),
    forbid(
      'of dataset, only shards reach for the world',
      { path: `${RUNNER}/dataset/`, pathNot: `${TEST}|${RUNNER}/dataset/shards/` },
      { path: OUTSIDE_WORLD },
    ),
    forbid(
      'training reads shards and knows the rest of the dataset by types only',
      { path: `${RUNNER}/training/`, pathNot: TEST },
      {
        path: `${RUNNER}/dataset/`,
        pathNot: `${RUNNER}/dataset/shards/`,
        dependencyTypesNot: ['type-only'],
      },
    ),
    forbid(
      'the engine knows neither dataset nor training',
      { path: `${RUNNER}/(ssd|onnx|tensor|teacher)/`, pathNot: TEST },
      { path: `${RUNNER}/(dataset|training)/` },
    ),
    forbid(
      'tensor imports nothing but zlib',
      { path: `${RUNNER}/tensor/`, pathNot: TEST },
      { pathNot: `${RUNNER}/tensor/|^(node:)?zlib$` },
    ),
  ],
  options: {
    parser: 'swc',
    tsPreCompilationDeps: true,
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^(apps|packages)/[^/]+/(dist|public/vendor)/' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default'],
      extensions: ['.ts', '.mjs', '.js', '.cjs', '.json'],
      mainFields: ['module', 'main'],
    },
  },
};
