// Finds sheets by words of any length, also one character, in the index beside this script. Nothing leaves the page.
// The index comes in parts (search-1.js and so on), which are asked for with the first word: whoever only reads the list
// loads none. Without this script the search is not shown; the list below it holds every sheet.
const section = document.getElementById('search');
const form = section.querySelector('form');
const input = document.getElementById('search-words');
const status = document.getElementById('search-status');
const results = document.getElementById('search-results');

const SHOWN = 100;
const AROUND = 40;
const PARTS = Number(section.dataset.parts);
const own = document.currentScript.src;

/** Width, case and spelling of marks evened out; ひらがな and カタカナ stay two things, as people type them. */
const fold = (text) => text.normalize('NFKC').toLowerCase();
const entries = [];
globalThis.hyokaIndex = {
  push: (...parts) => {
    for (const entry of parts)
      entries.push({ ...entry, folded: fold(`${entry.title}\n${entry.departments}\n${entry.text}`) });
  },
};

/** 'none', 'loading', 'whole', or the name of a part that did not come. */
let loaded = 'none';

/** A script, since a page that lies in a folder may fetch nothing. */
function load(part) {
  loaded = 'loading';
  const script = document.createElement('script');
  script.src = new URL(`search-${part}.js`, own).href;
  script.addEventListener('load', () => {
    if (part < PARTS) load(part + 1);
    else loaded = 'whole';
    // The first that is found is shown at once; every showing lays the long list below out anew.
    if (loaded === 'whole' || results.childElementCount === 0) search();
  });
  script.addEventListener('error', () => {
    loaded = `search-${part}.js`;
    search();
  });
  document.head.append(script);
}

const segmenter = new Intl.Segmenter('ja', { granularity: 'grapheme' });

/** Where a folded word stands in a text, as [line, from, to]; undefined where folding hides it. No word goes over lines. */
function place(text, word) {
  const line = text.split('\n').find((one) => fold(one).includes(word));
  if (line === undefined) return undefined;
  const starts = [];
  let folded = '';
  for (const { segment, index } of segmenter.segment(line)) {
    const piece = fold(segment);
    for (let at = 0; at < piece.length; at += 1) starts.push(index);
    folded += piece;
  }
  const at = folded.indexOf(word);
  if (at < 0) return undefined;
  return [line, starts[at], starts[at + word.length] ?? line.length];
}

/** The text around the first of the words, with that word marked. */
function excerpt(text, words) {
  const shown = document.createElement('p');
  const found = words.map((word) => place(text, word)).find(Boolean);
  if (!found) return undefined;
  const [line, from, to] = found;
  const before = Array.from(line.slice(0, from)).slice(-AROUND).join('');
  const after = Array.from(line.slice(to)).slice(0, AROUND).join('');
  const mark = document.createElement('mark');
  mark.textContent = line.slice(from, to);
  shown.append(before.length < from ? '…' : '', before, mark, after, to + after.length < line.length ? '…' : '');
  return shown;
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

/** What is said once nothing more is to come, so that a screen reader is told once. */
function said(count) {
  if (loaded === 'loading') return 'シートの本文を読み込んでいます。';
  if (loaded !== 'whole')
    return `検索に使うファイル（${loaded}）を読み込めませんでした。ページを開き直すか、下の一覧から探してください。`;
  const word = input.value.trim();
  if (count === 0) return `「${word}」を含むシートはありません。`;
  return `${count}枚のシートが見つかりました。${count > SHOWN ? `初めの${SHOWN}枚を示します。` : ''}`;
}

function tell(text) {
  if (status.textContent !== text) status.textContent = text;
}

function search() {
  const words = fold(input.value).split(/\s+/).filter(Boolean);
  if (words.length === 0) {
    results.replaceChildren();
    tell('');
    return;
  }
  if (loaded === 'none') load(1);
  const found = entries.filter(({ folded }) => words.every((word) => folded.includes(word)));
  results.replaceChildren(...found.slice(0, SHOWN).map((entry) => item(entry, words)));
  tell(said(found.length));
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
