// Packages that were just written: their names, what is in them, and how to get hold of them.
import { FolderOpen } from 'lucide-react';
import type { ReactNode } from 'react';
import type { WrittenPackage } from '../../shared/contract/exchangeviews.ts';
import { Button } from '../ui/Button.tsx';
import { Notice } from '../ui/Notice.tsx';

type Props = { title: string; packages: readonly WrittenPackage[]; reveal: () => void; children?: ReactNode };

export function WrittenPackages({ title, packages, reveal, children }: Props) {
  return (
    <>
      <Notice tone="success" title={title} spoken>
        {children}
      </Notice>
      <div className="table-box">
        <table className="table">
          <caption className="for-ears">作ったパッケージ</caption>
          <thead>
            <tr>
              <th scope="col">課</th>
              <th scope="col">ファイル名</th>
              <th scope="col" className="number">
                番号
              </th>
              <th scope="col">シート</th>
            </tr>
          </thead>
          <tbody>
            {packages.map((written) => (
              <tr key={written.hash}>
                <th scope="row">{written.unit}</th>
                <td>{written.file}</td>
                <td className="number">第{written.sequence}号</td>
                <td>
                  {written.sheets.length}枚（{written.sheets.join('、')}）
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <div className="actions">
        <Button kind="primary" icon={FolderOpen} onClick={reveal}>
          ファイルを取り出す
        </Button>
      </div>
    </>
  );
}
