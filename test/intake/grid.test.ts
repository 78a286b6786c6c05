// From bytes to cells, and from markup to plain text.
import iconv from 'iconv-lite';
import { describe, expect, test } from 'vitest';
import { unfold } from '../../electron/core/intake/breaks.ts';
import { readGrid, splitRows } from '../../electron/core/intake/grid.ts';
import { plainText } from '../../electron/core/intake/markup.ts';
import { ProblemError } from '../../shared/kernel/problem.ts';

describe('bytes', () => {
  const text = '施策名\t①髙い－㎡\r\n内線\t231';
  const rows = [
    ['施策名', '①髙い－㎡'],
    ['内線', '231'],
  ];

  test.each(['utf-8', 'utf-16le', 'utf-16be', 'cp932'])('in %s are read', (encoding) => {
    const addBOM = encoding.startsWith('utf-16');
    expect(readGrid(iconv.encode(text, encoding, { addBOM }))).toEqual(rows);
  });

  test('with a mark of UTF-8 are read without it', () => {
    expect(readGrid(iconv.encode(text, 'utf-8', { addBOM: true }))).toEqual(rows);
  });

  test.each([
    ['a packed file', [0x50, 0x4b, 3, 4, 0, 0, 0xff, 0xfe, 0x80]],
    ['bytes of no encoding', [0x80, 0xa0, 0xfd, 0xfe, 0xff]],
    ['half a UTF-16 character', [0xff, 0xfe, 0x41]],
  ])('of %s are refused', (_what, bytes) => {
    try {
      readGrid(Uint8Array.from(bytes), '表.txt');
      throw new Error('was read');
    } catch (error) {
      expect(error).toBeInstanceOf(ProblemError);
      expect(error instanceof ProblemError && error.problem).toMatchObject({
        code: 'intake.unreadable',
        details: { name: '表.txt' },
      });
    }
  });
});

describe('tab-separated text', () => {
  test.each([
    ['', [['']]],
    ['a\tb', [['a', 'b']]],
    ['a\t\t\nb\n', [['a', '', ''], ['b'], ['']]],
    ['a\r\nb\rc\nd', [['a'], ['b'], ['c'], ['d']]],
    ['"一\n二"\tb', [['一\n二', 'b']]],
    ['"一\t二"', [['一\t二']]],
    ['"言う""はい"""\tb', [['言う"はい"', 'b']]],
    ['""\tb', [['', 'b']]],
    ['"開いたまま\tb\nc', [['"開いたまま', 'b'], ['c']]],
    ['"一"二\tb', [['"一"二', 'b']]],
    ['<input checked="" type="checkbox">\tb', [['<input checked="" type="checkbox">', 'b']]],
  ])('%j', (text, rows) => expect(splitRows(text)).toEqual(rows));
});

describe('markup', () => {
  test.each([
    ['ふつうの文', 'ふつうの文'],
    ['<p>一</p> <p>二</p>', '一\n二'],
    ['<p>一</p>\n<p>二</p>', '一\n二'],
    ['<P CLASS=x>一<BR/>二<br>三</P>', '一\n二\n三'],
    ['一<br><br>二', '一\n\n二'],
    ['<ul style="list-style-type: none"> ・一 ・二 ', '・一 ・二'],
    ['<ul><li>一</li><li>二</li></ul>', '一\n二'],
    ['<div>一<div>二</div></div>三', '一\n二\n三'],
    ['<b>太</b><span style="color:red">字</span>', '太字'],
    ['<o:p>一</o:p>', '一'],
    ['<input checked="" type="checkbox"> 甲 <input type="checkbox"> 乙', '☑ 甲 ☐ 乙'],
    ['<INPUT TYPE=checkbox CHECKED>甲<input type=radio>乙', '☑甲☐乙'],
    ['<input type="text" value="12">', '12'],
    ['<img src="x" alt="図">', '図'],
    ['一<!-- 注 --><!-- <p> -->二', '一二'],
    ['&lt;b&gt; &amp;lt; &#9312; &yen;', '<b> &lt; ① ¥'],
    ['R&D &nosuch; &lt 5', 'R&D &nosuch; &lt 5'],
    ['<新規>事業と<KPI>、a<b、1 < 2 > 0', '<新規>事業と<KPI>、a<b、1 < 2 > 0'],
    ['<!-- 閉じない', '<!-- 閉じない'],
    ['<p class="閉じない>一', '<p class="閉じない>一'],
    ['<p 途中', '<p 途中'],
    ['<script>alert("x")</script>', 'alert("x")'],
    ['<a href="javascript:x()" onclick="y()">一</a>', '一'],
    ['<p> </p>', ''],
    ['  前後  ', '  前後  '],
    ['担当<small 小規模>すべての町民<時間>a<b かつ c>d', '担当<small 小規模>すべての町民<時間>a<b かつ c>d'],
    ['<a 案><main 主要><p 頁><time 9時 10時>', '<a 案><main 主要><p 頁><time 9時 10時>'],
    ['<p 頁=3><b 値=三>', '<p 頁=3><b 値=三>'],
    ['区分<a>と<b>、<9:30>、<甲:乙>、<A:B>', '区分<a>と<b>、<9:30>、<甲:乙>、<A:B>'],
    ['一</p 頁=二>', '一</p 頁=二>'],
    ['<td nowrap>一</td><td nowrap width=10>二</td>', '一 二'],
    ['<s<!-- 注 -->pan>一', '<span>一'],
    ['<title>一</title><textarea>二</textarea><style>三</style>', '一二三'],
  ])('%j', (source, text) => expect(plainText(source).text).toBe(text));

  test.each([
    ['一<!-- 注意 -->', ['注意']],
    ['<input type="hidden" value="控え">一<input type=text value="二">', ['控え']],
    ['<input type="checkbox" value="1">甲<input type="radio" value="向上">', ['向上']],
    ['<p title="注意" style="font-family:\'明朝\'" onclick="x()" CLASS=y>一</p>', ['注意']],
    ['<p 	title=\'甲\'>一</p><img alt="図" longdesc="乙">', ['甲', '乙']],
    ['<b c=5>一', ['5']],
    ['<!---->一<!--  --><p title="">', []],
  ])('%j hides %j, which is handed out with a reason', (source, texts) => {
    const { hidden } = plainText(source);
    expect(hidden.map(({ text }) => text)).toEqual(texts);
    for (const { reason } of hidden) expect(reason).not.toBe('');
  });

  test('knows line breaks of its own from those that a conversion may have folded', () => {
    expect(plainText('<p>一 ・二</p><p>三</p>').broken).toBe(false);
    expect(plainText('一<br>・二').broken).toBe(true);
    expect(plainText('一\n・二').broken).toBe(true);
    expect(plainText('一 ・二\n').broken).toBe(false);
  });

  // Whatever needs more than linear time never gets through these.
  test('takes hostile text of any length', () => {
    for (const part of ['<', '<p', '<p x', '<!--', '&', '<a b=', '"', '<b>', '<p x="', ' ・', '。 ']) {
      const text = part.repeat(50_000);
      expect(plainText(text).text.length).toBeLessThanOrEqual(text.length);
      expect(unfold(text).text).toHaveLength(text.length);
      expect(splitRows(text).flat().join('').length).toBeLessThanOrEqual(text.length);
    }
  });
});

describe('folded line breaks', () => {
  test.each([
    ['・一 ・二 ・三', '・一\n・二\n・三', 2],
    ['①95.0%以上。 ②8,000件以上。', '①95.0%以上。\n②8,000件以上。', 1],
    ['《状況》 人口は減る。 一方で', '《状況》\n人口は減る。\n一方で', 2],
    ['する。 (1)一 （２） 二', 'する。\n(1)一\n（２） 二', 2],
    ['増えた。 ※速報値', '増えた。\n※速報値', 1],
    ['New York の 姉妹都市', 'New York の 姉妹都市', 0],
    ['一。 Aは', '一。 Aは', 0],
    ['一  ・二', '一  ・二', 0],
    ['・ 一', '・ 一', 0],
    ['まちづくり　ひとづくり', 'まちづくり　ひとづくり', 0],
  ])('%j', (folded, text, breaks) => expect(unfold(folded)).toEqual({ text, breaks }));
});
