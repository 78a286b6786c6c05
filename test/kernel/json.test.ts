// Laws of canonical JSON and of the strict reader, with a table in the manner of JSONTestSuite.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { canonical, type Fault, forbiddenCharacter, JsonFault, parseStrict } from '../../shared/kernel/json.ts';

const FORBIDDEN_NAMES = ['__proto__', 'constructor', 'prototype'];
const allowedText = fc.string({ unit: 'binary' }).filter((text) => forbiddenCharacter(text) === undefined);
const allowedName = allowedText.filter((text) => !FORBIDDEN_NAMES.includes(text));
const allowed = fc.letrec((tie) => ({
  value: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    fc.constantFrom(null, true, false),
    fc.maxSafeInteger(),
    allowedText,
    fc.array(tie('value'), { maxLength: 5 }),
    fc.dictionary(allowedName, tie('value'), { maxKeys: 5 }),
  ),
})).value;

function faultOf(text: string): Fault | undefined {
  try {
    parseStrict(text);
    return undefined;
  } catch (error) {
    if (error instanceof JsonFault) return error.fault;
    throw error;
  }
}

function reversed(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(reversed);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .reverse()
      .map(([name, member]) => [name, reversed(member)]),
  );
}

describe('canonical', () => {
  test('one value has one spelling, which reads back as itself', () => {
    fc.assert(
      fc.property(allowed, (value) => {
        const text = canonical(value);
        expect(canonical(parseStrict(text))).toBe(text);
        expect(canonical(reversed(value))).toBe(text);
        expect(JSON.parse(text)).toEqual(JSON.parse(JSON.stringify(value)));
      }),
    );
  });

  test('doubles keep the same law, though parseStrict would not read them', () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 4 }), (value) => {
        expect(canonical(JSON.parse(canonical(value)))).toBe(canonical(value));
      }),
    );
  });

  test('the examples of RFC 8785: member order by UTF-16 code units, numbers, escapes', () => {
    const names = { '\u20ac': 1, '\r': 2, '\ufb33': 3, '1': 4, '\ud83d\ude00': 5, '\u0080': 6, '\u00f6': 7 };
    const order = '{"\\r":2,"1":4,"\u0080":6,"\u00f6":7,"\u20ac":1,"\ud83d\ude00":5,"\ufb33":3}';
    expect(canonical(names)).toBe(order);
    const numbers = [Number('333333333.33333329'), 1e30, 4.5, 2e-3, 0.000000000000000000000000001, -0];
    expect(canonical(numbers)).toBe('[333333333.3333333,1e+30,4.5,0.002,1e-27,0]');
    expect(canonical('\u20ac$\u000f\nA\'B"\\\\"/')).toBe('"\u20ac$\\u000f\\nA\'B\\"\\\\\\\\\\"/"');
  });

  const cycle: unknown[] = [];
  cycle.push({ cycle });
  const deep = (levels: number) => Array.from({ length: levels }).reduce<unknown>((inside) => [inside], 0);
  test.each<[string, unknown]>([
    ['undefined', undefined],
    ['an undefined member', { a: undefined }],
    ['a hole in an array', Array(1)],
    ['NaN', NaN],
    ['an infinity', [-Infinity]],
    ['a bigint', 1n],
    ['a symbol', Symbol('a')],
    ['a function', { toJSON: () => 1 }],
    ['a lone surrogate', 'a\ud800'],
    ['a lone surrogate in a name', { '\udc00': 1 }],
    ['a Date', new Date(0)],
    ['a Map', new Map()],
    ['a boxed string', Object('a')],
    ['bytes', new Uint8Array(1)],
    ['an object with a parent', Object.create({ a: 1 })],
    ['a cycle', cycle],
    ['nesting 33', deep(33)],
  ])('refuses %s', (_, value) => {
    expect(() => canonical(value)).toThrow(TypeError);
  });

  test('takes the same object twice side by side, nesting 32 and no prototype', () => {
    const shared = { a: 1 };
    expect(canonical([shared, shared])).toBe('[{"a":1},{"a":1}]');
    expect(parseStrict(canonical(deep(32)))).toEqual(deep(32));
    expect(canonical(Object.assign(Object.create(null), shared))).toBe('{"a":1}');
  });
});

describe('parseStrict', () => {
  test('agrees with JSON.parse on allowed values, in any spelling', () => {
    fc.assert(
      fc.property(allowed, fc.constantFrom(0, 1, '\t'), (value, indent) => {
        const text = JSON.stringify(value, null, indent);
        expect(parseStrict(` ${text}\r\n`)).toEqual(JSON.parse(text));
      }),
    );
  });

  test('never takes what JSON.parse refuses, and fails with nothing but a JsonFault', () => {
    const pieces = [...'{}[],:"\\ \n0123-.eEu', '"a"', '"b":', 'true', 'null', 'fals', '\\u0041', '\u202e', '\ud800'];
    const noise = fc.array(fc.constantFrom(...pieces), { maxLength: 14 }).map((found) => found.join(''));
    fc.assert(
      fc.property(noise, (text) => {
        if (faultOf(text) === undefined) expect(parseStrict(text)).toEqual(JSON.parse(text));
      }),
      { numRuns: 20_000 },
    );
  });

  test('every cut of an object or array is `unfinished`', () => {
    const text = '{"a":["1\\n\\u0041",{"b":-12},[]],"c":{}}';
    expect(faultOf(text)).toBeUndefined();
    for (let end = 0; end < text.length; end += 1) {
      // A bare minus sign is no number yet.
      expect(faultOf(text.slice(0, end)), text.slice(0, end)).toBe(text[end - 1] === '-' ? 'syntax' : 'unfinished');
    }
  });

  test.each([
    'null',
    ' true ',
    'false',
    '""',
    '0',
    '-1',
    '9007199254740991',
    '-9007199254740991',
    '[]',
    '{}',
    '[[],{}]',
    '\t\r\n [ 1 , 2 ] \n',
    '{"a":1,"b":{"a":1},"c":[{"a":1}]}',
    '{"":1}',
    '"\\" \\\\ \\/ \\n \\t \\u3042 \\ud83d\\ude00"',
    '"\u3042\ud83d\ude00"',
    '["__proto__","constructor"]',
    '{"a":"1e999"}',
  ])('takes %j', (text) => {
    expect(parseStrict(text)).toEqual(JSON.parse(text));
  });

  test.each<[Fault, string[]]>([
    ['bom', ['\ufeff{}', '\ufeff']],
    ['unfinished', ['', ' ', '[', '{', '"', '"\\', '"\\"', '["a', '[1', '[1,', '{"a"', '{"a":', '{"a":1', '{"a":1,']],
    [
      'syntax',
      [
        ...[']', '}', ',', ':', '[1,]', '[,1]', '[1 2]', '[1,,2]', '[}', '{]', '[1}', '{"a":1]', '[]]', '{}}', '[] []'],
        ...['{a:1}', "{'a':1}", '{"a" 1}', '{"a":}', '{"a",1}', '{,}', '{"a":1,}', '{1:1}', '{"a"::1}', '{"a":1 "b"}'],
        ...['tru', 'True', 'nul', 'nulll', 'NaN', 'Infinity', '-Infinity', '+1', '.5', '-', '--1', '1 2', '[1:2]'],
        ...[
          '//',
          '/**/1',
          '[1]//',
          '1,',
          "'a'",
          '\u00a0[]',
          '\u30001',
          '[]\0',
          '\0',
          'undefined',
          '"a""b"',
          '#',
          '0x1',
        ],
        ...['"\\x41"', '"\\u12"', '"\\u12g4"', '"\\\'"', '"\\U0041"', '"\\0"', '{"\\x":1}'],
      ],
    ],
    ['depth', ['['.repeat(33) + ']'.repeat(33), '{"a":'.repeat(33)]],
    ['duplicate', ['{"a":1,"a":1}', '{"a":1,"\\u0061":2}', '[{"x":{"b":1,"c":2,"b":3}}]', '{"":1,"":2}']],
    ['name', ['{"__proto__":1}', '{"a":{"constructor":{}}}', '[{"prototype":1}]', '{"__pr\\u006fto__":1}']],
    [
      'number',
      [
        ...['1.0', '1.5', '1e2', '1E2', '1e999', '-0', '-0.0', '0e0', '01', '-01', '1.', '1.e1', '1e'],
        ...['9007199254740992', '9007199254740993', '-9007199254740992', '1'.repeat(400)],
      ],
    ],
    [
      'character',
      [
        ...['"\0"', '"\u001f"', '"a\nb"', '"a\tb"', '"\u007f"', '"\u0085"', '"\u009f"', '"\\u0000"', '"\\r"', '"\\b"'],
        ...['"\u202e"', '"\\u202E"', '"\u2066"', '"\u2069"', '"\u200e"', '"\u200f"', '"\u061c"', '{"a\u202b":1}'],
        ...['"\ud800"', '"\\ud800"', '"\\udc00\\ud800"', '{"\\udfff":1}', '{"\\u0001":1}'],
      ],
    ],
  ])('refuses as %s', (fault, texts) => {
    for (const text of texts) expect(faultOf(text), JSON.stringify(text)).toBe(fault);
  });

  test('says where and why in words', () => {
    expect(() => parseStrict('[1, 1.5]')).toThrow('使えない書き方の数がある（5文字目）');
  });

  test.each([33, 10_000, 1_000_000])('refuses nesting %i at once', (levels) => {
    expect(faultOf('['.repeat(levels) + ']'.repeat(levels))).toBe('depth');
    expect(faultOf('{"a":'.repeat(levels))).toBe('depth');
  });

  test('gets through 8 MB of hostile text: a quadratic scan would not end in the time a test has', () => {
    const size = 8_000_000;
    const many = Array.from({ length: 500_000 }, (_, at) => `"k${at}":0`).join(',');
    const texts = [
      `"${'a'.repeat(size)}"`,
      `"${'\\u0041'.repeat(size / 6)}"`,
      `"${'\\'.repeat(size)}`,
      ' '.repeat(size),
      `[${'1'.repeat(size)}]`,
      `[${'0,'.repeat(size / 2)}0]`,
      `{${many}}`,
    ];
    expect(texts.map(faultOf)).toEqual([
      undefined,
      undefined,
      'unfinished',
      'unfinished',
      'number',
      undefined,
      undefined,
    ]);
  });
});

describe('forbiddenCharacter', () => {
  test('names the first one', () => {
    expect(forbiddenCharacter('評価\u202e\0')).toBe('U+202E');
    expect(forbiddenCharacter('\0')).toBe('U+0000');
    expect(forbiddenCharacter('a\r\n')).toBe('U+000D');
    expect(forbiddenCharacter('a\udc00')).toBe('U+DC00');
    expect(forbiddenCharacter('一行目\n\t二行目 \u3000𠮷野家 が\u200d😀')).toBeUndefined();
  });

  test('is the judgement of parseStrict on every code unit', () => {
    for (let code = 0; code <= 0xffff; code += 1) {
      const text = String.fromCharCode(code);
      const refused = forbiddenCharacter(text) !== undefined;
      expect(faultOf(`"\\u${code.toString(16).padStart(4, '0')}"`) === 'character').toBe(refused);
    }
  });
});
