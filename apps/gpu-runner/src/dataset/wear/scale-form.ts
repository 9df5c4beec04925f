import type { HeadForm } from '../head-form.ts';

/** The same head `scale` times as large: small heads are fitted at the size that hats are made for. */
export function scaleForm(form: HeadForm, scale: number): HeadForm {
  const times = (p: readonly [number, number, number]): readonly [number, number, number] => [
    p[0] * scale,
    p[1] * scale,
    p[2] * scale,
  ];
  const { places } = form;
  return {
    ...form,
    positions: form.positions.map((value) => value * scale),
    places: {
      crown: times(places.crown),
      chin: times(places.chin),
      noseTip: times(places.noseTip),
      eyeLeft: times(places.eyeLeft),
      eyeRight: times(places.eyeRight),
      earLeft: times(places.earLeft),
      earRight: times(places.earRight),
      mouth: times(places.mouth),
    },
  };
}
