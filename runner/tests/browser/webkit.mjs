// Journeys in WebKit, the engine of Safari.
import { journeys } from './lib/journey.mjs';
import { names } from './lib/options.mjs';
import { check, finish } from './lib/report.mjs';
import { Walk } from './lib/walk.mjs';
import { WebKit } from './lib/webdriver.mjs';

for (const journey of await journeys(names)) {
    await check(`${journey.name} in WebKit`, async () => {
        const driver = await WebKit.start(); // A session of its own: no cookies of another journey.
        try {
            await new Walk(driver, journey).whole();
        } finally {
            await driver.stop();
        }
    });
}
finish();
