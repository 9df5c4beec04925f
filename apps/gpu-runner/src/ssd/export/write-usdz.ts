/**
 * A textured head as a USDZ package: one text layer and its texture.
 *
 * References: OpenUSD, "USDZ file format specification" 1.3 (stored entries, data at multiples of 64 bytes, the layer
 * first); UsdPreviewSurface specification 2.6.
 */
import type { MetricSurface } from './to-metric.ts';
import { zipStored } from './zip-stored.ts';

/** What goes into the package. */
export interface UsdzContent extends Omit<MetricSurface, 'morphs'> {
  /** An encoded sRGB picture; readers of USDZ know these two. */
  readonly baseColor: { readonly bytes: Uint8Array; readonly mimeType: 'image/jpeg' | 'image/png' };
}

const ROUGHNESS = 0.8;

/** Encodes `content`; equal content gives equal bytes. */
export function writeUsdz(content: UsdzContent): Uint8Array {
  const { bytes, mimeType } = content.baseColor;
  const texture = `textures/base-color.${mimeType === 'image/jpeg' ? 'jpg' : 'png'}`;
  const layer = new TextEncoder().encode(writeLayer(content, texture));
  return zipStored([
    { name: 'head.usda', bytes: layer },
    { name: texture, bytes },
  ]);
}

/** The layer in the usual layout, one statement a line. */
function writeLayer(content: UsdzContent, texture: string): string {
  const { positions, normals, uvs, indices } = content;
  const triples = (values: Float32Array, digits: number): string => tuples(values, 3, digits);
  // USD's texture coordinates begin at the lower left.
  const st = uvs.map((value, i) => (i % 2 === 0 ? value : 1 - value));
  const counts = `[${new Array(indices.length / 3).fill('3').join(', ')}]`;
  return `#usda 1.0
(
    defaultPrim = "Head"
    metersPerUnit = 1
    upAxis = "Y"
    doc = "Headwright"
)

def Xform "Head" (
    kind = "component"
)
{
    def Mesh "Surface" (
        prepend apiSchemas = ["MaterialBindingAPI"]
    )
    {
        float3[] extent = ${tuples(extentOf(positions), 3, 6)}
        int[] faceVertexCounts = ${counts}
        int[] faceVertexIndices = [${indices.join(', ')}]
        rel material:binding = </Head/Materials/Skin>
        normal3f[] normals = ${triples(normals, 3)} (
            interpolation = "vertex"
        )
        point3f[] points = ${triples(positions, 6)}
        texCoord2f[] primvars:st = ${tuples(st, 2, 5)} (
            interpolation = "vertex"
        )
        uniform token orientation = "rightHanded"
        uniform token subdivisionScheme = "none"
    }

${materials(texture)}}
`;
}

const materials = (texture: string): string => `    def Scope "Materials"
    {
        def Material "Skin"
        {
            token outputs:surface.connect = </Head/Materials/Skin/Surface.outputs:surface>

            def Shader "Surface"
            {
                uniform token info:id = "UsdPreviewSurface"
                color3f inputs:diffuseColor.connect = </Head/Materials/Skin/BaseColor.outputs:rgb>
                float inputs:metallic = 0
                float inputs:roughness = ${ROUGHNESS}
                token outputs:surface
            }

            def Shader "BaseColor"
            {
                uniform token info:id = "UsdUVTexture"
                asset inputs:file = @${texture}@
                token inputs:sourceColorSpace = "sRGB"
                float2 inputs:st.connect = </Head/Materials/Skin/Coordinates.outputs:result>
                token inputs:wrapS = "clamp"
                token inputs:wrapT = "clamp"
                float3 outputs:rgb
            }

            def Shader "Coordinates"
            {
                uniform token info:id = "UsdPrimvarReader_float2"
                string inputs:varname = "st"
                float2 outputs:result
            }
        }
    }
`;

/** `[(x, y, z), …]` with at most so many digits behind the point. */
function tuples(values: Float32Array, size: number, digits: number): string {
  const parts: string[] = [];
  for (let i = 0; i < values.length; i += size) {
    const numbers = Array.from(values.subarray(i, i + size), (value) =>
      String(Number(value.toFixed(digits))),
    );
    parts.push(`(${numbers.join(', ')})`);
  }
  return `[${parts.join(', ')}]`;
}

/** Smallest and largest corner. */
function extentOf(positions: Float32Array): Float32Array {
  const extent = Float32Array.of(...[0, 1, 2].map(() => Infinity), ...[0, 1, 2].map(() => -Infinity));
  positions.forEach((value, i) => {
    extent[i % 3] = Math.min(extent[i % 3], value);
    extent[3 + (i % 3)] = Math.max(extent[3 + (i % 3)], value);
  });
  return extent;
}
