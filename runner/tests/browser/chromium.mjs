// Every journey in Chromium, with script, on a desktop: the same lines as the engine walks, by mouse. An error
// of a script, on the console or of the content policy fails the journey.
import { journeys } from './lib/journey.mjs';
import { Mouse, launchChromium, watch } from './lib/drivers.mjs';
import { names } from './lib/options.mjs';
import { check, finish } from './lib/report.mjs';
import { Walk } from './lib/walk.mjs';

const browser = await launchChromium();
for (const journey of await journeys(names)) {
    await check(`${journey.name} in Chromium`, async () => {
        const context = await browser.newContext({ viewport: { width: 1280, height: 900 } });
        try {
            const page = await context.newPage();
            const mistakes = [];
            watch(page, mistakes);
            await new Walk(new Mouse(page), journey).whole();
            if (mistakes.length) throw new Error(mistakes.join('\n'));
        } finally {
            await context.close();
        }
    });
}
await browser.close();
finish();
