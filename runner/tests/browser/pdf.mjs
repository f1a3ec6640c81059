// The PDF of a page, as a person gets it: by its link, saved under the survey's name; and where none can be made, a
// page that says so, offers it again and leads back.
import { readFile } from 'node:fs/promises';
import { launchChromium, watch } from './lib/drivers.mjs';
import { journeys } from './lib/journey.mjs';
import { launchAddress } from './lib/launch.mjs';
import { check, finish } from './lib/report.mjs';
import { makeFolder, startRunner } from './lib/runner.mjs';

const [journey] = await journeys(['introduction']);
const browser = await launchChromium();

/** The preview of a questionnaire, in this language. */
async function preview(language, at) {
    const context = await browser.newContext({ acceptDownloads: true });
    const page = await context.newPage();
    await page.goto(launchAddress(journey, { language }, at));
    await page.goto(new URL('/questionnaire/preview', page.url()).href);
    return { context, page };
}

for (const language of ['en', 'cy']) {
    await check(`the link saves a PDF under the survey's name, ${language}`, async () => {
        const { context, page } = await preview(language);
        const mistakes = [];
        watch(page, mistakes);
        const saving = page.waitForEvent('download');
        await page.click('[data-qa="btn-pdf"]');
        const saved = await saving;
        if (!/^[a-z0-9-]+-\d{4}-\d\d-\d\d\.pdf$/.test(saved.suggestedFilename())) throw new Error(saved.suggestedFilename());
        const bytes = await readFile(await saved.path());
        if (!bytes.subarray(0, 5).equals(Buffer.from('%PDF-'))) throw new Error('it is no PDF');
        if (!bytes.includes(`/Lang(${language})`)) throw new Error(`it is not in ${language}`);
        if (mistakes.length) throw new Error(mistakes.join('\n'));
        await context.close();
    });
}

const folder = await makeFolder();
const { base, stop } = await startRunner(folder, { PDF_WORKER: '/nowhere/pdf' });
for (const [language, said] of [['en', 'cannot be made just now'], ['cy', 'ni ellir creu']]) {
    await check(`without one, a page says so and leads back, ${language}`, async () => {
        const { context, page } = await preview(language, base);
        await page.click('[data-qa="btn-pdf"]');
        await page.waitForSelector('[data-at="no-pdf"]');
        const heading = await page.textContent('h1');
        if (!heading.includes(said)) throw new Error(heading);
        await page.click('[data-qa="btn-retry"]');
        await page.waitForSelector('[data-at="no-pdf"]');
        await page.click('main p:not(:has([data-qa="btn-retry"])) a[href="/questionnaire/preview"]');
        await page.waitForSelector('[data-at="preview"]');
        await context.close();
    });
}
await stop();
await folder.remove();
await browser.close();
finish();
