// Where packages go, whether they are sealed, and who carries them on which medium: asked before anything is written.
import { FolderOpen, HardDrive, type LucideIcon, Network, ShieldQuestion, Usb } from 'lucide-react';
import { type ReactNode, useId, useState } from 'react';
import type { ChosenFile } from '../../shared/contract/host.ts';
import type { Carry, OutlookView, PlaceKind } from '../../shared/contract/outgoingviews.ts';
import type { Task } from '../host/useTask.ts';
import { Button } from '../ui/Button.tsx';
import { Choice, Field } from '../ui/Field.tsx';
import { Notice } from '../ui/Notice.tsx';
import { StateWord } from '../ui/StateWord.tsx';

export const placeWord: Record<PlaceKind, { word: string; icon: LucideIcon }> = {
  removable: { word: '取り外せる媒体', icon: Usb },
  network: { word: '共有フォルダー', icon: Network },
  fixed: { word: 'このパソコンの中', icon: HardDrive },
  unknown: { word: '種類の分からない場所（取り外せる媒体と同じに扱います）', icon: ShieldQuestion },
};

const LEAST_PHRASE = 10;

type Draft = {
  isSealed: boolean;
  /** What is done for recipients of whom no key is known. */
  otherwise: 'passphrase' | 'open';
  passphrase: string;
  person: string;
  medium: string;
};

export type Carriage = {
  folder: ChosenFile | undefined;
  carry: Carry;
  /** Why nothing can be written yet. */
  lock: string | undefined;
  panel: ReactNode;
};

/** The questions about a writing to come; `units`: to whom, or undefined for everybody whom this file serves. */
export function useCarriage(task: Task, units?: readonly string[]): Carriage {
  const [folder, setFolder] = useState<ChosenFile>();
  const [outlook, setOutlook] = useState<OutlookView>();
  const [draft, setDraft] = useState<Draft>({
    ...{ isSealed: true, otherwise: 'passphrase', passphrase: '', person: '', medium: '' },
  });

  async function choose() {
    const [chosen] = await task.choose({ for: 'output-folder' });
    if (!chosen) return;
    const seen = await task.run('書き出し先を確かめています', 'package.prepare', { folder: chosen.file });
    if (!seen) return;
    setFolder(chosen);
    setOutlook(seen);
    setDraft((before) => ({
      ...before,
      isSealed: seen.seal,
      person: before.person || seen.person,
      medium: before.medium || seen.medium || (seen.place.volume ?? ''),
    }));
  }

  const recipients = (outlook?.recipients ?? []).filter(({ unit }) => !units || units.includes(unit));
  const unknown = recipients.filter(({ ready }) => ready === 0).map(({ unit }) => unit);
  const isCarried = outlook !== undefined && outlook.place.kind !== 'fixed';
  const needsPhrase = draft.isSealed && unknown.length > 0 && draft.otherwise === 'passphrase';
  const carry: Carry = {
    seal: draft.isSealed,
    open: draft.otherwise === 'open',
    person: draft.person.trim(),
    ...(needsPhrase ? { passphrase: draft.passphrase } : {}),
    ...(isCarried ? { medium: draft.medium.trim() } : {}),
  };
  return {
    folder,
    carry,
    lock: lockOf(folder, needsPhrase && [...draft.passphrase].length < LEAST_PHRASE, isCarried && carry.person === ''),
    panel: (
      <Panel
        {...{ folder, outlook, draft, unknown, isCarried, choose }}
        partly={recipients.filter(({ ready, missing }) => ready > 0 && missing > 0)}
        change={(part) => setDraft({ ...draft, ...part })}
      />
    ),
  };
}

function lockOf(folder: ChosenFile | undefined, lacksPhrase: boolean, lacksPerson: boolean): string | undefined {
  if (!folder) return '先に、書き出し先を選んでください。';
  if (lacksPhrase) return `封の合い言葉を、${LEAST_PHRASE}文字以上で入れてください。`;
  return lacksPerson ? '書き出す人の氏名を入れてください。' : undefined;
}

type PanelProps = {
  folder: ChosenFile | undefined;
  outlook: OutlookView | undefined;
  draft: Draft;
  unknown: readonly string[];
  partly: OutlookView['recipients'];
  isCarried: boolean;
  choose: () => void;
  change: (part: Partial<Draft>) => void;
};

function Panel({ folder, outlook, draft, unknown, partly, isCarried, choose, change }: PanelProps) {
  const heading = useId();
  const place = outlook && placeWord[outlook.place.kind];
  return (
    <section className="stack carriage" aria-labelledby={heading}>
      <h2 id={heading}>書き出し先</h2>
      {folder && outlook && place ? (
        <>
          <div className="carriage-place">
            <span className="cell-label">{folder.name}</span>
            <StateWord icon={place.icon} tone="calm">
              {place.word}
              {outlook.place.volume !== null && `（${outlook.place.volume}）`}
            </StateWord>
            <Button kind="text" size="toolbar" onClick={choose}>
              書き出し先を選び直す
            </Button>
          </div>
          <SealChoice {...{ outlook, draft, unknown, partly, change }} />
          <Field
            label="書き出す人"
            required={isCarried}
            help={`氏名。持ち出し記録に残ります。次からは、ここに入っています。${isCarried ? '' : '空けておくこともできます。'}`}
          >
            {(control) => (
              <input
                {...control}
                className="input"
                autoComplete="off"
                maxLength={100}
                value={draft.person}
                onChange={(event) => change({ person: event.target.value })}
              />
            )}
          </Field>
          {isCarried && (
            <Field label="媒体の名前" help="媒体に貼った管理番号など、あとで見分けられる名前。持ち出し記録に残ります。">
              {(control) => (
                <input
                  {...control}
                  className="input"
                  autoComplete="off"
                  maxLength={100}
                  value={draft.medium}
                  onChange={(event) => change({ medium: event.target.value })}
                />
              )}
            </Field>
          )}
        </>
      ) : (
        <>
          <p className="measure">渡すのに使う媒体（USBメモリーなど）か、共有フォルダーを選びます。</p>
          <div className="actions">
            <Button kind="outline" icon={FolderOpen} onClick={choose}>
              書き出し先を選ぶ
            </Button>
          </div>
        </>
      )}
    </section>
  );
}

type SealProps = Pick<PanelProps, 'draft' | 'unknown' | 'partly' | 'change'> & { outlook: OutlookView };

function SealChoice({ outlook, draft, unknown, partly, change }: SealProps) {
  const { kind } = outlook.place;
  return (
    <>
      <Choice type="checkbox" checked={draft.isSealed} onChange={() => change({ isSealed: !draft.isSealed })}>
        封をする（暗号化）
        <span className="choice-help">
          あて先の登録した端末と、このファイルだけが開けます。媒体をなくしても、中身は読まれません。
        </span>
      </Choice>
      {!draft.isSealed && kind !== 'fixed' && (
        <Notice
          tone="warning"
          title={
            kind === 'network'
              ? '共有フォルダーを見られる人は、だれでも中身を読めます。'
              : '媒体をなくすと、拾った人が中身を読めます。'
          }
        >
          <p>媒体を厳重に管理できるときだけ、封をせずに書き出してください。</p>
        </Notice>
      )}
      {!draft.isSealed && kind === 'fixed' && (
        <p className="quiet measure">このパソコンの外に写して渡すときは、封をしてください。</p>
      )}
      {draft.isSealed && partly.length > 0 && (
        <Notice tone="info" title="封を開けられない端末があります。">
          <p>
            {partly.map(({ unit, missing }) => `${unit}（${missing}台）`).join('、')}
            ：登録だけ済んでいて、まだ何も届いていない端末です。同じ課のほかの端末で開けてください。
          </p>
        </Notice>
      )}
      {draft.isSealed && unknown.length > 0 && <Unknown {...{ draft, unknown, change }} />}
    </>
  );
}

/** Recipients from whom nothing has come yet: a passphrase, or no seal. */
function Unknown({ draft, unknown, change }: Pick<PanelProps, 'draft' | 'unknown' | 'change'>) {
  const name = useId();
  const shown =
    unknown.length <= 6 ? unknown.join('、') : `${unknown.slice(0, 5).join('、')} ほか${unknown.length - 5}課`;
  return (
    <Notice tone="warning" title={`端末の鍵がまだ届いていない相手が${unknown.length}あります。`}>
      <p>{shown}</p>
      <p>はじめて渡す相手には、その相手だけが開けられる封ができません。どちらかを選んでください。</p>
      <fieldset className="stack-close">
        <legend className="for-ears">鍵の届いていない相手への渡し方</legend>
        <Choice
          type="radio"
          name={name}
          checked={draft.otherwise === 'passphrase'}
          onChange={() => change({ otherwise: 'passphrase' })}
        >
          合い言葉で封をする
        </Choice>
        {draft.otherwise === 'passphrase' && (
          <Field
            label="封の合い言葉"
            required
            help={`${LEAST_PHRASE}文字以上。媒体とは別に、電話などで相手に伝えます。署名の鍵を守る合い言葉とは、別のものにしてください。`}
          >
            {(control) => (
              <input
                {...control}
                className="input"
                autoComplete="off"
                maxLength={200}
                value={draft.passphrase}
                onChange={(event) => change({ passphrase: event.target.value })}
              />
            )}
          </Field>
        )}
        <Choice
          type="radio"
          name={name}
          checked={draft.otherwise === 'open'}
          onChange={() => change({ otherwise: 'open' })}
        >
          その相手の分だけ、封をせずに書き出す
          <span className="choice-help">媒体をなくすと、拾った人が中身を読めます。</span>
        </Choice>
      </fieldset>
    </Notice>
  );
}
