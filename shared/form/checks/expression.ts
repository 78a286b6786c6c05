// The small language of the rule `expression`: numbers and choices by address, + − × ÷, comparisons, and/or/not, blank
// tests. Promise: reading and evaluating only; no names but addresses, no loops, no code.
import {
  addDecimals,
  compareDecimals,
  divideDecimals,
  multiplyDecimals,
  subtractDecimals,
} from '../../kernel/decimal.ts';

type Operator = '+' | '-' | '*' | '/' | '<' | '<=' | '>' | '>=' | '=' | '!=' | 'and' | 'or';
export type Expression =
  | { kind: 'number' | 'text' | 'cell'; text: string }
  | { kind: 'blank' | 'filled'; text: string }
  | { kind: 'abs' | 'not'; of: Expression }
  | { kind: 'pair'; operator: Operator; left: Expression; right: Expression };
/** A number is a decimal as text. Null is what nobody knows: it makes unknown whatever rests on it. */
export type Result = { number: string } | { text: string } | boolean | null;
export type Type = 'number' | 'text' | 'truth';

const TOKEN = /\s*(?:(\d+(?:\.\d+)?)|'([^']*)'|([a-z]\w*)|(<=|>=|!=|[-+*/()<>=]))/y;
const SPELLINGS: Record<string, string> = { '×': '*', '÷': '/', '−': '-', '≦': '<=', '≧': '>=', '≠': '!=' };
const WORDS = ['and', 'or', 'not', 'abs', 'blank', 'filled'];
/** Deeper is no question that a person wrote. */
const DEPTH = 50;

type Token = { kind: 'number' | 'text' | 'name' | 'sign'; text: string };

/** Places after the point of every quotient on the way. */
const PLACES = 20;

function tokensOf(source: string): Token[] {
  const text = source.replace(/[×÷−≦≧≠]/g, (sign) => SPELLINGS[sign] ?? sign).trimEnd();
  const tokens: Token[] = [];
  for (let at = 0; at < text.length; at = TOKEN.lastIndex) {
    TOKEN.lastIndex = at;
    const found = TOKEN.exec(text);
    if (!found) throw new SyntaxError(`式の「${text.slice(at, at + 20)}」が読めない`);
    const [, number, quoted, name, sign] = found;
    if (number !== undefined) tokens.push({ kind: 'number', text: number });
    else if (quoted !== undefined) tokens.push({ kind: 'text', text: quoted });
    else if (name !== undefined) tokens.push({ kind: 'name', text: name });
    else tokens.push({ kind: 'sign', text: sign ?? '' });
  }
  return tokens;
}

/** Reads an expression. Throws SyntaxError with the reason in Japanese. */
export function readExpression(source: string): Expression {
  const tokens = tokensOf(source);
  let at = 0;
  let depth = 0;
  const isNext = (...texts: string[]) => {
    const token = tokens[at];
    return token !== undefined && token.kind !== 'text' && texts.includes(token.text);
  };
  const expect = (text: string) => {
    if (!isNext(text)) throw new SyntaxError(`式に「${text}」が足りない`);
    at += 1;
  };
  /** Operators of one strength, from left to right. */
  const chain = (part: () => Expression, ...operators: Operator[]): Expression => {
    let left = part();
    while (isNext(...operators)) {
      const operator = tokens[at++]?.text as Operator;
      left = { kind: 'pair', operator, left, right: part() };
    }
    return left;
  };
  const or = (): Expression => chain(and, 'or');
  const and = (): Expression => chain(not, 'and');
  const not = (): Expression => {
    if (!isNext('not')) return comparison();
    at += 1;
    return { kind: 'not', of: nested(not) };
  };
  const comparison = (): Expression => {
    const left = sum();
    if (!isNext('<', '<=', '>', '>=', '=', '!=')) return left;
    const operator = tokens[at++]?.text as Operator;
    return { kind: 'pair', operator, left, right: sum() };
  };
  const sum = (): Expression => chain(product, '+', '-');
  const product = (): Expression => chain(signed, '*', '/');
  const signed = (): Expression => {
    if (!isNext('-')) return primary();
    at += 1;
    return { kind: 'pair', operator: '-', left: { kind: 'number', text: '0' }, right: nested(signed) };
  };
  const primary = (): Expression => {
    const token = tokens[at++];
    if (token === undefined) throw new SyntaxError('式が途中で終わっている');
    if (token.kind === 'number' || token.kind === 'text') return { kind: token.kind, text: token.text };
    if (token.text === '(') return inBrackets(or);
    if (token.kind === 'sign') throw new SyntaxError(`式の「${token.text}」の前に値がない`);
    if (!WORDS.includes(token.text)) return { kind: 'cell', text: token.text };
    expect('(');
    if (token.text === 'abs') return { kind: 'abs', of: inBrackets(sum) };
    const name = tokens[at++];
    expect(')');
    if (name?.kind !== 'name' || (token.text !== 'blank' && token.text !== 'filled')) {
      throw new SyntaxError(`式の ${token.text} の使い方が違う`);
    }
    return { kind: token.text, text: name.text };
  };
  const inBrackets = (part: () => Expression): Expression => {
    const inner = nested(part);
    expect(')');
    return inner;
  };
  const nested = (part: () => Expression): Expression => {
    depth += 1;
    if (depth > DEPTH) throw new SyntaxError('式が深すぎる');
    const inner = part();
    depth -= 1;
    return inner;
  };
  const whole = or();
  if (at < tokens.length) throw new SyntaxError(`式の「${tokens[at]?.text}」の前に記号が足りない`);
  return whole;
}

/** What the expression gives. Throws SyntaxError where its parts do not fit; `cell` says what stands at an address. */
export function typeOf(expression: Expression, cell: (address: string) => Type): Type {
  const need = (part: Expression, wanted: Type): void => {
    if (typeOf(part, cell) !== wanted) throw new SyntaxError('式の中で、数・文字・条件の組み合わせが合わない');
  };
  switch (expression.kind) {
    case 'number':
    case 'text':
      return expression.kind;
    case 'cell':
      return cell(expression.text);
    case 'blank':
    case 'filled':
      cell(expression.text);
      return 'truth';
    case 'abs':
      need(expression.of, 'number');
      return 'number';
    case 'not':
      need(expression.of, 'truth');
      return 'truth';
  }
  const { operator, left, right } = expression;
  if (operator === '=' || operator === '!=') {
    need(right, typeOf(left, cell));
    return 'truth';
  }
  const wanted = operator === 'and' || operator === 'or' ? 'truth' : 'number';
  need(left, wanted);
  need(right, wanted);
  return '+-*/'.includes(operator) ? 'number' : 'truth';
}

/** What a cell holds, and whether anything stands there (a state such as 該当なし does). */
export type Lookup = { value(address: string): Result; isBlank(address: string): boolean };

/** The value of a sound expression. `and` and `or` are those of three values: false and unknown is false. */
export function evaluate(expression: Expression, lookup: Lookup): Result {
  switch (expression.kind) {
    case 'number':
      return { number: expression.text };
    case 'text':
      return { text: expression.text };
    case 'cell':
      return lookup.value(expression.text);
    case 'blank':
      return lookup.isBlank(expression.text);
    case 'filled':
      return !lookup.isBlank(expression.text);
    case 'abs': {
      const of = numberIn(evaluate(expression.of, lookup));
      return of === null ? null : { number: of.replace(/^-/, '') };
    }
    case 'not': {
      const of = evaluate(expression.of, lookup);
      return of === null ? null : of === false;
    }
  }
  const left = evaluate(expression.left, lookup);
  const right = evaluate(expression.right, lookup);
  const { operator } = expression;
  if (operator === 'and')
    return left === false || right === false ? false : left === null || right === null ? null : true;
  if (operator === 'or') return left === true || right === true ? true : left === null || right === null ? null : false;
  if (left === null || right === null) return null;
  const [a, b] = [numberIn(left), numberIn(right)];
  if (a === null || b === null)
    return operator === '=' ? isSame(left, right) : operator === '!=' && !isSame(left, right);
  return calculate(operator, a, b);
}

function calculate(operator: Exclude<Operator, 'and' | 'or'>, a: string, b: string): Result {
  const order = compareDecimals(a, b);
  switch (operator) {
    case '+':
      return { number: addDecimals([a, b], PLACES) };
    case '-':
      return { number: subtractDecimals(a, b, PLACES) };
    case '*':
      return { number: multiplyDecimals(a, b) };
    case '/': {
      const quotient = divideDecimals(a, b, PLACES);
      return quotient === undefined ? null : { number: quotient };
    }
    case '<':
      return order < 0;
    case '<=':
      return order <= 0;
    case '>':
      return order > 0;
    case '>=':
      return order >= 0;
    case '=':
      return order === 0;
    case '!=':
      return order !== 0;
  }
}

const numberIn = (result: Result): string | null =>
  typeof result === 'object' && result !== null && 'number' in result ? result.number : null;
const isSame = (a: Result, b: Result): boolean => JSON.stringify(a) === JSON.stringify(b);
