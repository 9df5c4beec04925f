import { type Camera, createCamera } from '../ssd/cameras/camera.ts';
import { type Framing, sampleCameras } from '../ssd/cameras/sample-camera.ts';
import { type ViewWords, viewWordsAt } from '../ssd/cameras/view-words.ts';
import type { LandmarkStyle } from '../ssd/landmarks/landmark-anchors.ts';
import { createRandom, type RandomStream } from '../tensor/random.ts';
import { writeCaption } from './captions/write-caption.ts';
import type { Example, PictureKind } from './example.ts';
import { drawControl, landmarksOf } from './render/draw-control.ts';
import { mergeParts } from './render/merge-parts.ts';
import { type Background, sampleBackground } from './render/paint-background.ts';
import { pictureBytes } from './render/picture-bytes.ts';
import { createPartsRenderer, type PartsRenderer } from './render/render-parts.ts';
import { type Light, sampleLight } from './render/sample-light.ts';
import { sampleEvenTraits } from './sample-even-traits.ts';
import { sampleTraits } from './sample-traits.ts';
import { createBaseHead } from './scene/base-head.ts';
import { buildParts } from './scene/build-parts.ts';
import { createHeadMorpher } from './scene/morph-head.ts';
import type { Traits } from './traits.ts';

/** What pictures are made of and how they are framed. */
export interface StudioInputs {
  /** models/head-template/head-data.npz. */
  readonly headData: Uint8Array;
  /** Vertex numbers of the landmark chains, of models/head-template/landmarks.json. */
  readonly landmarks: Readonly<Record<string, readonly number[]>>;
  /** As the teacher's manifest states them. */
  readonly framing: Framing;
  readonly style: LandmarkStyle;
  readonly viewWords: ViewWords;
}

/** One picture to take; what is left out is the teacher's middle view in plain light. */
export interface Shot {
  readonly kind: PictureKind;
  readonly camera: Camera;
  readonly light: Light;
  readonly background: Background;
}

/** A picture with its landmarks, [S, S, 3] bytes each. */
export type Picture = Pick<Example, 'image' | 'landmarks'>;

/** How a person of a data set is pictured. */
export interface Session {
  /** Number of pictures. */
  readonly views: number;
  /** Side of each, pixels. */
  readonly imageSize: number;
  /** Share of the people who are drawn by `sampleEvenTraits`. */
  readonly evenShare: number;
}

/** Takes pictures of heads; the same inputs and seeds give the same bytes. */
export interface Studio {
  /** Pictures of person number `identity` of the data set `seed`. */
  renderIdentity(seed: number, identity: number, session: Session): Example[];
  /** Chosen pictures of a person with chosen traits. */
  renderTraits(traits: Traits, random: RandomStream, shots: readonly Shot[], imageSize: number): Picture[];
}

/** Share of photographs; the others are normal maps. */
const PHOTO_SHARE = 0.62;
/** Half of the views face the face, with this spread, three in five of these near by; the others go all the way around. */
const VIEWS = { frontShare: 0.5, frontSpreadRad: (40 * Math.PI) / 180, closeUpShare: 0.6 };

/** Blocks stand out of the surface that they are made of by up to a cell: landmarks are seen through that much of them. */
const BLOCK_DEPTH = 0.065;

/** Prepares the base head and keeps the renderers' buffers for pictures of one size after the other. */
export function createStudio(inputs: StudioInputs): Studio {
  const { framing, style, viewWords } = inputs;
  const base = createBaseHead(inputs.headData, inputs.landmarks);
  const morpher = createHeadMorpher(base);
  const renderers = new Map<number, PartsRenderer>();
  const rendererOf = (size: number): PartsRenderer => {
    const renderer = renderers.get(size) ?? createPartsRenderer(size);
    renderers.set(size, renderer);
    return renderer;
  };
  const renderTraits: Studio['renderTraits'] = (traits, random, shots, imageSize) => {
    const form = morpher.morph(traits, random.fork('form'));
    const scene = mergeParts(buildParts(form, traits, random.fork('parts')), morpher.frame);
    const anchors = landmarksOf(form, morpher.frame, base.landmarks, style);
    const hiddenBehindDepth = style.hiddenBehindDepth + (traits.style === 'voxel' ? BLOCK_DEPTH : 0);
    const renderer = rendererOf(imageSize);
    return shots.map(({ kind, camera, light, background }) => {
      renderer.look(scene, camera);
      const picture = kind === 'photo' ? renderer.photo(light, background) : renderer.normalMap();
      return {
        image: pictureBytes(picture),
        landmarks: drawControl(anchors, camera, renderer.raster, { ...style, hiddenBehindDepth }, imageSize),
      };
    });
  };
  return {
    renderTraits,
    renderIdentity(seed, identity, { views, imageSize, evenShare }) {
      const random = createRandom(seed, `identity/${identity}`);
      const sample = random.fork('even').uniform() < evenShare ? sampleEvenTraits : sampleTraits;
      const traits = sample(random.fork('traits'));
      const shots = sampleCameras(views, framing, VIEWS, random.fork('cameras')).map((camera, n): Shot => {
        const stream = random.fork(`view/${n}`);
        const kind = stream.uniform() < PHOTO_SHARE ? 'photo' : 'normals';
        return { kind, camera, light: sampleLight(camera, stream), background: sampleBackground(stream) };
      });
      const pictures = renderTraits(traits, random, shots, imageSize);
      return pictures.map((picture, n): Example => {
        const { kind, camera } = shots[n];
        const view = viewAt(camera.azimuthRad, viewWords);
        const caption = writeCaption(traits, { view, kind }, random.fork(`caption/${n}`));
        return {
          ...picture,
          caption,
          kind,
          view,
          azimuthRad: camera.azimuthRad,
          identity,
          traits,
          defect: null,
        };
      });
    },
  };
}

/** The kind of view at an azimuth, whatever words the teacher has for it. */
function viewAt(azimuthRad: number, words: ViewWords): Example['view'] {
  const found = viewWordsAt(azimuthRad, { ...words, front: 'front', side: 'side', back: 'back' });
  return found === 'front' || found === 'side' ? found : 'back';
}

/** A level camera of the framing's middle at `azimuthRad`. */
export function studioCamera(framing: Framing, azimuthRad: number, elevationRad = 0.05): Camera {
  const fovYRad = (framing.fovYRad[0] + framing.fovYRad[1]) / 2;
  const distance = (framing.halfHeight * (framing.distanceFactor[0] + framing.distanceFactor[1])) / 2;
  return createCamera({
    azimuthRad,
    elevationRad,
    fovYRad,
    distance: distance / Math.tan(fovYRad / 2),
    target: framing.target,
  });
}
