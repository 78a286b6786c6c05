// Finds sheets by words of any length, also one character, in the index beside this script. Nothing leaves the page.
// Without this script the search is not shown; the list below it holds every sheet.
const section = document.getElementById('search');
const form = section.querySelector('form');
const input = document.getElementById('search-words');
const status = document.getElementById('search-status');
const results = document.getElementById('search-results');

const SHOWN = 100;
const AROUND = 40;

/** Width, case and spelling of marks evened out; ひらがな and カタカナ stay two things, as people type them. */
const fold = (text) => text.normalize('NFKC').toLowerCase();
const entries = globalThis.hyokaIndex.map((entry) => ({
  ...entry,
  folded: fold(`${entry.title}\n${entry.departments}\n${entry.text}`),
}));
const segmenter = new Intl.Segmenter('ja', { granularity: 'grapheme' });

/** Where a folded word stands in a text, as [from, to] of the text; undefined where folding hides it. */
function place(text, word) {
  const starts = [];
  let folded = '';
  for (const { segment, index } of segmenter.segment(text)) {
    const piece = fold(segment);
    for (let at = 0; at < piece.length; at += 1) starts.push(index);
    folded += piece;
  }
  const at = folded.indexOf(word);
  if (at < 0) return undefined;
  return [starts[at], starts[at + word.length] ?? text.length];
}

/** The text around the first of the words, with that word marked. */
function excerpt(text, words) {
  const line = document.createElement('p');
  const found = words.map((word) => place(text, word)).find(Boolean);
  if (!found) return undefined;
  const [from, to] = found;
  const before = Array.from(text.slice(0, from)).slice(-AROUND).join('');
  const after = Array.from(text.slice(to)).slice(0, AROUND).join('');
  const mark = document.createElement('mark');
  mark.textContent = text.slice(from, to);
  line.append(before.length < from ? '…' : '', before, mark, after, to + after.length < text.length ? '…' : '');
  return line;
}

function item(entry, words) {
  const row = document.createElement('li');
  const link = document.createElement('a');
  link.href = entry.file;
  link.textContent = entry.title;
  row.append(link);
  if (entry.departments) row.append(`　${entry.departments}`);
  const line = excerpt(entry.text, words);
  if (line) row.append(line);
  return row;
}

function search() {
  const words = fold(input.value).split(/\s+/).filter(Boolean);
  results.replaceChildren();
  if (words.length === 0) {
    status.textContent = '';
    return;
  }
  const found = entries.filter(({ folded }) => words.every((word) => folded.includes(word)));
  const more = found.length > SHOWN ? `初めの${SHOWN}枚を示します。` : '';
  status.textContent =
    found.length === 0
      ? `「${input.value.trim()}」を含むシートはありません。`
      : `${found.length}枚のシートが見つかりました。${more}`;
  results.append(...found.slice(0, SHOWN).map((entry) => item(entry, words)));
}

form.addEventListener('submit', (event) => {
  event.preventDefault();
  search();
});
// A word that is still being composed is not searched for.
input.addEventListener('input', (event) => {
  if (!event.isComposing) search();
});
input.addEventListener('compositionend', search);
section.hidden = false;
