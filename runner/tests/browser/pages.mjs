// Every kind of page once, met on the journeys: axe with script and with the script blocked, the Nu HTML
// checker over all of them, no sideways scroll on a phone, and pictures of each (`output/`) to look at.
import { execFile } from 'node:child_process';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { journeys } from './lib/journey.mjs';
import { Mouse, launchChromium } from './lib/drivers.mjs';
import { base, names, output } from './lib/options.mjs';
import { check, fail, finish, pass } from './lib/report.mjs';
import { Walk } from './lib/walk.mjs';

const require = createRequire(import.meta.url);
const axe = await readFile(require.resolve('axe-core/axe.min.js'), 'utf8');
const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
const LOOKS = { desktop: { width: 1280, height: 900 }, phone: { width: 360, height: 740 } };

await rm(output, { recursive: true, force: true });
await mkdir(output, { recursive: true });
const browser = await launchChromium();
const met = new Map(); // kind → name

/** Two pages are of one kind when their main parts are made of the same classes. */
async function kind(page) {
    return page.evaluate(() => {
        const classes = new Set([...document.querySelectorAll('body, body *')].flatMap((each) => [...each.classList]));
        const types = new Set([...document.querySelectorAll('main input')].map((each) => each.type));
        return [...classes, ...types].sort().join(' ');
    });
}

async function audit(page) {
    await page.evaluate(axe);
    const { violations } = await page.evaluate((values) => window.axe.run(document, { runOnly: { type: 'tag', values } }), TAGS);
    return violations.map(({ id, help, nodes }) => `${id}: ${help}\n  ${nodes.map((node) => node.html.slice(0, 160)).join('\n  ')}`);
}

/** Looks at one page as it was sent, in contexts of its own so that the journey is not disturbed. */
async function examine(name, address, reply, cookies) {
    const html = await reply.text();
    await writeFile(join(output, `${name}.html`), html);
    for (const scripted of [true, false]) {
        for (const [look, viewport] of Object.entries(LOOKS)) {
            const context = await browser.newContext({ viewport });
            await context.addCookies(cookies);
            const page = await context.newPage();
            await page.route(address, (route) => (route.request().resourceType() === 'document'
                ? route.fulfill({ status: 200, headers: reply.headers(), body: html })
                : route.continue()));
            // Script stays on, for axe needs it; its files do not come.
            if (!scripted) await page.route('**/*.js', (route) => route.abort());
            await page.goto(address);
            await page.evaluate(() => document.fonts.ready.then(() => true));
            const how = `${name}, ${look}${scripted ? '' : ', script blocked'}`;
            await check(`axe finds nothing: ${how}`, async () => {
                const found = await audit(page);
                if (found.length) throw new Error(found.join('\n'));
            });
            await check(`nothing is too wide: ${how}`, async () => {
                const over = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
                if (over > 0) throw new Error(`${over} pixels`);
            });
            await page.screenshot({ path: join(output, `${name}-${look}${scripted ? '' : '-no-script'}.png`), fullPage: true });
            await context.close();
        }
    }
}

async function meet(page, reply, where) {
    const signature = await kind(page);
    if (met.has(signature)) return;
    const name = `${String(met.size + 1).padStart(3, '0')}-${where.replace(/[^a-z0-9]+/gi, '-').slice(0, 60)}`;
    met.set(signature, name);
    await examine(name, page.url(), reply, await page.context().cookies());
}

for (const journey of await journeys(names)) {
    const context = await browser.newContext({ viewport: LOOKS.desktop });
    const page = await context.newPage();
    let reply = null;
    page.on('response', (each) => {
        if (each.request().isNavigationRequest() && each.frame() === page.mainFrame() && each.status() !== 302) reply = each;
    });
    const visit = (_, where) => meet(page, reply, `${journey.name} ${where}`);
    await new Walk(new Mouse(page), journey, { visit }).whole().catch((error) => fail(`${journey.name} walked for its pages`, error));
    await context.close();
}

// Pages that no journey leads to.
for (const path of ['/', '/session-expired', '/signed-out', '/questionnaire/', '/questionnaire/nowhere/', '/nowhere', '/session?token=wrong']) {
    const context = await browser.newContext({ viewport: LOOKS.desktop });
    const page = await context.newPage();
    const reply = await page.goto(base + path);
    if (/html/.test(reply.headers()['content-type'] ?? '')) await meet(page, reply, `page ${path}`);
    await context.close();
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
