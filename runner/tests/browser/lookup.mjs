// Suggestions and address lookup: both help while they answer, and when they do not, the field is the plain
// input that it is without script.
import { journeys } from './lib/journey.mjs';
import { Mouse, launchChromium } from './lib/drivers.mjs';
import { launchAddress } from './lib/launch.mjs';
import { check, finish } from './lib/report.mjs';
import { Walk } from './lib/walk.mjs';

const LIST = [{ en: 'United Kingdom', cy: 'Y Deyrnas Unedig', tags: ['UK'] }, { en: 'United States' }, { en: 'France <b>', url: 'https://example.org' }];
const browser = await launchChromium();

const must = (holds, why) => {
    if (!holds) throw new Error(why);
};

/** The first page of a feature that shows `selector`, with `path` answered by `reply`. */
async function open(feature, path, reply, selector) {
    const [journey] = await journeys([feature]);
    const context = await browser.newContext({ viewport: { width: 1280, height: 900 } });
    const page = await context.newPage();
    await page.route(path, reply);
    let found = false;
    const here = async (driver) => {
        found = await driver.run((wanted) => Boolean(document.querySelector(wanted)), selector);
        if (found) throw new Error('this far, and no further');
    };
    try {
        await new Walk(new Mouse(page), journey, { visit: here }).whole();
    } catch (error) {
        if (!found) throw error;
        await page.waitForTimeout(300);
        return { page, context };
    }
    throw new Error(`${feature} has no page with ${selector} at ${launchAddress(journey)}`);
}

const FIELD = '.ons-js-autosuggest-input';

await check('suggestions are offered, chosen by keys, and written into the field', async () => {
    const { page, context } = await open('answer-suggestions', /\/suggestions\?/, (route) => route.fulfill({ json: LIST }), FIELD);
    await page.type(FIELD, 'unite', { delay: 30 });
    await page.waitForSelector('.ons-autosuggest__option');
    must((await page.$$('.ons-autosuggest__option')).length === 2, 'not the two that match');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    must(/United/.test(await page.inputValue(FIELD)), 'nothing was written');
    await context.close();
});

for (const [how, reply] of [
    ['does not answer', (route) => route.abort()],
    ['answers with an error', (route) => route.fulfill({ status: 502, body: 'away' })],
    ['answers with something else', (route) => route.fulfill({ json: { sorry: true } })],
]) {
    await check(`a list that ${how} leaves a plain input`, async () => {
        const { page, context } = await open('answer-suggestions', /\/suggestions\?/, reply, FIELD);
        await page.type(FIELD, 'unite', { delay: 30 });
        await page.waitForTimeout(300);
        must((await page.inputValue(FIELD)) === 'unite', 'what was typed is gone');
        must(!(await page.isDisabled(FIELD)), 'it is disabled');
        must((await page.getAttribute(FIELD, 'role')) === null, 'it says it is a combobox');
        await context.close();
    });
    await check(`an address lookup that ${how} leaves lines to type in`, async () => {
        const { page, context } = await open('answer-address-lookup', '**/address-lookup/**', reply, '.ons-js-address-autosuggest');
        must(await page.isVisible('.ons-js-address-line1'), 'there is no line to type in');
        await page.fill('.ons-js-address-line1', '9 Bryn Road');
        await context.close();
    });
}
await check('an address is found, chosen, and its lines are filled', async () => {
    const found = { uprn: '100', formattedAddress: '9 Bryn Road, Lampeter, SA48 7EE', addressType: 'PAF' };
    const reply = (route) => {
        const one = /\/uprn\//.test(route.request().url());
        const address = { ...found, addressLine1: '9 Bryn Road', addressLine2: '', addressLine3: '', townName: 'Lampeter', postcode: 'SA48 7EE' };
        return route.fulfill({ json: { status: { code: 200 }, response: one ? { address } : { addresses: [found], total: 1, limit: 10 } } });
    };
    const { page, context } = await open('answer-address-lookup', '**/address-lookup/**', reply, '.ons-js-address-autosuggest');
    await page.type(FIELD, '9 Bryn', { delay: 30 });
    await page.waitForSelector('.ons-autosuggest__option');
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await page.waitForSelector('.ons-js-address-line1', { state: 'visible' });
    must((await page.inputValue('.ons-js-address-town')) === 'Lampeter', 'the town is not filled');
    must((await page.inputValue('.ons-js-hidden-uprn')) === '100', 'the number of the property is not filled');
    await context.close();
});
await browser.close();
finish();
