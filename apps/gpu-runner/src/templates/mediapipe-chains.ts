/**
 * The chains that teachers ask for, by the numbers of MediaPipe's face mesh; L is the subject's left.
 *
 * MediaPipe draws each brow as two lines: `browL` is the upper one, `browL_low` the lower.
 *
 * References: MediaPipe, face_mesh_connections.py (Apache-2.0): FACEMESH_LIPS, _LEFT_EYE, _RIGHT_EYE, _EYEBROW.
 */
export const MEDIAPIPE_CHAINS = {
  lips_out: [61, 146, 91, 181, 84, 17, 314, 405, 321, 375, 291, 409, 270, 269, 267, 0, 37, 39, 40, 185],
  lips_in: [78, 95, 88, 178, 87, 14, 317, 402, 318, 324, 308, 415, 310, 311, 312, 13, 82, 81, 80, 191],
  eyeL: [263, 249, 390, 373, 374, 380, 381, 382, 362, 398, 384, 385, 386, 387, 388, 466],
  eyeR: [33, 7, 163, 144, 145, 153, 154, 155, 133, 173, 157, 158, 159, 160, 161, 246],
  browL: [300, 293, 334, 296, 336],
  browL_low: [276, 283, 282, 295, 285],
  browR: [70, 63, 105, 66, 107],
  browR_low: [46, 53, 52, 65, 55],
} as const;

/**
 * MediaPipe's face oval as vertices of FLAME, from the forehead over the subject's left to the chin and back; no embedding
 * file has it. Found by us: MediaPipe's canonical face (Apache-2.0) was laid on FLAME by a similarity, and each point of its
 * oval takes the nearest vertex, 3 to 10 mm away on a life-size head.
 */
export const FLAME_OVAL = [
  3505, 691, 2161, 1472, 2137, 2024, 2023, 730, 567, 3757, 3578, 3579, 3583, 3587, 3594, 3595, 3598, 3600,
  3414, 3397, 3395, 3393, 3392, 3389, 3387, 3383, 3382, 3486, 1962, 2212, 3063, 3064, 3156, 2609, 3173, 2186,
];

/** Place of the chin in `FLAME_OVAL`. */
export const FLAME_OVAL_CHIN = 18;
