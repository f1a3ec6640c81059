// Every kind of page under what happens to it in the world: left and come back to, reloaded, open in two tabs,
// its session over, its store away. templates/tests/conditions.rs says which cell of its table each of these fills.
import { launchChromium, Mouse } from './lib/drivers.mjs';
import { journeys } from './lib/journey.mjs';
import { check, finish } from './lib/report.mjs';
import { makeFolder, startRunner, takeStoreAway } from './lib/runner.mjs';

const folder = await makeFolder();
const service = await startRunner(folder, { STORE_TIMEOUT_MILLISECONDS: '500' });
// Shares store and keys with the other; sessions launched here are over at once.
const brief = await startRunner(folder, { EQ_SESSION_TIMEOUT_SECONDS: '1' });
process.env.BASE = service.base;
const { Walk } = await import('./lib/walk.mjs');
const { launchAddress } = await import('./lib/launch.mjs');

/** [kind of page as the table calls it, journey, where in it]. */
const KINDS = [
    ['question', 'first-journey', 'visits'],
    ['submit', 'first-journey', 'submit'],
    ['introduction', 'introduction', 'introduction'],
    ['preview', 'introduction', 'preview'],
    ['content', 'interstitial', 'about'],
    ['calculated-summary', 'calculated-summary', 'total'],
    ['grand-calculated', 'grand-calculated-summary', 'crops-total'],
    ['section-summary', 'section-summary', 'section home'],
    ['hub', 'hub', 'hub'],
    ['list-collector', 'list-collector', 'boats'],
    ['relationship', 'relationships', 'relationships item 1'],
    ['individual', 'individual-response', 'individual how item 2'],
    ['individual-begin', 'individual-response', 'individual'],
    ['individual-sent', 'individual-response', 'individual texted'],
    ['thank-you', 'thank-you', 'thank-you'],
    ['submitted', 'thank-you', 'view-response'],
];
const PUBLIC = [['cookies', '/cookies'], ['privacy', '/privacy'], ['accessibility', '/accessibility'], ['not-found', '/nowhere'],
    ['sign-in', '/questionnaire/'], ['forbidden', '/session?token=wrong'], ['demo', '/']];

const must = (holds, why) => {
    if (!holds) throw new Error(why);
};
/** What a page shows and holds, without what may differ between two views of one page. */
const look = (page) => page.evaluate(() => {
    const fields = [...document.querySelectorAll('main input:not([type=hidden]), main textarea, main select')];
    const held = fields.map((each) => (/radio|checkbox/.test(each.type) ? each.checked : each.value));
    return JSON.stringify([location.pathname, document.querySelector('main').innerText, held]);
});
const at = (page) => page.evaluate(() => document.querySelector('main').dataset.at);
const browser = await launchChromium();
const seconds = (many) => new Promise((done) => { setTimeout(done, many * 1000); });

async function comesBack(page, elsewhere) {
    const before = await look(page);
    await page.goto(elsewhere);
    await page.goBack();
    must((await look(page)) === before, `it shows ${await look(page)}\nnot ${before}`);
}

async function reloads(page) {
    const before = await look(page);
    const reply = await page.reload();
    must((await look(page)) === before, `${reply.status()}: it shows ${await look(page)}\nnot ${before}`);
}

/** The same page in a second tab; the walk that goes on in the first tells that nothing was spoilt. */
async function opensTwice(page) {
    const second = await page.context().newPage();
    await second.goto(page.url());
    must((await look(second)) === (await look(page)), `the second tab shows ${await look(second)}`);
    await second.close();
}

/** The address with a session of the same response that is over. */
async function isGuarded(page, over) {
    const context = await browser.newContext();
    await context.addCookies(over);
    const late = await context.newPage();
    const reply = await late.goto(page.url());
    must(reply.status() === 401 && (await at(late)) === 'sign-in', `${reply.status()}, at ${await at(late)}`);
    must(await late.locator('main a[href]').count(), 'no link leads on');
    await context.close();
}

/** Cookies of a second session of `response`, over by now. */
async function sessionThatIsOver(journey, response) {
    const context = await browser.newContext();
    const page = await context.newPage();
    await page.goto(launchAddress(journey, { response_id: response }, brief.base));
    // A page whose session ends goes to another by itself, and Chromium, told to close it just then, may never answer.
    await page.goto('about:blank');
    await seconds(1.2);
    const cookies = await context.cookies();
    await context.close();
    return cookies;
}

/** Nothing can be saved: the page is still there, and says nothing of it until something is to be saved. */
async function standsWithoutStore(page) {
    const before = await look(page);
    const giveBack = await takeStoreAway(folder);
    try {
        await page.reload();
        must((await look(page)) === before, `it shows ${await look(page)}`);
    } finally {
        await giveBack();
    }
}

const chosen = process.argv.slice(2);
for (const name of new Set(KINDS.map(([, journey]) => journey))) {
    if (chosen.length && !chosen.includes(name)) continue;
    const [journey] = await journeys([name]);
    const wanted = new Map(KINDS.filter(([, of]) => of === name).map(([kind, , where]) => [where, kind]));
    const context = await browser.newContext({ viewport: { width: 390, height: 800 } });
    const page = await context.newPage();
    const response = `conditions-${name}-${process.pid}`;
    let over = null;
    const visit = async (_, where) => {
        over ??= await sessionThatIsOver(journey, response);
        const kind = wanted.get(where);
        if (!kind) return;
        wanted.delete(where);
        await check(`${kind}: shows the same after going elsewhere and back`, () => comesBack(page, `${service.base}/cookies`));
        await check(`${kind}: shows the same when reloaded`, () => reloads(page));
        await check(`${kind}: opens in two tabs, and both go on`, () => opensTwice(page));
        await check(`${kind}: an expired session leads to the sign-in page`, () => isGuarded(page, over));
        await check(`${kind}: is shown while nothing can be saved`, () => standsWithoutStore(page));
    };
    await check(`${name} goes on to its end all the while`, async () => {
        await new Walk(new Mouse(page), journey, { visit, launch: { response_id: response } }).whole();
        must(!wanted.size, `never at ${[...wanted.keys()]}`);
    });
    await context.close();
}

if (!chosen.length) {
    for (const [kind, path] of PUBLIC) {
        const context = await browser.newContext();
        const page = await context.newPage();
        await page.goto(service.base + path);
        await check(`${kind}: shows the same after going elsewhere and back`, () => comesBack(page, `${service.base}/status`.replace('status', kind === 'cookies' ? 'privacy' : 'cookies')));
        await check(`${kind}: shows the same when reloaded`, () => reloads(page));
        await check(`${kind}: is shown while nothing can be saved`, () => standsWithoutStore(page));
        await context.close();
    }
}

/** The first question of a new response, in a tab. */
async function begin(response) {
    const [journey] = await journeys(['first-journey']);
    const context = await browser.newContext();
    const page = await context.newPage();
    await page.goto(launchAddress(journey, { response_id: `${response}-${process.pid}` }));
    return { journey, context, page, response: `${response}-${process.pid}` };
}
const NAME = '#name-answer';
const SAVE = '[data-qa="btn-submit"]';

await check('an answer given too late leads to sign-in, and what was saved stays', async () => {
    const { journey, context, page, response } = await begin('late');
    await page.fill(NAME, 'Tomos');
    await page.click(SAVE);
    const question = page.url();
    await page.click('input[type=radio] >> nth=0');
    await context.addCookies(await sessionThatIsOver(journey, response));
    await page.click(SAVE);
    must((await at(page)) === 'sign-in', `at ${await at(page)}`);
    await page.goto(launchAddress(journey, { response_id: response }));
    must(new URL(page.url()).pathname === new URL(question).pathname, `at ${page.url()}, not ${question}`);
    await page.goto(`${service.base}/questionnaire/name/`);
    must((await page.inputValue(NAME)) === 'Tomos', 'the first answer is gone');
    await context.close();
});
await check('what cannot be saved is said, kept on the page, and saved by one press when the store is back', async () => {
    const { context, page } = await begin('away');
    await page.fill(NAME, 'Siân “B” <b>');
    const giveBack = await takeStoreAway(folder);
    try {
        const reply = page.waitForResponse((each) => each.request().method() === 'POST');
        await page.click(SAVE);
        must((await reply).status() === 503, `${(await reply).status()}`);
        await page.waitForSelector('[data-qa="btn-retry"]', { timeout: 15_000 });
    } finally {
        await giveBack();
    }
    await page.click('[data-qa="btn-retry"]');
    await page.waitForURL(/came-before/);
    await page.goto(`${service.base}/questionnaire/name/`);
    must((await page.inputValue(NAME)) === 'Siân “B” <b>', `it holds ${await page.inputValue(NAME)}`);
    await context.close();
});
await check('two tabs that answer one question: the later one is told, and shown both answers', async () => {
    const { context, page } = await begin('tabs');
    const second = await context.newPage();
    await second.goto(page.url());
    await page.fill(NAME, 'First');
    await page.click(SAVE);
    await page.waitForURL(/came-before/);
    await second.fill(NAME, 'Second');
    await second.click(SAVE);
    await second.waitForSelector('#overtaken');
    must(/First/.test(await second.innerText('#overtaken')), 'what is saved is not shown');
    must((await second.inputValue(NAME)) === 'Second', 'what was typed is not kept');
    await second.click(SAVE);
    await second.waitForURL(/came-before/);
    await second.goto(`${service.base}/questionnaire/name/`);
    must((await second.inputValue(NAME)) === 'Second', 'the second is not saved by saving again');
    await context.close();
});
await check('an error page reloaded posts the same again, and shows the same errors', async () => {
    const { context, page } = await begin('again');
    await page.fill(NAME, '');
    await page.click(SAVE);
    await page.waitForSelector('.ons-panel--error');
    await reloads(page);
    await context.close();
});
await check('back from the thank-you page: what was submitted is closed', async () => {
    const { context, page } = await begin('closed');
    const [journey] = await journeys(['first-journey']);
    await new Walk(new Mouse(page), journey).whole();
    await page.goBack();
    must(!(await page.locator(SAVE).count()), `at ${page.url()}, and open`);
    must(await page.locator('main a[href]').count(), 'no link leads on');
    await context.close();
});

await browser.close();
await brief.stop();
await service.stop();
await folder.remove();
finish();
