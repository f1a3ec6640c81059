// Journeys in Firefox.
import { journeys } from './lib/journey.mjs';
import { Firefox, launchFirefox, watch } from './lib/drivers.mjs';
import { names } from './lib/options.mjs';
import { check, finish } from './lib/report.mjs';
import { Walk } from './lib/walk.mjs';

const browser = await launchFirefox();
for (const journey of await journeys(names)) {
    await check(`${journey.name} in Firefox`, async () => {
        const context = await browser.createBrowserContext();
        try {
            const page = await context.newPage();
            const mistakes = [];
            watch(page, mistakes);
            await new Walk(new Firefox(page), journey).whole();
            if (mistakes.length) throw new Error(mistakes.join('\n'));
        } finally {
            await context.close();
        }
    });
}
await browser.close();
finish();
