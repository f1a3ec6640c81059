// Every journey without script on the narrowest phone: it works, and nothing must be scrolled sideways.
import { journeys } from './lib/journey.mjs';
import { Mouse, launchChromium } from './lib/drivers.mjs';
import { names } from './lib/options.mjs';
import { check, finish } from './lib/report.mjs';
import { Walk } from './lib/walk.mjs';

async function fits(driver, where) {
    const over = await driver.run(() => document.documentElement.scrollWidth - window.innerWidth);
    if (over > 0) throw new Error(`${where} is ${over} pixels too wide`);
    const hidden = await driver.run(() =>
        [...document.querySelectorAll('.ons-header a')].some((link) => link.getClientRects().length) || !document.querySelector('.ons-header a'));
    if (!hidden) throw new Error(`${where}: the header's links cannot be reached`);
}

const browser = await launchChromium();
for (const journey of await journeys(names)) {
    await check(`${journey.name} without script, 320 px`, async () => {
        const context = await browser.newContext({ javaScriptEnabled: false, viewport: { width: 320, height: 640 } });
        try {
            const driver = new Mouse(await context.newPage(), { scripted: false, name: 'no script' });
            await new Walk(driver, journey, { visit: fits }).whole();
        } finally {
            await context.close();
        }
    });
}
await browser.close();
finish();
