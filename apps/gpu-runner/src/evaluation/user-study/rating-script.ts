/** What the rating page runs: `STUDY` holds the heads. Plain JavaScript, since the page is one file without a build. */
export const RATING_SCRIPT = String.raw`
const byId = (id) => document.getElementById(id);
const shuffled = (list) => {
  const out = [...list];
  for (let i = out.length - 1; i > 0; i--) {
    const j = crypto.getRandomValues(new Uint32Array(1))[0] % (i + 1);
    [out[i], out[j]] = [out[j], out[i]];
  }
  return out;
};
const questions = shuffled([...new Set(STUDY.items.map((item) => item.prompt))]).map((prompt) => ({
  prompt,
  items: shuffled(STUDY.items.filter((item) => item.prompt === prompt)),
}));
const answers = [];
let participant = '';
let at = 0;

function show() {
  const question = questions[at];
  byId('position').textContent = 'Question ' + (at + 1) + ' of ' + questions.length;
  byId('prompt').textContent = '“' + question.prompt + '”';
  byId('heads').replaceChildren(...question.items.map((item, n) => {
    const field = document.createElement('fieldset');
    const legend = document.createElement('legend');
    legend.textContent = 'Head ' + String.fromCharCode(65 + n);
    const image = document.createElement('img');
    image.alt = legend.textContent;
    image.src = item.source;
    const scale = document.createElement('div');
    scale.className = 'scale';
    for (let value = STUDY.min; value <= STUDY.max; value++) {
      const label = document.createElement('label');
      const radio = document.createElement('input');
      radio.type = 'radio';
      radio.name = 'head-' + n;
      radio.value = String(value);
      radio.required = true;
      label.append(radio, String(value));
      scale.append(label);
    }
    field.append(legend, image, scale);
    return field;
  }));
}

byId('start').addEventListener('submit', (event) => {
  event.preventDefault();
  participant = byId('participant').value.trim();
  if (participant === '') return;
  byId('start').hidden = true;
  byId('question').hidden = false;
  show();
});

byId('question').addEventListener('submit', (event) => {
  event.preventDefault();
  const given = new FormData(byId('question'));
  questions[at].items.forEach((item, n) => {
    answers.push([participant, at + 1, n + 1, item.id, item.prompt, given.get('head-' + n)]);
  });
  at++;
  if (at < questions.length) return show();
  byId('question').hidden = true;
  byId('end').hidden = false;
});

byId('download').addEventListener('click', () => {
  const quoted = (value) => '"' + String(value).replaceAll('"', '""') + '"';
  const lines = [['participant', 'question', 'place', 'head', 'prompt', 'rating'], ...answers];
  const text = lines.map((line) => line.map(quoted).join(',') + '\r\n').join('');
  const link = document.createElement('a');
  link.href = URL.createObjectURL(new Blob([text], { type: 'text/csv' }));
  link.download = 'ratings-' + participant.replaceAll(/[^A-Za-z0-9]+/g, '-') + '.csv';
  link.click();
});
`;
