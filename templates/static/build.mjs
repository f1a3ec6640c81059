// Makes `built/`: everything the browser is sent beside the pages, under names that hold a hash of what is
// inside, with .br and .gz beside what compresses, and manifest.json (name → hashed name) for the runner.
// The same inputs give the same bytes. Fails when something weighs more than its budget (`budgets`).
//
//     npm ci --ignore-scripts && node build.mjs
import { createHash } from 'node:crypto';
import { cp, mkdir, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import * as esbuild from 'esbuild';
import { transform } from 'lightningcss';
import { PurgeCSS } from 'purgecss';
import subsetFont from 'subset-font';
import { favicon, sprite } from './marks.mjs';

const here = dirname(fileURLToPath(import.meta.url));
const built = join(here, 'built');
const system = join(here, 'node_modules/@ons/design-system');

/** Bytes as sent, at the best brotli. Why: a first visit over a slow line (research: 62 KB in all). */
const budgets = { 'main.css': 15_000, 'page.js': 22_000, 'lookup.js': 28_000, fonts: 36_000 };

const manifest = {};
const sent = {};

/** Writes `bytes` under its hashed name, compressed too unless they already are, and enters it in the manifest. */
async function put(name, bytes, { compress = true } = {}) {
    const content = Buffer.from(bytes);
    const hash = createHash('sha256').update(content).digest('hex').slice(0, 10);
    const hashed = name.replace(/(\.[^.]+)$/, `.${hash}$1`);
    await writeFile(join(built, hashed), content);
    sent[name] = content.length;
    if (compress) {
        const params = { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: content.length };
        const brotli = brotliCompressSync(content, { params });
        await writeFile(join(built, `${hashed}.br`), brotli);
        await writeFile(join(built, `${hashed}.gz`), gzipSync(content, { level: 9 }));
        sent[name] = brotli.length;
    }
    manifest[name] = hashed;
    return hashed;
}

/** Latin-1, Latin Extended-A (names from all over Europe), the rest of Welsh, marks, currencies. */
function letters() {
    const ranges = [[0x20, 0x7e], [0xa0, 0x17f], [0x1e80, 0x1e85], [0x1ef2, 0x1ef3], [0x218, 0x21b], [0x2010, 0x2026]];
    const points = ranges.flatMap(([from, to]) => Array.from({ length: to - from + 1 }, (_, n) => from + n));
    return String.fromCodePoint(...points, 0x2030, 0x2032, 0x2033, 0x2039, 0x203a, 0x20ac, 0x2122, 0x2212);
}

async function fonts() {
    const hashed = {};
    for (const weight of ['regular', 'bold']) {
        const whole = await readFile(join(system, `fonts/opensans-${weight}.woff2`));
        const subset = await subsetFont(whole, letters(), {
            targetFormat: 'woff2',
            noHinting: true,
            preserveNameIds: [0, 1, 2, 4, 7, 13, 14], // whose it is and under which licence
        });
        const name = `opensans-${weight}.woff2`;
        hashed[name] = await put(name, subset, { compress: false });
    }
    return hashed;
}

async function style(fontNames) {
    const css = await readFile(join(system, 'css/main.css'), 'utf8');
    const print = await readFile(join(system, 'css/print.css'), 'utf8');
    const also = process.argv.slice(2).filter((option) => option.startsWith('--also=')).map((option) => option.slice(7));
    const [purged] = await new PurgeCSS().purge({
        content: [
            ...['layouts', 'pages', 'components'].map((folder) => join(here, '..', folder, '**/*.html')),
            join(here, '../src/**/*.rs'),
            join(here, 'js/**/*.js'),
            ...(await scripts()),
            ...also,
        ],
        css: [{ raw: `${css}\n@media print{${print}}` }],
        // `@` belongs to a name: ons-u-d-no@2xs@m.
        defaultExtractor: (content) => content.match(/[A-Za-z0-9_@-]+/g) ?? [],
        safelist: {
            // What a definition's own markup may hold, and names that a template ends with a variable.
            standard: ['html', 'body', 'a', 'b', 'em', 'strong', 'i', 'br', 'p', 'ul', 'ol', 'li', 'mark', 'abbr',
                'ons-u-d-no@2xs@xs', 'ons-u-d-no@xs', 'ons-u-d-no@2xs@m', 'ons-u-d-no@m',
                'ons-panel--error', 'ons-panel--info', 'ons-panel--warn', 'ons-panel--success', 'ons-panel--no-title',
                'ons-summary__column-size--1', 'ons-summary__column-size--2',
                /^ons-input(-number)?--w-\d+$/],
        },
        variables: false,
        fontFace: false,
    });
    const faces = (text) => text
        .replace(/@font-face\s*{[^}]*}/g, (face) => {
            const name = /(opensans-(?:regular|bold))\.woff2/.exec(face)?.[1];
            if (!name) return ''; // Roboto Mono: no page uses it.
            const weight = name.endsWith('bold') ? 700 : 400;
            const url = fontNames[`${name}.woff2`];
            return `@font-face{font-family:"opensans";font-display:swap;font-weight:${weight};src:url("${url}") format("woff2")}`;
        });
    const ours = await readFile(join(here, 'css/canvass.css'), 'utf8');
    const { code } = transform({ filename: 'main.css', code: Buffer.from(`${faces(purged.css)}\n${ours}`), minify: true });
    await put('main.css', code);
}

/** The component scripts set classes that no template names. */
async function scripts() {
    const used = ['accordion', 'address-input', 'autosuggest', 'button', 'char-check-limit', 'checkboxes', 'cookies-banner',
        'details', 'input', 'modal', 'mutually-exclusive', 'navigation', 'radios', 'relationships', 'skip-to-content', 'timeout-modal'];
    const found = [];
    for (const component of used) {
        const folder = join(system, 'components', component);
        const files = (await readdir(folder)).filter((file) => file.endsWith('.js') && !/spec|_test/.test(file));
        found.push(...files.map((file) => join(folder, file)));
    }
    return found;
}

/** Puts ours in place of modules that the package imports but does not publish, or that we bring ourselves. */
function replacements(ours) {
    return {
        name: 'replacements',
        setup(build) {
            for (const [filter, file] of ours) {
                build.onResolve({ filter }, () => ({ path: join(here, 'js', file) }));
            }
        },
    };
}

async function script(name, ours) {
    const { outputFiles, warnings } = await esbuild.build({
        entryPoints: [join(here, 'js', name)],
        bundle: true,
        write: false,
        minify: true,
        format: 'iife',
        target: 'es2020',
        charset: 'utf8',
        legalComments: 'none', // The licences lie beside, whole.
        plugins: [replacements(ours)],
    });
    if (warnings.length) throw new Error(warnings.map((warning) => warning.text).join('\n'));
    await put(name, outputFiles[0].contents);
}

async function licences() {
    const folder = join(built, 'licences');
    await mkdir(folder);
    await cp(join(here, 'licences/OpenSans-OFL.txt'), join(folder, 'OpenSans-OFL.txt'));
    for (const [from, to] of [
        ['@ons/design-system/LICENSE', 'ONS-Design-System-MIT.txt'],
        ['dompurify/LICENSE', 'DOMPurify-Apache-2.0.txt'],
        ['fuse.js/LICENSE', 'Fuse-Apache-2.0.txt'],
    ]) {
        await cp(join(here, 'node_modules', from), join(folder, to));
    }
}

function weigh() {
    sent.fonts = sent['opensans-regular.woff2'] + sent['opensans-bold.woff2'];
    const over = Object.entries(budgets).filter(([name, most]) => sent[name] > most);
    for (const [name, bytes] of Object.entries(sent)) {
        console.log(`${String(bytes).padStart(7)}  ${name}${budgets[name] ? ` (at most ${budgets[name]})` : ''}`);
    }
    if (over.length) throw new Error(`over budget: ${over.map(([name]) => name).join(', ')}`);
}

await rm(built, { recursive: true, force: true });
await mkdir(built, { recursive: true });
await style(await fonts());
await script('page.js', [[/utils\/viewport-change$/, 'shims/viewport-change.js']]);
await script('lookup.js', [[/^dompurify$/, 'shims/dompurify.js'], [/autosuggest\/autosuggest\.ui$/, 'field.js']]);
await put('logos.svg', sprite);
await put('favicon.svg', favicon);
await licences();
await writeFile(join(built, 'manifest.json'), `${JSON.stringify(manifest, null, 2)}\n`);
weigh();
