import { type Camera, createCamera } from '../cameras/camera.ts';
import type { TriangleMesh } from '../mesh.ts';

/** Half the height that a picture shows at the head: crown, neck and some air, as in the teacher's pictures. */
const HALF_HEIGHT = 0.9;

/** Where pictures are centered: a little below mid head, because of the neck. */
const CENTER_Y = -0.05;

const FOV_Y_RAD = (20 * Math.PI) / 180;

/**
 * A camera around a head, at the same distance for all ordinary heads, so that pictures compare; farther
 * away only where something (a hat, horns) would be cut off. Angles as in `CameraPose`.
 */
export function frameHead(mesh: TriangleMesh, azimuthRad: number, elevationRad: number): Camera {
  let half = HALF_HEIGHT;
  for (let i = 0; i < mesh.positions.length; i += 3) {
    const [x, y, z] = mesh.positions.subarray(i, i + 3);
    const radius = Math.hypot(x, z);
    // A point nearer to the camera by `radius` looks larger by about a tenth at this field of view.
    half = Math.max(half, 1.1 * radius, 1.1 * Math.abs(y - CENTER_Y));
  }
  return createCamera({
    azimuthRad,
    elevationRad,
    fovYRad: FOV_Y_RAD,
    distance: half / Math.tan(FOV_Y_RAD / 2),
    target: [0, CENTER_Y, 0],
  });
}
