// The Big List of Naughty Strings in every text of a definition, in Chromium with script: inert. No script runs, no
// dialog opens, nothing is asked of another host, and the content policy has nothing to refuse.
import { createRequire } from 'node:module';
import { button } from './lib/fields.mjs';
import { launchChromium, watch } from './lib/drivers.mjs';
import { names as wanted } from './lib/options.mjs';
import { check, finish } from './lib/report.mjs';
import { makeFolder, startRunner } from './lib/runner.mjs';

/** Ours besides: what tries the cleaning of an author's markup. */
const OURS = [
    '<script>alert("1")</script>', '<img src=x onerror=alert(1)>', '<svg onload=alert(1)>', '<a href="javascript:alert(1)">x</a>',
    '<a href="data:text/html,<script>alert(1)</script>">x</a>', '<iframe srcdoc="<script>alert(1)</script>"></iframe>',
    '<style>body{background:url(http://example.com/x)}</style>', '<b style="background:url(http://example.com/x)">x</b>',
    '<form action="http://example.com"><button>x</button></form>', '</title></textarea></script><script>alert(1)</script>',
    '<base href="http://example.com/">', '<meta http-equiv="refresh" content="0;url=http://example.com/">',
    '<math><mi xlink:href="javascript:alert(1)">x</mi></math>', '<p id="main-content" class="ons-js-modal">x</p>', '"onmouseover="alert(1)',
    '<object data="http://example.com/x"></object>', '<em>left open', '</div></div></main></form>',
];
const list = createRequire(import.meta.url)('big-list-of-naughty-strings').concat(OURS).filter((text) => text.trim());
const A_TIME = 12;
/** Walked side by side. */
const TABS = 3;

const contents = (text) => [{ title: text }, { description: text }, { list: [text, text] }];

/** A question page with one string in all its texts. */
function question(id, text) {
    const option = (value) => ({ label: text, value, description: text });
    const detail = { id: `${id}-detail`, type: 'TextField', mandatory: false, label: text };
    const answer = (name, type, more = {}) => ({ id: `${id}-${name}`, type, mandatory: false, label: text, description: text, ...more });
    const answers = [
        answer('text', 'TextField', { guidance: { show_guidance: text, hide_guidance: text, contents: contents(text) } }),
        answer('area', 'TextArea'),
        answer('number', 'Number'),
        answer('radio', 'Radio', { options: [{ ...option('one'), detail_answer: detail }, option('two')] }),
        answer('box', 'Checkbox', { options: [option('one'), option('two')] }),
        answer('drop', 'Dropdown', { placeholder: text, options: [{ label: text, value: 'one' }, { label: text, value: 'two' }] }),
        answer('date', 'Date'),
    ];
    return {
        id, type: 'Question', page_title: text,
        question: {
            id: `${id}-question`, type: 'General', title: text, description: [text, text], instruction: [text], warning: text, answers,
            definition: { title: text, contents: contents(text) }, guidance: { contents: contents(text) },
        },
    };
}

/** A questionnaire with a page for each string; its own texts are the first's. */
function definition(texts) {
    const [first] = texts;
    const blocks = texts.map((text, n) => question(`q${n}`, text));
    const content = { title: first, contents: contents(first) };
    return {
        mime_type: 'application/json/ons/eq', language: 'en', schema_version: '0.0.1', data_version: '0.0.3', survey_id: '900',
        title: first, legal_basis: first, description: first, theme: 'default',
        metadata: ['user_id', 'period_id', 'ru_name'].map((name) => ({ name, type: 'string' })),
        questionnaire_flow: { type: 'Linear', options: { summary: { collapsible: true } } },
        submission: { button: first, guidance: first, title: first, warning: first },
        post_submission: { guidance: { contents: contents(first) }, view_response: true },
        preview_questions: true,
        sections: [
            { id: 'opening', title: first, groups: [{ id: 'start', title: first, blocks: [
                { id: 'introduction', type: 'Introduction', primary_content: [{ id: 'about', ...content }], preview_content: { id: 'preview', title: first, contents: contents(first), questions: [{ question: first, contents: contents(first) }] }, secondary_content: [{ id: 'more', contents: contents(first) }] },
                { id: 'between', type: 'Interstitial', page_title: first, content },
            ] }] },
            { id: 'all', title: first, summary: { show_on_completion: true, title: first, page_title: first }, groups: [{ id: 'group', title: first, blocks }] },
        ],
    };
}

/** What a page must not have, wherever its strings came from. */
function mistakes() {
    const found = [];
    for (const element of document.querySelectorAll('*')) {
        for (const { name, value } of element.attributes) {
            if (name.startsWith('on')) found.push(`${element.tagName} has ${name}`);
            if (name === 'style' && /url\(/.test(value)) found.push(`${element.tagName} loads by style`);
        }
    }
    for (const element of document.querySelectorAll('main script, main iframe, main object, main embed, main style, main form, main img, base, meta[http-equiv]')) {
        found.push(`a ${element.tagName}`);
    }
    for (const link of document.querySelectorAll('a[href]')) if (!/^(https?|mailto|tel):$/.test(link.protocol)) found.push(`a link to ${link.protocol}`);
    if (document.querySelectorAll('main, form, h1').length !== 3) found.push('the frame of the page is broken');
    return found;
}

const folder = await makeFolder();
const names = [];
for (let from = 0; from < list.length; from += A_TIME) {
    const name = `naughty_${names.length}`;
    await folder.add(name, definition(list.slice(from, from + A_TIME)));
    names.push(name);
}
const service = await startRunner(folder);
const browser = await launchChromium();

/** Walks one of them to its end. */
async function walk(name, n) {
    const texts = list.slice(n * A_TIME, (n + 1) * A_TIME);
    await check(`texts of ${name} are inert`, async () => {
        const context = await browser.newContext();
        const page = await context.newPage();
        const wrong = [];
        let where = 'the start';
        const note = (what) => wrong.push(`${where}: ${what}`);
        watch(page, { push: note });
        page.on('dialog', (dialog) => { note(`a dialog says ${dialog.message()}`); dialog.dismiss(); });
        page.on('request', (request) => { if (!request.url().startsWith(service.base) && !request.url().startsWith('data:')) note(`asks ${request.url()}`); });
        await page.addInitScript(() => document.addEventListener('securitypolicyviolation', (event) => console.error(`refused by policy: ${event.violatedDirective}`)));
        const look = async (place, title) => {
            where = place;
            if (!(await page.$('h1'))) note(`no page: ${page.url()}`);
            for (const what of await page.evaluate(mistakes)) note(what);
            // The words are there, as words or as the markup that authors may use.
            if (title !== undefined && !/[<>&]/.test(title)) {
                const shown = await page.evaluate(() => document.body.textContent.replace(/\s+/g, ''));
                if (!shown.includes(title.replace(/\s+/g, ''))) note(`${JSON.stringify(title)} is not shown`);
            }
        };
        const go = async () => {
            const selector = (await page.evaluate(button, 'start')) ?? (await page.evaluate(button, 'continue'));
            if (!selector) throw new Error(`no way on from ${page.url()}`);
            const [answer] = await Promise.all([
                page.waitForNavigation({ waitUntil: 'domcontentloaded', timeout: 60_000 }),
                page.locator(selector).click({ noWaitAfter: true }),
            ]);
            if (answer && answer.status() >= 400) note(`status ${answer.status()}`);
        };
        const data = new URLSearchParams({ questionnaire: name, language: 'en', user_id: 'u', period_id: 'p', ru_name: texts[0] });
        const opened = await page.goto(`${service.base}/demo/launch?${data}`);
        if (opened.status() >= 400) throw new Error(`not launched: ${opened.status()} ${(await page.textContent('main')).slice(0, 300)}`);
        await look('introduction', texts[0]);
        for (let steps = 0; steps < texts.length + 12 && !page.url().includes('/submitted/'); steps++) {
            await go();
            const number = /\/q(\d+)\/$/.exec(new URL(page.url()).pathname)?.[1];
            await look(page.url(), number === undefined ? undefined : texts[Number(number)]);
        }
        if (!page.url().includes('/submitted/')) note(`the end is not reached: ${page.url()}`);
        await page.goto(`${service.base}/submitted/view-response/`);
        await look('view of the response');
        await context.close();
        if (wrong.length) throw new Error([...new Set(wrong)].slice(0, 12).join('\n'));
    });
}

const waiting = [...names.entries()].filter(([, name]) => !wanted.length || wanted.includes(name));
const tab = async () => { for (let next = waiting.shift(); next; next = waiting.shift()) await walk(next[1], next[0]); };
await Promise.all(Array.from({ length: TABS }, tab));
await browser.close();
await service.stop();
await folder.remove();
finish();
