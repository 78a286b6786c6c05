// Questions about what is written out, each with its answers, side by side where there is room.
import { Radios } from '../../ui/Radios.tsx';
import { type Choices, QUESTIONS } from './formats.ts';

type Props = {
  names: readonly (keyof Choices)[];
  choices: Choices;
  onChoose: (next: Choices) => void;
};

export function ExportOptions({ names, choices, onChoose }: Props) {
  return (
    <div className="option-groups">
      {names.map((name) => (
        <Answers key={name} name={name} choices={choices} onChoose={onChoose} />
      ))}
    </div>
  );
}

function Answers<N extends keyof Choices>({ name, choices, onChoose }: Omit<Props, 'names'> & { name: N }) {
  const { legend, answers } = QUESTIONS[name];
  return (
    <Radios<Choices[N]>
      legend={legend}
      options={answers}
      value={choices[name]}
      onChange={(value) => onChoose({ ...choices, [name]: value })}
    />
  );
}
