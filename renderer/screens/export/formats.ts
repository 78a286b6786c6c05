// The formats that sheets are written out in, as data: what each is for, and what can be chosen for it.
import type { ParsedInput } from '../../../shared/contract/contract.ts';
import { PAPER_ANSWERS, type PaperChoice, pageNamed } from '../../print/choice.ts';

type ExportInput = ParsedInput<'export.write'>;
export type Format = ExportInput['format'];

/** What was chosen, one word a question. */
export type Choices = Pick<ExportInput, 'edition' | 'years' | 'view' | 'rows' | 'encoding'> & {
  page: PaperChoice['page'];
  files: 'one' | 'each';
};

/** The questions beside the edition, by name. */
export type OptionName = Exclude<keyof Choices, 'edition'>;

export type FormatEntry = {
  format: Format;
  label: string;
  help: string;
  options: readonly OptionName[];
  /** What is written is a folder, whatever is chosen. */
  isFolder?: true;
};

export const FORMATS: readonly FormatEntry[] = [
  {
    format: 'xlsx',
    label: 'Excel（.xlsx）',
    help: '評価シートの様式のまま、または集計用の表。番号（2-2など）は文字のまま開きます。',
    options: ['view', 'files', 'years'],
  },
  {
    format: 'pdf',
    label: 'PDF（印刷する・配る）',
    help: '様式のとおりの紙面です。まとめると、目次としおりの付いた一冊になります。',
    options: ['page', 'files', 'years'],
  },
  {
    format: 'html',
    label: 'ホームページ（HTMLのフォルダー）',
    help: '町のサーバーに置くページの一式です。検索、正誤表、オープンデータ（CSV・JSON）が付きます。',
    options: ['years'],
    isFolder: true,
  },
  {
    format: 'csv',
    label: 'CSV（ほかのシステムに渡す）',
    help: 'Excelで直接開くと「2-2」が日付（2月2日）に変わります。Excelで見るなら、上のExcelを選んでください。',
    options: ['rows', 'encoding'],
  },
  {
    format: 'json',
    label: 'JSON（ほかのシステムに渡す）',
    help: '庁内用は、次の年度に「前年度」として読み込めます。公表用は、オープンデータの形です。',
    options: [],
  },
  {
    format: 'ods',
    label: 'OpenDocument（.ods）',
    help: 'Excelと同じ中身です。LibreOfficeなどで開きます。',
    options: ['view', 'files', 'years'],
  },
];

export const FIRST_CHOICES: Choices = {
  edition: 'internal',
  years: 'western',
  view: 'form',
  rows: 'sheets',
  encoding: 'utf-8',
  page: 'A4 portrait',
  files: 'one',
};

/** The questions of a format that remain with these choices: a table for machines is one, and has western years only. */
export const questionsOf = ({ options }: FormatEntry, { view }: Choices): OptionName[] =>
  options.filter((name) => !['years', 'files'].includes(name) || !options.includes('view') || view === 'form');

/** The choices as the contract takes them. */
export function inputOf({ page, files, ...rest }: Choices): Pick<ExportInput, keyof typeof rest | 'page' | 'each'> {
  return { ...rest, page: pageNamed(page), each: files === 'each' };
}

type Question<N extends keyof Choices> = {
  legend: string;
  answers: readonly { value: Choices[N]; label: string; help?: string }[];
};

export const QUESTIONS: { readonly [N in keyof Choices]: Question<N> } = {
  edition: {
    legend: '版',
    answers: [
      { value: 'internal', label: '庁内用', help: 'すべての欄が入ります。' },
      { value: 'public', label: '公表用', help: '様式で「公表しない」とした欄、確認への理由、指摘は入りません。' },
    ],
  },
  years: {
    legend: '年度の書き方',
    answers: PAPER_ANSWERS.years,
  },
  view: {
    legend: '見た目',
    answers: [
      {
        value: 'form',
        label: '様式のまま',
        help: '1枚が1つのワークシート。A4に印刷でき、書き込んだものは「記入済みのシートを読み込む」で戻せます。',
      },
      {
        value: 'machine',
        label: '集計用の表',
        help: '総務省の統一ルールに沿った表。1行に1枚の一覧、1行に1欄のデータ、項目と選択肢の説明が入ります。',
      },
    ],
  },
  rows: {
    legend: '行の分け方',
    answers: [
      { value: 'sheets', label: '1行に1枚', help: '1列に1欄。' },
      { value: 'cells', label: '1行に1欄', help: '欄の名前、年度、単位、値、状態が、それぞれ別の列になります。' },
    ],
  },
  encoding: {
    legend: '文字コード',
    answers: [
      { value: 'utf-8', label: 'UTF-8', help: 'すべての文字を書けます。' },
      {
        value: 'cp932',
        label: 'CP932（シフトJIS）',
        help: '古いシステム向け。書けない文字があれば、書き出す前に一覧を表示します。',
      },
    ],
  },
  page: {
    legend: '用紙',
    answers: PAPER_ANSWERS.page,
  },
  files: {
    legend: 'ファイル',
    answers: [
      { value: 'one', label: '一つにまとめる' },
      { value: 'each', label: '1枚ずつのファイルにする' },
    ],
  },
};
