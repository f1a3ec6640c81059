// Journeys by keyboard alone: Tab reaches every field and button, what has the focus shows it, and the skip
// link leads past the header.
import { journeys } from './lib/journey.mjs';
import { Keyboard, launchChromium } from './lib/drivers.mjs';
import { names } from './lib/options.mjs';
import { check, finish } from './lib/report.mjs';
import { Walk } from './lib/walk.mjs';

/** What has the focus must look different from when it has not. */
async function focusShows(driver) {
    await driver.press('Tab');
    const plain = await driver.run(() => {
        const now = document.activeElement;
        if (now === document.body) return false;
        const look = (each) => {
            const { outlineStyle, outlineWidth, boxShadow, backgroundColor } = getComputedStyle(each);
            return (outlineStyle !== 'none' && parseFloat(outlineWidth) > 0) || boxShadow !== 'none' || backgroundColor !== 'rgba(0, 0, 0, 0)';
        };
        return !look(now) && ![...now.children].some(look);
    });
    if (plain) throw new Error(`nothing shows the focus on ${await driver.run(() => document.activeElement.outerHTML.slice(0, 120))}`);
}

async function skips(driver) {
    const href = await driver.run(() => document.querySelector('.ons-skip-to-content')?.getAttribute('href'));
    if (!href) throw new Error('no skip link');
    await driver.reach('.ons-skip-to-content');
    await driver.press('Enter');
    const inside = await driver.run((id) => document.activeElement === document.querySelector(id), href);
    if (!inside) throw new Error('the skip link does not lead to the main part');
}

const browser = await launchChromium();
for (const journey of await journeys(names)) {
    await check(`${journey.name} by keyboard`, async () => {
        const context = await browser.newContext({ viewport: { width: 1280, height: 900 } });
        try {
            const driver = new Keyboard(await context.newPage());
            let first = true;
            const visit = async () => {
                if (first) await skips(driver);
                first = false;
                await focusShows(driver);
            };
            await new Walk(driver, journey, { visit }).whole();
        } finally {
            await context.close();
        }
    });
}
await browser.close();
finish();
