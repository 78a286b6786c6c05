// What a CSV in CP932 would lose, before it is written, and what the person wants to stand there instead.
import { useState } from 'react';
import type { Input } from '../../shared/contract/contract.ts';
import type { EncodingLosses } from '../../shared/contract/views.ts';
import { Button } from '../ui/Button.tsx';
import { Notice } from '../ui/Notice.tsx';
import { Radios } from '../ui/Radios.tsx';

const ANSWERS = [
  { value: 'usual', label: 'よくある書き換えで書く', help: '表のとおり。書き換えがない文字は〓になります。' },
  { value: 'geta', label: 'すべて〓で書く', help: '文字が欠けていることが、受け取った人に分かります。' },
  { value: 'utf-8', label: 'UTF-8で書く', help: '文字はそのまま残ります。受け取るシステムがUTF-8を読める場合。' },
] as const;
type Answer = (typeof ANSWERS)[number]['value'];

type Props = {
  losses: EncodingLosses;
  onChoose: (options: Pick<Input<'export.write'>, 'encoding' | 'standIns'>) => void;
  onBack: () => void;
};

export function LostCharacters({ losses: { characters }, onChoose, onBack }: Props) {
  const [answer, setAnswer] = useState<Answer>('usual');
  return (
    <>
      <Notice tone="warning" title={`CP932では書けない文字が${characters.length}種類あります。`} spoken>
        まだ何も書き出していません。代わりに何を書くかを選んでください。
      </Notice>
      <div className="table-box">
        <table className="table">
          <caption className="for-ears">CP932では書けない文字</caption>
          <thead>
            <tr>
              <th scope="col">文字</th>
              <th scope="col">よくある書き換え</th>
              <th scope="col">数</th>
              <th scope="col">ある場所</th>
            </tr>
          </thead>
          <tbody>
            {characters.map(({ character, code, usual, count, places }) => (
              <tr key={character}>
                <th scope="row">
                  {character} <span className="quiet">{code}</span>
                </th>
                <td>{usual ?? 'なし（〓）'}</td>
                <td>{count}</td>
                <td>{places.map(({ number, label }) => `${number} ${label}`.trim()).join('、')}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <Radios legend="書けない文字の代わり" options={ANSWERS} value={answer} onChange={setAnswer} />
      <div className="actions">
        <Button
          kind="primary"
          onClick={() => onChoose(answer === 'utf-8' ? { encoding: 'utf-8' } : { encoding: 'cp932', standIns: answer })}
        >
          {answer === 'utf-8' ? 'UTF-8で書き出す' : 'この書き方で書き出す'}
        </Button>
        <Button kind="outline" onClick={onBack}>
          やめる
        </Button>
      </div>
    </>
  );
}
