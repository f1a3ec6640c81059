// The warning before a session ends, on a real page of the runner with the clock and the server's word on the
// end of the session in our hands.
import { journeys } from './lib/journey.mjs';
import { launchChromium, watch } from './lib/drivers.mjs';
import { launchAddress } from './lib/launch.mjs';
import { names } from './lib/options.mjs';
import { check, finish } from './lib/report.mjs';

const [journey] = await journeys(names.length ? names : ['first-journey']);
const SESSION = 2_700_000;
const browser = await launchChromium();

/** A question page whose session ends in `left` milliseconds; `asked` lists the calls to the server about it. */
async function open(left) {
    const context = await browser.newContext();
    const page = await context.newPage();
    const mistakes = [];
    watch(page, mistakes);
    await page.clock.install();
    const state = { end: Date.now() + left, asked: [], page, mistakes };
    await page.route('**/session-expiry', async (route) => {
        const method = route.request().method();
        state.asked.push(method);
        if (method === 'PATCH') state.end = (await page.evaluate(() => Date.now())) + SESSION;
        await route.fulfill({ json: { expires_at: new Date(state.end).toISOString() } });
    });
    await page.route('**/questionnaire/**', async (route) => {
        const reply = await route.fetch({ maxRedirects: 0 });
        const ends = `data-server-session-expires-at="${new Date(state.end).toISOString()}"`;
        const body = (await reply.text()).replace(/data-server-session-expires-at="[^"]*"/, ends);
        await route.fulfill({ response: reply, body });
    });
    await page.goto(launchAddress(journey));
    await page.goto(page.url()); // What a redirect leads to is not ours to change; this is.
    state.isOpen = () => page.evaluate(() => document.querySelector('dialog').open);
    state.pass = async (milliseconds) => {
        await page.clock.runFor(milliseconds);
        await new Promise((done) => setTimeout(done, 300));
    };
    state.close = () => context.close();
    return state;
}

async function told(what, left, doing) {
    await check(what, async () => {
        const state = await open(left);
        await doing(state);
        if (state.mistakes.length) throw new Error(state.mistakes.join('\n'));
        await state.close();
    });
}

const must = (holds, why) => {
    if (!holds) throw new Error(why);
};

await told('an end forty days ahead opens no warning', 40 * 86_400_000, async ({ isOpen, pass }) => {
    await pass(2000);
    must(!(await isOpen()), 'it is open');
});
await told('the warning comes a minute before the end, and counts', 120_000, async ({ isOpen, pass, page }) => {
    await pass(50_000);
    must(!(await isOpen()), 'it is open too early');
    await pass(12_000);
    must(await isOpen(), 'it is not open');
    const before = await page.innerText('.ons-js-timeout-timer');
    must(/\d/.test(before), `no time is told: ${before}`);
    await pass(5000);
    must((await page.innerText('.ons-js-timeout-timer')) !== before, 'the time stands still');
    must(await page.evaluate(() => document.activeElement.matches('.ons-js-modal-btn')), 'the button has not the focus');
});
for (const [how, doing] of [['the button', (page) => page.click('.ons-js-modal-btn')], ['Escape', (page) => page.keyboard.press('Escape')]]) {
    await told(`${how} extends the session and shuts the warning`, 70_000, async ({ isOpen, pass, page, asked }) => {
        await pass(12_000);
        must(await isOpen(), 'it is not open');
        await doing(page);
        await pass(100);
        must(!(await isOpen()), 'it is still open');
        must(asked.at(-1) === 'PATCH', `asked ${asked}`);
    });
}
await told('an extension in another tab shuts the warning', 70_000, async (state) => {
    await state.pass(12_000);
    must(await state.isOpen(), 'it is not open');
    state.end += SESSION;
    await state.pass(21_000);
    must(!(await state.isOpen()), 'it is still open');
});
await told('at the end the page leaves', 70_000, async ({ pass, page, asked }) => {
    await pass(12_000);
    await pass(62_000);
    await pass(3000);
    must(page.url().endsWith('/session-expired'), `at ${page.url()}`);
    must(asked.length < 8, `the server was asked ${asked.length} times`);
});
await told('somebody at work keeps the session', 600_000, async ({ pass, page, asked }) => {
    await page.click('h1');
    await pass(62_000);
    must(asked.includes('PATCH'), `asked ${asked}`);
});
await browser.close();
finish();
