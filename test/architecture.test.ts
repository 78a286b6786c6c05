// Who may import what, and which file owns which dangerous thing: the table first, then the reader that enforces it,
// then tests of the project and, with made-up sources, of the reader itself.
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { parseSync } from 'vite';
import { describe, expect, test } from 'vitest';
import manifest from '../package.json' with { type: 'json' };

const plainNode = 'path os url util zlib buffer events process stream stream/promises async_hooks'.split(' ');
const node = [...plainNode, 'crypto', 'fs', 'fs/promises'].map((name) => `node:${name}`);
const system = [...node, 'node:child_process'];
const sealing = ['age-encryption', '@noble/ciphers', '@scure/base'];
// yauzl unzips with sizes and names checked, saxes reads XML without expanding entities, numfmt knows number formats: each
// kept, small and made for that alone. A library for workbooks as a whole that is kept, small and hardened was not found.
const books = ['yauzl', 'saxes', 'numfmt'];
// A fork of pdf-lib that is kept: reads any PDF into objects. It joins none, and knows nothing of tags.
const pdf = '@cantoo/pdf-lib';
const pure = ['zod', 'big.js', 'canonicalize'];
const noto = ['noto-sans-jp', 'noto-sans', 'noto-sans-symbols', 'noto-sans-symbols-2', 'noto-sans-math'];
const fonts = [...noto, 'biz-udgothic'];
const look = ['@digital-go-jp/design-tokens', ...fonts.map((name) => `@fontsource/${name}`), 'lucide-react'];
const drawing = ['react', 'react-dom', 'react-hook-form', 'markdown-to-jsx', '@tanstack/react-virtual', 'diff'];
const charts = ['axis', 'grid', 'group', 'pattern', 'scale', 'shape'].map((name) => `@visx/${name}`);

/** Every file lies in the first zone that begins its path; it may import its own zone, `uses` and `packages`. */
const zones: Zone[] = [
  { zone: 'shared/kernel/', uses: [], packages: pure },
  { zone: 'shared/form/', uses: ['shared/kernel/'], packages: pure },
  { zone: 'shared/figures/', uses: ['shared/kernel/', 'shared/form/'], packages: pure },
  { zone: 'shared/quality/', uses: ['shared/kernel/', 'shared/form/'], packages: pure },
  // node-diff3 finds what two texts have in common: pure, small, without dependencies, and kept by OpenStreetMap's editors.
  { zone: 'shared/revision/', uses: ['shared/kernel/', 'shared/form/'], packages: [...pure, 'node-diff3'] },
  { zone: 'shared/paper/', uses: ['shared/kernel/', 'shared/form/'], packages: pure },
  { zone: 'shared/site/', uses: ['shared/kernel/', 'shared/form/', 'shared/paper/'], packages: pure },
  { zone: 'shared/package/', uses: ['shared/kernel/', 'shared/form/', 'shared/revision/'], packages: pure },
  { zone: 'shared/contract/', uses: ['shared/'], packages: pure },
  {
    zone: 'electron/core/',
    uses: ['shared/'],
    packages: [
      ...pure,
      ...node,
      'node:child_process',
      ...sealing,
      'better-sqlite3',
      'csv-parse',
      'csv-stringify',
      'htmlparser2',
      'iconv-lite',
      ...books,
      'yazl',
      pdf,
    ],
  },
  { zone: 'electron/desktop/', uses: ['shared/', 'electron/core/'], packages: [...pure, ...node, 'electron'] },
  { zone: 'electron/loopback/', uses: ['shared/', 'electron/core/'], packages: [...pure, ...system, 'node:http'] },
  { zone: 'electron/cli/', uses: ['shared/', 'electron/core/'], packages: [...pure, ...node, 'node:readline'] },
  { zone: 'electron/start.ts', uses: [], packages: system },
  { zone: 'renderer/charts/', uses: ['shared/', 'renderer/ui/'], packages: [...pure, ...look, ...drawing, ...charts] },
  { zone: 'renderer/', uses: ['shared/'], packages: [...pure, ...look, ...drawing] },
  { zone: 'test/', uses: 'anything', packages: 'anything' },
  // Scripts and styles that the program writes out for others: they import nothing, and are as short as ours.
  { zone: 'resources/site/', uses: [], packages: [] },
];

/** Only these files (or folders) may import the module … */
const moduleOwners: Record<string, string[]> = {
  'better-sqlite3': ['electron/core/store/database.ts'],
  'node:crypto': ['electron/core/exchange/crypto.ts'],
  'age-encryption': ['electron/core/exchange/secrecy.ts'],
  '@noble/ciphers': ['electron/core/exchange/secrecy.ts'],
  '@scure/base': ['electron/core/exchange/secrecy.ts'],
  yauzl: ['electron/core/intake/workbook/archive.ts'],
  saxes: ['electron/core/intake/workbook/xml.ts'],
  numfmt: ['electron/core/intake/workbook/numbers.ts'],
  [pdf]: ['electron/core/printing/printed.ts'],
  'node:fs': ['electron/core/files.ts', 'electron/start.ts'],
  'node:fs/promises': ['electron/core/files.ts'],
  'node:child_process': ['electron/start.ts', 'electron/loopback/', 'electron/core/printing/chromium.ts'],
  'node:http': ['electron/loopback/'],
  electron: ['electron/desktop/'],
};

/** … or use the global. A local thing of the same name counts too: a dangerous name should mean one thing. */
const cryptography = ['electron/core/exchange/crypto.ts'];
const wire = ['renderer/host/'];
const timeAndChance = ['electron/core/ports.ts', 'renderer/ui/'];
const globalOwners: Record<string, string[]> = {
  'crypto.subtle': cryptography,
  'crypto.randomUUID': cryptography,
  'crypto.getRandomValues': cryptography,
  fetch: wire,
  XMLHttpRequest: wire,
  WebSocket: wire,
  EventSource: wire,
  'window.bridge': wire,
  'Date.now': timeAndChance,
  'new Date()': timeAndChance,
  'performance.now': timeAndChance,
  'Math.random': timeAndChance,
  setTimeout: timeAndChance,
  setInterval: timeAndChance,
  setImmediate: timeAndChance,
  requestAnimationFrame: timeAndChance,
  requestIdleCallback: timeAndChance,
  eval: [],
  'new Function()': [],
  require: [],
  'process.getBuiltinModule': [],
};

const longest = 400;
const areas = ['electron', 'renderer', 'shared', 'test', 'resources'];

type Zone = { zone: string; uses: string[] | 'anything'; packages: string[] | 'anything' };
type Node = { type: string; [key: string]: unknown };
type Facts = { imports: string[]; globals: Set<string>; computed: boolean };

const isNode = (value: unknown): value is Node => typeof value === 'object' && value !== null && 'type' in value;
const nameOf = (value: unknown) => (isNode(value) && value.type === 'Identifier' ? String(value.name) : '');
const startsWithAny = (file: string, prefixes: string[]) => prefixes.some((prefix) => file.startsWith(prefix));
const isOwner = (file: string, list: string[]) => list.some((o) => (o.endsWith('/') ? file.startsWith(o) : file === o));

/** What a source imports (types too) and which globals it touches. */
function read(file: string, source: string): Facts {
  const { program, errors, comments } = parseSync(file, source);
  if (errors[0]) throw new Error(`${file}: ${errors[0].message}`);
  const facts: Facts = { imports: [], globals: new Set(), computed: false };
  for (const comment of comments) {
    const reference = /^\/\s*<reference\s+(?:types|path)="([^"]+)"/.exec(comment.value)?.[1];
    if (reference) facts.imports.push(reference);
  }
  walk(program as unknown as Node, facts, false);
  return facts;
}

const typeOnly = /^TS(TypeAnnotation|TypeAliasDeclaration|InterfaceDeclaration|TypeParameter|TypeQuery)/;
const importing =
  /^(Import(Declaration|Expression)|Export(Named|All)Declaration|TSImportType|TSExternalModuleReference)$/;

function walk(at: Node, facts: Facts, inType: boolean): void {
  if (importing.test(at.type)) {
    const from = at.source ?? at.expression;
    if (isNode(from) && from.type === 'Literal') facts.imports.push(String(from.value));
    else if (at.type === 'ImportExpression') facts.computed = true;
    if (at.type === 'ImportDeclaration') return;
  }
  if (!inType) noteGlobals(at, facts.globals);
  const inner = inType || typeOnly.test(at.type);
  for (const [key, value] of Object.entries(at)) {
    // A property's name is no reference: `clock.setTimeout` and `{ fetch: … }` are the caller's own.
    if ((key === 'property' || key === 'key') && at.computed === false && at.shorthand !== true) continue;
    for (const child of Array.isArray(value) ? value : [value]) if (isNode(child)) walk(child, facts, inner);
  }
}

function noteGlobals(at: Node, globals: Set<string>): void {
  const add = (...names: string[]) => {
    for (const name of names) if (Object.hasOwn(globalOwners, name)) globals.add(name);
  };
  const everything = ['window', 'globalThis', 'self'];
  if (at.type === 'Identifier') add(nameOf(at));
  if (at.type === 'MemberExpression') {
    const property = nameOf(at.property) || (isNode(at.property) ? String(at.property.value) : '');
    const object = at.object;
    const base = isNode(object) && object.type === 'MemberExpression' ? nameOf(object.property) : nameOf(object);
    add(`${base}.${property}`);
    if (everything.includes(base)) add(property, `window.${property}`);
  }
  if (at.type === 'VariableDeclarator' && isNode(at.id) && at.id.type === 'ObjectPattern') {
    const base = nameOf(at.init);
    for (const property of at.id.properties as Node[]) {
      const name = nameOf(property.key);
      add(`${base}.${name}`);
      if (everything.includes(base)) add(name, `window.${name}`);
    }
  }
  if (at.type === 'NewExpression' || at.type === 'CallExpression') {
    const name = nameOf(at.callee);
    const bare = name === 'Date' && (at.type === 'CallExpression' || (at.arguments as Node[]).length === 0);
    if (bare || name === 'Function') add(`new ${name}()`);
  }
}

/** Every broken rule of one file, in words; nothing when all is well. */
function check(file: string, source: string): string[] {
  const found: string[] = [];
  const lines = source.split('\n').length - 1;
  if (lines > longest) found.push(`${file} has ${lines} lines: more than ${longest}`);
  const zone = zones.find((candidate) => file.startsWith(candidate.zone));
  if (!zone) return [...found, `${file} lies in no zone`];
  if (zone.uses === 'anything' || !/\.tsx?$/.test(file)) return found;
  const facts = read(file, source);
  if (facts.computed) found.push(`${file} imports a name computed at run time`);
  for (const specifier of facts.imports) found.push(...checkImport(file, zone, specifier.replace(/\?.*$/, '')));
  for (const name of facts.globals)
    if (!isOwner(file, globalOwners[name] ?? [])) found.push(`${file} uses ${name}: no owner`);
  return found;
}

function checkImport(file: string, zone: Zone, specifier: string): string[] {
  if (specifier.startsWith('.') || specifier.startsWith('/')) {
    const target = path.posix.join(path.posix.dirname(file), specifier);
    const allowed = startsWithAny(target, [zone.zone, ...zone.uses]);
    return allowed ? [] : [`${file} imports ${target}: against the arrow`];
  }
  const name = specifier.startsWith('node:')
    ? specifier
    : specifier.split('/', specifier.startsWith('@') ? 2 : 1).join('/');
  if (!zone.packages.includes(name)) return [`${file} imports ${name}: in no list of its zone`];
  const list = moduleOwners[name];
  return list && !isOwner(file, list) ? [`${file} imports ${name}: no owner`] : [];
}

function sources(): string[] {
  const below = (area: string) => readdirSync(area, { recursive: true, withFileTypes: true });
  const files = areas.flatMap(below).filter((entry) => entry.isFile() && /\.(tsx?|css|js)$/.test(entry.name));
  return files.map((entry) => path.join(entry.parentPath, entry.name).split(path.sep).join('/')).sort();
}

describe('the project', () => {
  test('keeps every rule of the table', () => {
    const files = sources();
    expect(files).toContain('electron/start.ts');
    expect(files.flatMap((file) => check(file, readFileSync(file, 'utf8')))).toEqual([]);
  });

  test('ships every package that the privileged side may import, and none that only the page needs', () => {
    const privileged = zones.filter((zone) => /^(shared|electron)\//.test(zone.zone)).flatMap((zone) => zone.packages);
    const named = new Set(privileged.filter((name) => !name.startsWith('node:') && name !== 'electron'));
    expect(Object.keys(manifest.dependencies).sort()).toEqual([...named].sort());
  });
});

describe('the reader', () => {
  const rejected: [rule: string, file: string, source: string, message: string][] = [
    ['a file in no zone', 'electron/other.ts', '', 'lies in no zone'],
    ['a folder in no zone', 'shared/util/x.ts', '', 'lies in no zone'],
    ['a file too long', 'shared/kernel/x.ts', '\n'.repeat(401), 'has 401 lines'],
    ['a style sheet too long', 'renderer/ui/x.css', '\n'.repeat(401), 'has 401 lines'],
    ['a test too long', 'test/x.test.ts', '\n'.repeat(401), 'has 401 lines'],
    ['a package in no list', 'renderer/x.ts', `import x from 'lodash';`, 'imports lodash: in no list'],
    ['a scoped package in no list', 'renderer/x.ts', `import '@a/b/c.css';`, 'imports @a/b: in no list'],
    ['Node in shared', 'shared/kernel/x.ts', `import { join } from 'node:path';`, 'imports node:path: in no list'],
    ['Node without its prefix', 'electron/core/x.ts', `import fs from 'fs';`, 'imports fs: in no list'],
    ['Node in the page', 'renderer/x.tsx', `export const a = <p />; import('node:os');`, 'node:os: in no list'],
    ['electron in the core', 'electron/core/x.ts', `import { app } from 'electron';`, 'electron: in no list'],
    ['up the arrow', 'shared/kernel/x.ts', `import { f } from '../form/form.ts';`, 'shared/form/form.ts: against'],
    ['up the arrow', 'shared/form/x.ts', `export * from '../revision/x.ts';`, 'shared/revision/x.ts: against'],
    ['up the arrow', 'shared/revision/x.ts', `export { x } from '../package/x.ts';`, 'shared/package/x.ts: against'],
    ['to the contract', 'shared/package/x.ts', `import '../contract/x.ts';`, 'shared/contract/x.ts: against'],
    ['from shared to the core', 'shared/contract/x.ts', `import '../../electron/core/x.ts';`, 'against'],
    ['from the core to a host', 'electron/core/x.ts', `import '../desktop/main.ts';`, 'against the arrow'],
    ['from host to host', 'electron/cli/main.ts', `import '../loopback/main.ts';`, 'against the arrow'],
    ['from start to the core', 'electron/start.ts', `await import('./core/app.ts');`, 'against the arrow'],
    ['from the page to the core', 'renderer/x.ts', `import type { A } from '../electron/core/app.ts';`, 'against'],
    ['an inline type import', 'renderer/x.ts', `type A = import('../electron/core/app.ts').A;`, 'against'],
    ['a reference comment', 'shared/kernel/x.ts', `/// <reference types="node" />`, 'imports node: in no list'],
    ['out of the areas', 'electron/core/x.ts', `import x from '../../package.json';`, 'package.json: against'],
    ['a computed import', 'electron/core/x.ts', `export const x = (n: string) => import(n);`, 'computed at run time'],
    ['a second SQLite file', 'electron/core/store/x.ts', `import D from 'better-sqlite3';`, 'better-sqlite3: no owner'],
    ['a second crypto file', 'electron/core/x.ts', `import { sign } from 'node:crypto';`, 'node:crypto: no owner'],
    ['crypto without import', 'renderer/host/x.ts', `crypto.randomUUID();`, 'crypto.randomUUID: no owner'],
    ['a second sealing file', 'electron/core/x.ts', `import { Encrypter } from 'age-encryption';`, 'no owner'],
    ['files beside the port', 'electron/core/x.ts', `import 'node:fs/promises';`, 'node:fs/promises: no owner'],
    ['files in a host', 'electron/cli/x.ts', `import { readFileSync } from 'node:fs';`, 'node:fs: no owner'],
    ['http in another host', 'electron/cli/x.ts', `import 'node:http';`, 'node:http: in no list'],
    ['fetch in a screen', 'renderer/screens/x.tsx', `export const a = () => fetch('/x');`, 'fetch: no owner'],
    ['fetch of the window', 'renderer/screens/x.ts', `window.fetch('/x');`, 'fetch: no owner'],
    ['the bridge in a screen', 'renderer/screens/x.ts', `window.bridge.send();`, 'window.bridge: no owner'],
    ['the bridge taken apart', 'renderer/form/x.ts', `const { bridge } = window;`, 'window.bridge: no owner'],
    ['the bridge by its name', 'renderer/form/x.ts', `window['bridge'];`, 'window.bridge: no owner'],
    ['the time', 'shared/form/x.ts', `export const a = Date.now();`, 'Date.now: no owner'],
    ['the time as an object', 'electron/core/x.ts', `export const a = new Date();`, 'new Date(): no owner'],
    ['the time in words', 'electron/core/x.ts', `export const a = Date();`, 'new Date(): no owner'],
    ['chance', 'electron/core/x.ts', `export const a = globalThis.Math.random();`, 'Math.random: no owner'],
    ['a timer', 'renderer/screens/x.ts', `setTimeout(() => {}, 1);`, 'setTimeout: no owner'],
    ['a timer handed on', 'electron/loopback/x.ts', `export const a = { setInterval };`, 'setInterval: no owner'],
    ['code from text', 'renderer/ui/x.ts', `new Function('return 1');`, 'new Function(): no owner'],
    ['require', 'electron/desktop/x.ts', `require('node:fs');`, 'require: no owner'],
  ];
  test.each(rejected)('reports %s (%s)', (_rule, file, source, message) => {
    expect(check(file, source)).toEqual([expect.stringContaining(message)]);
  });

  const accepted: [file: string, source: string][] = [
    ['shared/form/x.ts', `import { z } from 'zod'; import { ok } from '../kernel/result.ts'; import './cell.ts';`],
    ['shared/contract/x.ts', `import '../kernel/x.ts'; import '../package/x.ts'; import '../revision/x.ts';`],
    ['electron/core/store/database.ts', `import D from 'better-sqlite3';`],
    ['electron/core/exchange/crypto.ts', `import { sign } from 'node:crypto';`],
    ['electron/core/files.ts', `import 'node:fs/promises'; import 'node:fs';`],
    ['electron/core/ports.ts', `export const clock = { now: () => Date.now(), after: setTimeout };`],
    ['electron/core/x.ts', `export const a = (c: { setTimeout: typeof setTimeout }) => c.setTimeout(() => {}, 1);`],
    ['electron/core/x.ts', `// import 'electron'; Date.now()\nexport const a = "import 'electron'; fetch()";`],
    ['electron/core/x.ts', `export const a = new Date('2022-11-22'); import { parse } from 'csv-parse/sync';`],
    [
      'electron/desktop/main.ts',
      `import { app } from 'electron'; import '../core/app.ts'; import '../../shared/x.ts';`,
    ],
    ['electron/loopback/main.ts', `import { createServer } from 'node:http'; import '../core/app.ts';`],
    ['renderer/host/x.ts', `window.bridge.send(); fetch('/x');`],
    [
      'renderer/x.tsx',
      `import { A } from 'react-dom/client'; import './x.css'; import u from './x.svg?url'; <A u={u} />;`,
    ],
    ['test/x.test.ts', `import 'anything'; import '../electron/core/app.ts'; setTimeout(() => {}, Date.now());`],
  ];
  test.each(accepted)('accepts %s: %s', (file, source) => {
    expect(check(file, source)).toEqual([]);
  });

  test('knows an owner for every dangerous thing in the table', () => {
    for (const name of Object.keys(globalOwners)) {
      expect(check('electron/core/nobody.ts', `${name};`).join(), name).toContain(`uses ${name}: no owner`);
    }
    for (const name of Object.keys(moduleOwners)) {
      expect(check('renderer/nobody.ts', `import '${name}';`).join(), name).toContain(`imports ${name}: in no list`);
    }
  });
});
