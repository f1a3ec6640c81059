// Every journey in Chromium by mouse, with script: the same lines as the engine walks, and no script's error,
// nothing on the console, no refusal by the content policy. Each kind of page met goes through axe at 1280 and at
// 320 pixels and through the Nu HTML checker, and so do the pages that no journey leads to: own pages, errors, the
// demonstration. `PICTURES=1` keeps pictures of all of them in `output/`, to look at.
import { execFile } from 'node:child_process';
import { mkdir, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { Mouse, launchChromium, watch } from './lib/drivers.mjs';
import { definition, journeys } from './lib/journey.mjs';
import { names, output } from './lib/options.mjs';
import { check, fail, finish, pass } from './lib/report.mjs';
import { makeFolder, startRunner, takeStoreAway } from './lib/runner.mjs';
import { Walk } from './lib/walk.mjs';
import { launchAddress } from './lib/launch.mjs';

const require = createRequire(import.meta.url);
const axe = await readFile(require.resolve('axe-core/axe.min.js'), 'utf8');
const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
const DESKTOP = { width: 1280, height: 900 };
const PHONE = { width: 320, height: 640 };

/** What must have been met by the end: a selector on some page. */
const KINDS = {
    introduction: 'button[name="action[start_questionnaire]"]',
    interstitial: '#main-content[data-at="about"]',
    preview: '#main-content[data-at="preview"]',
    'text field': 'input.ons-input--text:not([inputmode])',
    'text area': 'textarea',
    number: 'input[inputmode="decimal"]',
    'currency, percentage or unit': '.ons-input-type__type',
    radio: '.ons-radio__input',
    checkbox: '.ons-checkbox__input',
    'detail of an option': '.ons-radio__other, .ons-checkbox__other',
    dropdown: 'select',
    date: 'input[id$="-day"]',
    'month and year': 'input[id$="-month"]',
    duration: 'input[id$="-months"]',
    address: 'input[id$="-line1"]',
    suggestions: '.ons-js-autosuggest-input',
    'mobile number': 'input[type="tel"]',
    'mutually exclusive': '.ons-js-mutually-exclusive',
    errors: '.ons-panel--error li',
    summary: '.ons-summary',
    hub: '[data-qa^="hub-row-"]',
    'the question of a list': '#main-content[data-at="boats"]',
    'thank-you': '#main-content[data-at="thank-you"]',
    'how long what was submitted may be looked at': '#view-submitted-response-countdown .ons-panel__body > p',
    'submitted response': '#main-content[data-at="view-response"]',
    relationship: '[data-at^="relationships"]',
    'where a form of their own begins': '[data-qa="individual-response-url"]',
    'its first page': '[data-at^="individual"] [data-qa="btn-submit"][href]',
    'whom it is for': '[data-at="individual who"]',
    'how it is sent': '[data-at^="individual how"]',
    'what was asked for, changed': '[data-at^="individual change"]',
    'where a letter goes': '[data-at^="individual address"]',
    'a letter that is on its way': '[data-at="individual posted"]',
    'where a text message goes': '[data-at^="individual number"]',
    'whether the number is right': '[data-at^="individual confirm-number"]',
    'a text message that is on its way': '[data-at="individual texted"]',
    feedback: '[data-at="feedback"]',
    'feedback that was sent': '[data-at="feedback-sent"]',
    'address for a confirmation': '[data-at="email-send"]',
    'whether the address is right': '[data-at="email-confirm"]',
    'confirmation that was sent': '[data-at="email-sent"]',
    'sign-in': '[data-at="sign-in"]',
    'signed out': '[data-at="signed-out"]',
    forbidden: '[data-at="forbidden"]',
    'no PDF': '[data-at="no-pdf"]',
    'not found': '[data-at="not-found"]',
    problem: '[data-at="problem"]',
    unavailable: '[data-at="unavailable"]',
    cookies: '[data-at="cookies"]',
    privacy: '[data-at="privacy"]',
    accessibility: '[data-at="accessibility"]',
    'list of the demonstration': '[data-at="demo"]',
    'its form': '[data-at="demo-launch"]',
    'what was submitted': '[data-at="demo-submitted"]',
    Welsh: 'html[lang="cy"]',
};

await rm(output, { recursive: true, force: true });
await mkdir(output, { recursive: true });
const browser = await launchChromium();
const met = new Map(); // signature → name
const unmet = new Set(Object.keys(KINDS));

/** Two pages are of one kind when they are built of the same components, in the same language. */
const signature = (page) => page.evaluate(() => {
    const dull = /^ons-u-|^ons-(input|col)--?w?-?\d|^ons-input--w-|^group$|^block$|^question$/;
    const classes = new Set([...document.querySelectorAll('main, main *')].flatMap((each) => [...each.classList]).filter((each) => !dull.test(each)));
    const types = new Set([...document.querySelectorAll('main input:not([type=hidden])')].map((each) => each.type));
    return [document.documentElement.lang, document.querySelectorAll('main h2').length > 0, ...classes, ...types].sort().join(' ');
});

async function audit(page, name, viewport) {
    await page.setViewportSize(viewport);
    await check(`axe finds nothing at ${viewport.width} pixels: ${name}`, async () => {
        const { violations } = await page.evaluate((values) => window.axe.run(document, { runOnly: { type: 'tag', values }, resultTypes: ['violations'] }), TAGS);
        if (violations.length) {
            throw new Error(violations.map(({ id, help, nodes }) => `${id}: ${help}\n  ${nodes.map((node) => node.html.slice(0, 160)).join('\n  ')}`).join('\n'));
        }
    });
    await check(`nothing is too wide at ${viewport.width} pixels: ${name}`, async () => {
        const over = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
        if (over > 0) throw new Error(`${over} pixels`);
    });
    if (process.env.PICTURES) await page.screenshot({ path: join(output, `${name}-${viewport.width}.png`), fullPage: true });
}

/** Looks at a page where it stands, unless its like was met; the viewport is as before afterwards. */
async function meet(page, reply, where) {
    for (const kind of unmet) if (await page.locator(KINDS[kind]).count()) unmet.delete(kind);
    const like = await signature(page);
    if (met.has(like)) return;
    const name = `${String(met.size + 1).padStart(3, '0')}-${where.replace(/[^a-z0-9]+/gi, '-').slice(0, 60)}`;
    met.set(like, name);
    await writeFile(join(output, `${name}.html`), await reply.text());
    await page.evaluate(axe);
    await page.evaluate(() => document.fonts.ready.then(() => true));
    await audit(page, name, PHONE);
    await audit(page, name, DESKTOP);
    await page.emulateMedia({ media: 'print' });
    await check(`prints without what only a screen can do: ${name}`, async () => {
        const wrong = await page.evaluate(() => {
            const shown = [...document.querySelectorAll('.ons-skip-to-content, .ons-header__links, .ons-modal')].filter((each) => each.checkVisibility());
            return [...shown.map((each) => each.className), ...(document.querySelector('h1').checkVisibility() ? [] : ['no heading'])];
        });
        if (wrong.length) throw new Error(wrong.join('\n'));
    });
    await page.emulateMedia({ media: null });
}

/** A tab that remembers the last page it was sent. */
async function open() {
    const context = await browser.newContext({ viewport: DESKTOP });
    const page = await context.newPage();
    const tab = { context, page, reply: null };
    page.on('response', (each) => {
        if (each.request().isNavigationRequest() && each.frame() === page.mainFrame() && each.status() !== 302) tab.reply = each;
    });
    return tab;
}

/** What follows a submission: feedback, and a confirmation by e-mail, each refused once and then given. */
async function afterSubmission(page, visited) {
    const press = async (what) => {
        const left = page.waitForEvent('framenavigated');
        await page.locator('main button:not([name]):visible').last().click();
        await left;
        await page.waitForLoadState();
        await visited(what);
    };
    await page.goto(new URL('/submitted/feedback/send', page.url()).href);
    await visited('feedback');
    await press('feedback refused');
    await page.locator('main label[for]:not([for=""])').first().click();
    await page.fill('textarea', 'It was quick.');
    await press('feedback sent');
    await page.goto(new URL('/submitted/confirmation-email/send', page.url()).href);
    await visited('e-mail');
    await press('e-mail refused');
    await page.fill('#email', 'someone@example.com');
    await press('e-mail to be confirmed');
    await press('e-mail not confirmed');
    await page.locator('main label[for]').first().click();
    await press('e-mail sent');
}

for (const journey of await journeys(names)) {
    await check(`${journey.name} in Chromium`, async () => {
        const tab = await open();
        try {
            const mistakes = [];
            watch(tab.page, mistakes);
            const visit = (_, where) => meet(tab.page, tab.reply, `${journey.name} ${where}`);
            await new Walk(new Mouse(tab.page), journey, { visit }).whole();
            if (journey.name === 'feedback-and-confirmation') await afterSubmission(tab.page, (what) => visit(null, what));
            if (mistakes.length) throw new Error(mistakes.join('\n'));
        } finally {
            await tab.context.close();
        }
    });
}

/** Pages that no journey leads to, on a runner of its own with questionnaires that go wrong. */
async function ownPages() {
    const [journey] = await journeys(['first-journey']);
    const folder = await makeFolder();
    await folder.add('broken', { ...await definition(journey), sections: 'none' });
    const { base: service, stop } = await startRunner(folder, { STORE_TIMEOUT_MILLISECONDS: '500', PDF_WORKER: '/nowhere/pdf' });
    const tab = await open();
    const { page } = tab;
    const visited = (what, status) => check(`${what}: ${status}`, async () => {
        await meet(page, tab.reply, what);
        if (tab.reply.status() !== status) throw new Error(`${tab.reply.status()}`);
    });
    const go = async (path, status) => {
        await page.goto(service + path);
        await visited(`page ${path.slice(0, 40)}`, status);
    };
    await go('/', 200);
    await check('the list begins with the census', async () => {
        const first = await page.locator('.canvass-card a').first().getAttribute('href');
        if (!first.endsWith('questionnaire=household-census')) throw new Error(first);
    });
    await go('/demo/launch?questionnaire=monthly-business', 200);
    await go('/questionnaire/', 401);
    await go('/session?token=wrong', 403);
    await go('/session-expired', 200);
    await go('/nowhere', 404);
    for (const path of ['/cookies', '/privacy', '/accessibility']) await go(path, 200);
    await go(new URL(launchAddress({ ...journey, questionnaire: 'broken' }, {}, service)).href.slice(service.length), 500);

    await page.goto(launchAddress({ ...journey, questionnaire: 'introduction' }, {}, service));
    await go('/questionnaire/preview/download-pdf', 503);

    // A method that is not there; a store that does not save; then signing out.
    await page.evaluate(() => {
        const form = document.body.appendChild(document.createElement('form'));
        Object.assign(form, { method: 'POST', action: '/cookies' });
        form.submit();
    });
    await page.waitForURL(/cookies/);
    await visited('POST to a page that only reads', 405);
    await page.goto(launchAddress(journey, {}, service));
    await page.fill('#name-answer', 'Tomos');
    const giveBack = await takeStoreAway(folder);
    try {
        await page.click('[data-qa="btn-submit"]');
        await page.waitForSelector('[data-at="unavailable"]', { timeout: 20_000 });
        await visited('an answer that could not be saved', 503);
    } finally {
        await giveBack();
    }
    await page.goto(`${service}/sign-out?internal_redirect=True`);
    await visited('signed out', 200);

    for (const language of ['en', 'cy']) {
        await page.goto(launchAddress({ ...journey, questionnaire: 'thank-you' }, { language_code: language }, service));
        await page.goto(`${service}/questionnaire/nowhere/`);
        await visited(`not found, ${language}`, 404);
        await page.goto(`${service}/sign-out?internal_redirect=True`);
        await visited(`signed out, ${language}`, 200);
    }

    // In the demonstration, what was submitted can be looked at.
    await page.goto(launchAddress({ ...journey, questionnaire: 'interstitial' }, {}, service));
    for (let pages = 0; pages < 9 && !/thank-you/.test(page.url()); pages++) {
        const choice = page.locator('main input[type=radio]');
        if (await choice.count()) await choice.first().check({ force: true });
        const left = page.waitForEvent('framenavigated');
        await page.locator('main button:not([name]):visible').last().click();
        await left;
        await page.waitForLoadState();
    }
    // It is relayed after it was thanked for.
    const sent = async () => (await readdir(join(folder.path, 'submissions')).catch(() => [])).find((each) => /^[\w-]+\.json$/.test(each));
    let file = await sent();
    for (let tries = 0; !file && tries < 100; tries++) {
        await page.waitForTimeout(100);
        file = await sent();
    }
    await go(`/demo/submitted/${(file ?? '').replace('.json', '')}`, 200);
    await tab.context.close();
    await stop();
    await folder.remove();
}

if (!names.length) {
    await check('pages that no journey leads to', ownPages);
    for (const kind of unmet) fail(`a page of every kind is met: ${kind}`, `nothing matches ${KINDS[kind]}`);
}
await browser.close();

const jar = join(dirname(require.resolve('vnu-jar/package.json')), 'build/dist/vnu.jar');
const files = [...met.values()].map((name) => join(output, `${name}.html`));
// A small stack overflows in it; compiling better than C1 is not worth it for one run.
const { stdout } = await promisify(execFile)('java',
    ['-Xss4m', '-XX:TieredStopAtLevel=1', '-jar', jar, '--stdout', '--exit-zero-always', '--format', 'json', ...files], { maxBuffer: 1e8 });
// A row of several answers holds its title and their terms as one `div` of a `dl`, which HTML would have apart;
// spec/08 §7 has it so, and eQ's own tests look for it.
const ACCEPTED = /^Element “dt” not allowed as child of element “div”/;
const messages = new Map(files.map((file) => [`file:${file}`, []]));
const errors = JSON.parse(stdout).messages.filter(({ type, message }) => type !== 'info' && !ACCEPTED.test(message));
for (const message of errors) messages.get(message.url)?.push(message);
for (const file of files) {
    const found = messages.get(`file:${file}`);
    if (found.length) fail(`valid HTML: ${file}`, found.map(({ lastLine, message, extract }) => `line ${lastLine}: ${message} ${extract ?? ''}`).join('\n'));
    else pass();
}
console.log(`${met.size} kinds of page, saved in ${output}`);
finish();
