// Reads a `.journey` file (questionnaires/README.md) into its lines.
import { readFile, readdir } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { skip } from './report.mjs';

export const features = join(dirname(fileURLToPath(import.meta.url)), '../../../../questionnaires/features');

const ESCAPES = { '"': '"', '\\': '\\', n: '\n' };

/** `a "b c" key="d e"  # comment` → [`a`, `b c`, `key=d e`]. */
export function words(text) {
    const found = [];
    let word = null;
    for (let at = 0; at < text.length; at++) {
        if (/\s/.test(text[at])) {
            if (word !== null) found.push(word);
            word = null;
            continue;
        }
        if (text[at] === '#' && word === null) break;
        word ??= '';
        if (text[at] !== '"') {
            word += text[at];
            continue;
        }
        for (at++; at < text.length && text[at] !== '"'; at++) {
            if (text[at] === '\\') word += ESCAPES[text[++at]];
            else word += text[at];
        }
    }
    if (word !== null) found.push(word);
    return found;
}

/** The rest of a line as one value: quotes off when it is quoted whole, comment and outer space off. */
function value(text) {
    const rest = text.trim();
    if (rest.startsWith('"')) return words(rest)[0];
    return rest.replace(/(^|\s)#.*$/, '').trim();
}

function line(text) {
    const [, verb, rest] = /^(\S+)\s*(.*)$/.exec(text);
    if (verb === 'give') {
        const given = /^(\S+)(?:\s+item\s+(\d+))?\s*=\s*(.*)$/.exec(rest);
        if (!given) return { verb };
        return { verb, answer: given[1], item: Number(given[2] ?? 0), value: value(given[3]) };
    }
    if (verb === 'see') return { verb, text: value(rest) };
    return { verb, words: words(rest) };
}

/** One journey: its name, the questionnaire beside it, the launch data, and its lines in order. */
export function parse(text, path) {
    const lines = text.split(/\r?\n/).map((each) => each.trim()).filter((each) => each && !each.startsWith('#')).map(line);
    const launch = {};
    if (lines[0]?.verb === 'launch') {
        for (const pair of lines.shift().words) {
            const cut = pair.indexOf('=');
            launch[pair.slice(0, cut)] = pair.slice(cut + 1);
        }
    }
    const supplementary = lines[0]?.verb === 'supplementary' ? lines.shift().words[0] : null;
    return { name: basename(path, '.journey'), supplementary, questionnaire: basename(dirname(path)), launch, lines };
}

/** A journey that a browser can begin: the demonstration has no service of supplementary data. */
function begins({ name, supplementary }) {
    if (supplementary) skip(name, 'its launch brings supplementary data: the service is walked through it without a browser');
    return !supplementary;
}

/** The journeys named, or all of `questionnaires/features` in order. A name is a file's, or else a folder's. */
export async function journeys(names = []) {
    const found = [];
    for (const folder of (await readdir(features)).sort()) {
        for (const file of (await readdir(join(features, folder))).filter((each) => each.endsWith('.journey')).sort()) {
            const path = join(features, folder, file);
            found.push(parse(await readFile(path, 'utf8'), path));
        }
    }
    if (!names.length) return found.filter(begins);
    return names.flatMap((name) => {
        const files = found.filter((journey) => journey.name === name);
        const chosen = files.length ? files : found.filter((journey) => journey.questionnaire === name);
        if (!chosen.length) throw new Error(`no journey is called ${name}`);
        return chosen;
    });
}

/** The definition beside a journey, in its language. */
export async function definition(journey) {
    const language = journey.launch.language ?? 'en';
    return JSON.parse(await readFile(join(features, journey.questionnaire, `${language}.json`), 'utf8'));
}
