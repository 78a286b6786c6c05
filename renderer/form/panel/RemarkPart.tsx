// What office and department say to each other about a cell, or about the sheet as a whole. The office asks and closes, the department answers.
import { CircleCheck, MessageSquareReply, MessageSquareWarning } from 'lucide-react';
import { useState, useSyncExternalStore } from 'react';
import type { RemarkThread } from '../../../shared/contract/views.ts';
import type { Role } from '../../../shared/form/form.ts';
import type { Problem } from '../../../shared/kernel/problem.ts';
import { REMARK_LIMIT } from '../../../shared/revision/remark.ts';
import { useHost } from '../../host/HostContext.tsx';
import { useSay } from '../../ui/Announcer.tsx';
import { Button } from '../../ui/Button.tsx';
import { showMoment } from '../../ui/clock.ts';
import { Field } from '../../ui/Field.tsx';
import { ProblemNotice } from '../../ui/Notice.tsx';
import { StateWord } from '../../ui/StateWord.tsx';
import { useSheet } from '../SheetContext.tsx';
import { useDraft, useIsBegun } from './drafts.tsx';
import { Part } from './Part.tsx';

type Props = {
  /** Blank for the sheet as a whole. */
  address: string;
  role: Role;
  refresh: () => Promise<void>;
};

export function RemarkPart({ address, role, refresh }: Props) {
  const { entry } = useSheet();
  const view = useSyncExternalStore(entry.subscribe, entry.view);
  const threads = view.remarks.filter((thread) => thread.address === address);
  const about = `${view.id} remark ${address}`;
  const [isWriting, setWriting] = useState(useIsBegun(about));
  if (role === 'department' && threads.length === 0) return null;
  return (
    <Part title={address === '' ? 'シート全体への指摘' : '指摘'}>
      {threads.map((thread) => (
        <Thread key={thread.id} thread={thread} role={role} refresh={refresh} />
      ))}
      {role === 'office' && !isWriting && (
        <div>
          <Button kind="outline" size="toolbar" icon={MessageSquareWarning} onClick={() => setWriting(true)}>
            {address === '' ? 'シート全体に指摘を書く' : 'この欄に指摘を書く'}
          </Button>
        </div>
      )}
      {isWriting && (
        <Writer
          about={about}
          word="指摘"
          label="指摘する内容"
          send="指摘を書き込む"
          address={address}
          reply={null}
          refresh={refresh}
          onDone={() => setWriting(false)}
        />
      )}
    </Part>
  );
}

const STATES = {
  open: { word: '課の返事待ち', icon: MessageSquareWarning, tone: 'remark' },
  answered: { word: '返事あり', icon: MessageSquareReply, tone: 'calm' },
  closed: { word: '解決済み', icon: CircleCheck, tone: 'good' },
} as const;

function Thread({ thread, role, refresh }: { thread: RemarkThread; role: Role; refresh: () => Promise<void> }) {
  const about = `reply ${thread.id}`;
  const [isWriting, setWriting] = useState(useIsBegun(about));
  const { word, icon, tone } = STATES[thread.state];
  const last = thread.remarks.at(-1)?.id ?? thread.id;
  return (
    <article className="thread" aria-label={`指摘（${word}）`}>
      <StateWord icon={icon} tone={tone}>
        {word}
      </StateWord>
      <ol>
        {thread.remarks.map((remark) => (
          <li key={remark.id}>
            <p className="history-head">
              {remark.unit} <span className="quiet">{showMoment(remark.at)}</span>
            </p>
            {remark.text !== '' && <p className="kept-lines">{remark.text}</p>}
            {remark.closes && <p className="quiet">解決済みにしました。</p>}
          </li>
        ))}
      </ol>
      {!isWriting && (
        <div className="toolbar">
          <Button kind="outline" size="toolbar" icon={MessageSquareReply} onClick={() => setWriting(true)}>
            {role === 'office' && thread.state === 'closed' ? '続けて指摘する' : '返事を書く'}
          </Button>
          {role === 'office' && thread.state !== 'closed' && (
            <Closer address={thread.address} reply={last} refresh={refresh} />
          )}
        </div>
      )}
      {isWriting && (
        <Writer
          about={about}
          word="返事"
          label="返事"
          send="返事を書き込む"
          address={thread.address}
          reply={last}
          refresh={refresh}
          onDone={() => setWriting(false)}
        />
      )}
    </article>
  );
}

type SayInput = { address: string; text: string; reply: string | null; closes: boolean };

/** Says something about the sheet; undefined when it was said, else why not. */
function useRemark(refresh: () => Promise<void>) {
  const host = useHost();
  const { entry } = useSheet();
  return async (input: SayInput): Promise<Problem | undefined> => {
    const reply = await host.call('remark.add', { sheet: entry.view().id, ...input });
    if (!reply.ok) return reply.problem;
    await refresh();
    return undefined;
  };
}

function Closer({ address, reply, refresh }: { address: string; reply: string; refresh: () => Promise<void> }) {
  const remark = useRemark(refresh);
  const say = useSay();
  const [problem, setProblem] = useState<Problem>();
  const close = async () => {
    const failed = await remark({ address, text: '', reply, closes: true });
    setProblem(failed);
    if (!failed) say('指摘を解決済みにしました。');
  };
  return (
    <>
      <Button kind="text" size="toolbar" icon={CircleCheck} onClick={close}>
        解決済みにする
      </Button>
      {problem && <ProblemNotice problem={problem} />}
    </>
  );
}

type WriterProps = {
  about: string;
  word: string;
  label: string;
  send: string;
  address: string;
  reply: string | null;
  refresh: () => Promise<void>;
  onDone: () => void;
};

function Writer({ about, word, label, send, address, reply, refresh, onDone }: WriterProps) {
  const remark = useRemark(refresh);
  const say = useSay();
  const draft = useDraft(about, '', word);
  const [error, setError] = useState<string>();
  const [problem, setProblem] = useState<Problem>();
  async function write() {
    const text = draft.text.trim();
    if (text === '') return setError(`${label}を書いてください。`);
    const failed = await remark({ address, text, reply, closes: false });
    setProblem(failed);
    if (failed) return;
    draft.end();
    say('書き込みました。');
    onDone();
  }
  return (
    <div className="stack-close">
      <Field label={label} required error={error}>
        {(control) => (
          <textarea
            {...control}
            className="input"
            rows={3}
            maxLength={REMARK_LIMIT}
            value={draft.text}
            // biome-ignore lint/a11y/noAutofocus: the person has just asked for this box
            autoFocus={!draft.isAgain}
            onChange={(event) => draft.write(event.target.value)}
          />
        )}
      </Field>
      {problem && <ProblemNotice problem={problem} />}
      <div className="toolbar">
        <Button kind="primary" size="toolbar" onClick={write}>
          {send}
        </Button>
        <Button
          kind="text"
          size="toolbar"
          onClick={() => {
            draft.end();
            onDone();
          }}
        >
          やめる
        </Button>
      </div>
    </div>
  );
}
