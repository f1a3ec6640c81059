// Walks one journey with a driver: anything that can go to an address, click, type, choose, run a function
// in the page and say where it is. The engines and the keyboard are drivers (drivers.mjs, webdriver.mjs).
import { base } from './options.mjs';
import { launchAddress } from './launch.mjs';
import * as fields from './fields.mjs';
import { skip } from './report.mjs';

const STATES = {
    completed: /Completed|Cwblhawyd|Déanta|Throcht/,
    'in-progress': /Partially completed|rhannol|Cuid de|pairtly/,
    'not-started': /Not started|Heb ddechrau|Níl sé|No stairtit/,
    requested: /Separate census requested|gyfrifiad ar wahân/,
};

/** Where an address is, in a journey's words. */
export function place(address) {
    const path = new URL(address).pathname.replace(/\/?$/, '/');
    if (path === '/questionnaire/') return 'hub';
    if (path === '/submitted/thank-you/') return 'thank-you';
    if (path === '/submitted/view-response/') return 'view-response';
    const section = /^\/questionnaire\/sections\/([^/]+)\//.exec(path);
    if (section) return `section ${section[1]}`;
    if (/^\/questionnaire\/relationships\/[^/]+\/[^/]+\/to\//.test(path)) return 'relationships';
    const block = /^\/questionnaire\/(?:.*\/)?([^/]+)\/$/.exec(path);
    return block ? block[1] : path;
}

export class Walk {
    constructor(driver, journey, { visit = async () => {}, launch = {} } = {}) {
        this.driver = driver;
        this.launch = launch; // launch data beside the journey's
        this.journey = journey;
        this.visit = visit; // called at each page that is looked at
        this.pending = [];
        this.unsaved = false; // radios cleared by script, which the runner has not heard of
        this.met = new Set(); // answers whose error was seen on the page now shown
    }

    async whole() {
        await this.driver.goto(launchAddress(this.journey, this.launch));
        const { lines } = this.journey;
        for (let n = 0; n < lines.length; n++) {
            const line = lines[n];
            try {
                if (line.verb === 'at' || line.verb === 'invalid') {
                    if (!(await this.post())) {
                        // A browser cannot do this wrong thing, so it cannot meet its error either.
                        if (line.verb === 'at') throw new Error('the page offers no way to give this');
                        while (['invalid', 'see'].includes(lines[n + 1]?.verb)) n++;
                        continue;
                    }
                }
                await this[line.verb](line);
            } catch (error) {
                throw new Error(`${line.verb} ${(line.words ?? [line.answer ?? line.text ?? '']).join(' ')}: ${error.message} (at ${await this.driver.url()})`);
            }
        }
    }

    give(line) {
        this.pending.push(line);
    }

    press(line) {
        this.pending.push({ press: line.words[0] });
    }

    /** False when the page offers no way to give what is pending. */
    async post() {
        const pending = this.pending;
        this.pending = [];
        if (!pending.length) return true;
        this.met.clear();
        this.unsaved = false;
        const { driver } = this;
        const press = pending.find((each) => each.press)?.press ?? 'continue';
        if (press !== 'clear') await driver.run(fields.clearForm);
        const done = [];
        for (const given of pending.filter((each) => each.answer)) {
            const steps = await driver.run(fields.plan, given);
            if (!steps) return this.cannot(`${given.answer} = ${given.value}`, 'the page offers no such answer, only a forged POST holds it');
            for (const step of steps) {
                if (step.kind === 'set') await driver.run(fields.setField, step);
                else await driver[step.kind](step.selector, step.text);
            }
            done.push(...steps);
        }
        if (!(await driver.run(fields.held, done))) return this.cannot('answers that exclude each other', 'script takes the one back as the other is given');
        const selector = await driver.run(fields.button, press);
        if (press === 'clear' && driver.scripted) {
            if (selector) await driver.click(selector); // Script empties the radios and posts nothing.
            this.unsaved = true;
            return true;
        }
        if (!selector) throw new Error(`no button to ${press}`);
        await driver.submit(selector);
        return true;
    }

    /** A wrong thing that the page keeps a respondent from doing. The same line is walked over plain HTTP. */
    cannot(what, why) {
        skip(`${this.journey.name}: ${what} (${this.driver.name})`, why);
        return false;
    }

    async at({ words }) {
        const here = await this.driver.url();
        await this.visit(this.driver, words.join(' '));
        if (words[0] === 'not-found') {
            const text = await this.driver.run(fields.readable);
            if (!/Page not found|Heb ddod o hyd|Níl teacht|Page no fun/.test(text)) throw new Error('found');
            return;
        }
        const wanted = ['section', 'individual'].includes(words[0]) ? words.join(' ') : words[0];
        const said = await this.driver.run(() => document.querySelector('main')?.dataset.at);
        if (![place(here), said].includes(wanted)) throw new Error(`at ${said ?? place(here)} instead`);
    }

    async invalid({ words: [id, code] }) {
        const shown = await this.driver.run(fields.errors, id);
        if (!shown) throw new Error('no error is shown there');
        // A page shows the first of an answer's errors (spec/08 §5): once it is met, others are not for a browser to see.
        if (shown.length && !shown.includes(code) && !this.met.has(id)) throw new Error(`${shown.join(', ')} instead`);
        this.met.add(id);
        await this.visit(this.driver, `${id} ${code}`);
    }

    async open({ words }) {
        if (this.unsaved) await this.driver.submit(await this.driver.run(fields.button, 'continue'));
        this.unsaved = false;
        const fixed = {
            hub: '/questionnaire/',
            submit: '/questionnaire/submit/',
            preview: '/questionnaire/preview',
            'thank-you': '/submitted/thank-you/',
            'view-response': '/submitted/view-response/',
            section: `/questionnaire/sections/${words[1]}/`,
        };
        let path = fixed[words[0]] ?? `/questionnaire/${words[0]}/`;
        if (words[0] === 'individual') {
            const item = Number(words[words.indexOf('item') + 1] ?? 0);
            const step = words[1] === 'item' ? '' : words[1] ?? '';
            path = words.includes('item') ? await this.driver.run(fields.individualLink, { step, item }) : `/individual-response/${step}`;
            if (!path) throw new Error('no link on this page leads there');
        } else if (words[1] === 'item') {
            path = await this.driver.run(fields.itemLink, { block: words[0], item: Number(words[2]) });
            if (!path) throw new Error('no link on this page leads there');
        }
        await this.driver.goto(base + path);
    }

    async see({ text }) {
        const shown = await this.driver.run(fields.readable);
        if (!shown.includes(text.replace(/\s+/g, ' '))) throw new Error('not on the page');
    }

    async status({ words: [section, state] }) {
        const shown = await this.driver.run(fields.hubState, section);
        if (state === 'hidden') {
            if (shown !== null) throw new Error(`its row says ${shown}`);
        } else if (!STATES[state].test(shown ?? '')) throw new Error(`its row says ${shown}`);
    }

    /** What left is not for a browser to see. */
    submitted() {}
}
