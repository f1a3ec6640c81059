// Journeys in a text browser, w3m: what is on the page is found by its words and used by keys, so the words
// must stand beside what they name.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { definition, journeys } from './lib/journey.mjs';
import { launchAddress } from './lib/launch.mjs';
import { base, names } from './lib/options.mjs';
import { check, finish, skip } from './lib/report.mjs';
import { place } from './lib/walk.mjs';

const SOCKET = `canvass-text-${process.pid}`;
const tmux = (...words) => execFileSync('tmux', ['-L', SOCKET, ...words], { encoding: 'utf8' });
const pause = (milliseconds) => new Promise((done) => setTimeout(done, milliseconds));

class W3m {
    constructor(address) {
        this.home = mkdtempSync(join(tmpdir(), 'canvass-w3m-'));
        tmux('-f', '/dev/null', 'new-session', '-d', '-x', '100', '-y', '100', '-e', `HOME=${this.home}`,
            'w3m', '-no-mouse', '-cookie', '-o', 'wrap_search=1', '-o', 'confirm_qq=0', '-o', 'display_link=0', address);
    }

    keys(...keys) { tmux('send-keys', ...keys); }

    type(text) { tmux('send-keys', '-l', text); }

    screen() { return tmux('capture-pane', '-p'); }

    /** Waits until the screen has stood still for a moment. */
    async still() {
        let before = '';
        for (let tries = 0; tries < 60; tries++) {
            await pause(250);
            const now = this.screen();
            if (now === before && now.trim()) return now;
            before = now;
        }
        throw new Error('the screen does not come to rest');
    }

    /** Puts the cursor on the first place from the top that says `text`. */
    async find(text) {
        this.keys('g');
        this.keys('/');
        await pause(150);
        this.type(text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
        this.keys('Enter');
        const screen = await this.still();
        if (/Not found/.test(screen.trimEnd().split('\n').at(-1))) throw new Error(`no ${text} to be found\n${screen}`);
    }

    async url() {
        this.keys('c');
        const last = (await this.still()).trimEnd().split('\n').at(-1);
        return /https?:\/\/\S+/.exec(last)?.[0] ?? base;
    }

    stop() {
        tmux('kill-server');
        rmSync(this.home, { recursive: true, force: true });
    }
}

/** All answers of a definition by id, detail answers too. */
function answers(definition) {
    const found = {};
    JSON.stringify(definition, (key, value) => {
        if (value && value.id && value.type && !found[value.id] && (value.options || value.label !== undefined)) found[value.id] = value;
        return value;
    });
    return found;
}

const plain = (label) => (typeof label === 'string' ? label : label?.text ?? '').replace(/<[^>]*>/g, '');

async function walk(journey) {
    const known = answers(await definition(journey));
    const w3m = new W3m(launchAddress(journey));
    const language = journey.launch.language ?? 'en';
    try {
        await w3m.still();
        let pending = [];
        const post = async () => {
            if (!pending.length) return;
            for (const { answer, value } of pending.filter((each) => each.answer)) {
                const { type, options, label } = known[answer];
                if (type === 'Radio') {
                    await w3m.find(plain(options.find((option) => option.value === value).label));
                    w3m.keys('Escape', 'Tab');
                    w3m.keys('Enter');
                } else if (/^(TextField|Number|Currency|Percentage|Unit)$/.test(type)) {
                    await w3m.find(plain(label));
                    w3m.keys('Tab');
                    w3m.keys('Enter');
                    await pause(200);
                    w3m.keys('C-u');
                    w3m.type(value);
                    w3m.keys('Enter');
                } else throw new Error(`how to give a ${type} here is not known`);
                await w3m.still();
            }
            pending = [];
            for (const words of language === 'cy' ? ['Cadw a pharhau', 'Cyflwyno atebion', 'Parhau'] : ['Save and continue', 'Submit answers', 'Continue']) {
                const there = await w3m.find(words).then(() => true, () => false);
                if (!there) continue;
                w3m.keys('Enter');
                await w3m.still();
                return;
            }
            throw new Error('no button to go on');
        };
        for (const line of journey.lines) {
            if (line.verb === 'give' || line.verb === 'press') pending.push(line);
            else if (line.verb === 'open') throw new Error('open is not for a text browser');
            else if (line.verb === 'at') {
                await post();
                const here = place(await w3m.url());
                if (here !== line.words[0]) throw new Error(`at ${here}, not ${line.words[0]}\n${w3m.screen()}`);
            } else if (line.verb === 'invalid') {
                await post();
                if (!/problem|broblem/.test(w3m.screen())) throw new Error(`no error is shown\n${w3m.screen()}`);
            } else if (line.verb === 'see') {
                w3m.keys('g');
                if (!(await w3m.still()).replace(/\s+/g, ' ').includes(line.text)) throw new Error(`${line.text} is not on the screen`);
            }
        }
    } finally {
        w3m.stop();
    }
}

for (const journey of await journeys(names)) {
    if (journey.lines.some((line) => line.verb === 'open')) {
        skip(journey.name, 'it opens an address');
        continue;
    }
    await check(`${journey.name} in w3m`, () => walk(journey));
}
finish();
