/**
 * Meters from chin to crown of a life-size head: MakeHuman's neutral base mesh (CC0), 2.336 dm from its
 * lowest chin vertex to its highest skull vertex.
 */
export const HEAD_HEIGHT_METERS = 0.234;
