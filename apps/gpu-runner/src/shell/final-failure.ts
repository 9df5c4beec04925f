/** A failure that no other attempt could cure. */
export class FinalFailure extends Error {
  override readonly name = 'FinalFailure';
}
