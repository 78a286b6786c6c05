// Packs the program with electron-builder around a stand-in for Electron, and reads what came out: which files ship,
// which do not, and which fuses were set in the executable.
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { extractFile, listPackage } from '@electron/asar';
import { load } from 'js-yaml';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import manifest from '../package.json' with { type: 'json' };

const root = path.resolve(import.meta.dirname, '..');
const golden = {
  fuses: {
    runAsNode: false,
    enableCookieEncryption: true,
    enableNodeOptionsEnvironmentVariable: false,
    enableNodeCliInspectArguments: false,
    enableEmbeddedAsarIntegrityValidation: true,
    onlyLoadAppFromAsar: true,
    grantFileProtocolExtraPrivileges: false,
  },
  // The same as Electron keeps it in its executable; the seventh fuse (V8 snapshot) stays as Electron ships it: off.
  wire: '01001100',
};

// What a fresh Electron has: the mark, the version of the wire, its length, then one character a fuse.
const mark = 'dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX';
const freshWire = `${mark}\u0001\u000810110001`;

describe('electron-builder.yml', () => {
  const config = load(readFileSync(path.join(root, 'electron-builder.yml'), 'utf8')) as Record<string, unknown>;

  test('sets exactly the golden fuses', () => {
    expect(config.electronFuses).toEqual(golden.fuses);
  });

  test('builds an installer without administrator rights and a portable program for Windows', () => {
    expect(config.win).toMatchObject({ target: ['nsis', 'portable'] });
    expect(config.nsis).toMatchObject({ perMachine: false, oneClick: false, allowElevation: false });
  });

  test('builds an AppImage and an archive for Linux', () => {
    expect(config.linux).toMatchObject({ target: ['AppImage', 'tar.gz'] });
  });

  test('fetches, compiles and publishes nothing', () => {
    expect(config).toMatchObject({ npmRebuild: false, nodeGypRebuild: false, publish: null });
  });
});

describe('the packed program', () => {
  const temp = mkdtempSync(path.join(tmpdir(), 'hyoka-pack-'));
  const resources = path.join(temp, 'out', 'linux-unpacked', 'resources');
  const asar = path.join(resources, 'app.asar');
  const prebuilt = 'node_modules/better-sqlite3/prebuilds/linux-x64.node';
  let inside: string[] = [];

  beforeAll(() => {
    const built = ['dist/main.js', 'dist/preload.cjs', 'dist/renderer/index.html'];
    if (!built.every((file) => existsSync(path.join(root, file)))) node('node_modules/vite/bin/vite.js', 'build');
    const standIn = makeStandIn(path.join(temp, 'electron'));
    const config = [`-c.electronDist=${standIn}`, `-c.directories.output=${path.join(temp, 'out')}`];
    node('node_modules/electron-builder/cli.js', '--linux', 'dir', '--x64', '--publish', 'never', ...config);
    inside = listPackage(asar, { isPack: false }).map((file) => file.replaceAll('\\', '/').slice(1));
  }, 180_000);

  afterAll(() => rmSync(temp, { recursive: true, force: true }));

  test('holds the main process, the preload script and the page', () => {
    expect(inside).toEqual(expect.arrayContaining(['dist/main.js', 'dist/preload.cjs', 'dist/renderer/index.html']));
    expect(inside.filter((file) => /^dist\/renderer\/assets\/.*\.(js|css|woff2)$/.test(file))).not.toEqual([]);
  });

  test('holds every form definition', () => {
    const forms = readdirSync(path.join(root, 'resources/forms')).filter((file) => file.endsWith('.json'));
    expect(forms).not.toEqual([]);
    expect(inside).toEqual(expect.arrayContaining(forms.map((file) => `resources/forms/${file}`)));
  });

  test('holds the run-time packages with all they need in turn, and no others', () => {
    const shipped = new Set(inside.flatMap((file) => /^node_modules\/((?:@[^/]+\/)?[^/@]+)\//.exec(file)?.[1] ?? []));
    expect([...shipped].sort()).toEqual(runtimePackages());
  });

  test('keeps the licence of every package that it brings along', () => {
    for (const name of runtimePackages()) {
      // Or kept by us, where a package leaves its licence out.
      const own = new RegExp(
        `^(node_modules/${name}/(license|licence|copying)[^/]*|resources/licences/${name}.txt)$`,
        'i',
      );
      expect(
        inside.some((file) => own.test(file)),
        name,
      ).toBe(true);
    }
  });

  test('keeps only the native module of this platform, outside the archive', () => {
    const unpacked = readdirSync(`${asar}.unpacked`, { recursive: true, withFileTypes: true });
    const files = unpacked.filter((entry) => entry.isFile());
    expect(files.map((entry) => path.join(entry.parentPath, entry.name))).toEqual([
      path.join(`${asar}.unpacked`, prebuilt),
    ]);
    expect(inside.filter((file) => file.endsWith('.node'))).toEqual([prebuilt]);
  });

  test('holds no source, test, configuration or secret of ours', () => {
    const top = new Set(inside.map((file) => file.split('/')[0]));
    expect([...top].sort()).toEqual(['dist', 'node_modules', 'package.json', 'resources']);
    expect(inside.filter((file) => /\.([cm]?tsx?|map|pem|key)$/.test(file))).toEqual([]);
    const shipped = JSON.parse(extractFile(asar, 'package.json').toString());
    expect(shipped).toMatchObject({ name: 'hyoka', main: manifest.main, type: 'module' });
    expect(shipped).not.toHaveProperty('devDependencies');
  });

  test('names no folder of the machine it was built on', () => {
    for (const file of ['dist/main.js', 'dist/preload.cjs', 'dist/renderer/index.html', 'package.json']) {
      expect(extractFile(asar, path.normalize(file)).toString(), file).not.toContain(root);
    }
  });

  test('runs with the golden fuses', () => {
    const executable = readFileSync(path.join(temp, 'out/linux-unpacked/hyoka'), 'latin1');
    const start = executable.indexOf(mark) + mark.length + 2;
    expect(executable.slice(start, start + golden.wire.length)).toBe(golden.wire);
  });
});

function node(...args: string[]): void {
  // npm is asked for the tree of packages: it must see this project's own Node first, as it does in an npm script.
  const PATH = [path.join(root, 'node_modules/.bin'), process.env.PATH].join(path.delimiter);
  execFileSync(process.execPath, args, { cwd: root, stdio: 'pipe', env: { ...process.env, PATH } });
}

function makeStandIn(folder: string): string {
  mkdirSync(path.join(folder, 'locales'), { recursive: true });
  for (const file of ['locales/ja.pak', 'locales/en-US.pak', 'LICENSE', 'LICENSES.chromium.html', 'chrome-sandbox']) {
    writeFileSync(path.join(folder, file), '');
  }
  writeFileSync(path.join(folder, 'version'), manifest.devDependencies.electron);
  writeFileSync(path.join(folder, 'electron'), `stand-in ${freshWire} end`, { mode: 0o755 });
  return folder;
}

/** The dependencies and, for each of them, what it needs in turn; node-addon-api is only for compiling. */
function runtimePackages(): string[] {
  const seen = new Set<string>();
  const follow = (name: string, from: string) => {
    if (seen.has(name) || name === 'node-addon-api') return;
    seen.add(name);
    const paths = createRequire(from).resolve.paths(name) ?? [];
    const file = paths
      .map((folder) => path.join(folder, name, 'package.json'))
      .find((candidate) => existsSync(candidate));
    if (!file) throw new Error(`${name} is not installed`);
    const { dependencies }: { dependencies?: Record<string, string> } = JSON.parse(readFileSync(file, 'utf8'));
    for (const next of Object.keys(dependencies ?? {})) follow(next, file);
  };
  for (const name of Object.keys(manifest.dependencies)) follow(name, path.join(root, 'package.json'));
  return [...seen].sort();
}
