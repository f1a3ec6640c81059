// What a visit weighs, as Chromium counts it, headers included: the first question of a new respondent, and
// each further one. Pages that the runner sends uncompressed are counted as an edge would send them. On a slow
// phone no page may jump while it opens.
import { brotliCompressSync, constants } from 'node:zlib';
import { journeys } from './lib/journey.mjs';
import { Mouse, launchChromium } from './lib/drivers.mjs';
import { names } from './lib/options.mjs';
import { check, finish } from './lib/report.mjs';
import { Walk } from './lib/walk.mjs';

const BUDGET = { first: 75_000, further: 6_000, firstRequests: 7, furtherRequests: 1 };
const compressed = (text) => brotliCompressSync(text, { params: { [constants.BROTLI_PARAM_QUALITY]: 4 } }).length;

const [journey] = await journeys(names.length ? names : ['first-journey']);
const browser = await launchChromium();
const context = await browser.newContext({ viewport: { width: 360, height: 740 } });
const page = await context.newPage();
const network = await context.newCDPSession(page);
await network.send('Network.enable');
await network.send('Emulation.setCPUThrottlingRate', { rate: 4 });
await page.addInitScript(() => {
    window.shifted = 0;
    new PerformanceObserver((list) => {
        for (const { value, hadRecentInput } of list.getEntries()) if (!hadRecentInput) window.shifted += value;
    }).observe({ type: 'layout-shift', buffered: true });
});
let requests = [];
network.on('Network.responseReceived', ({ requestId, type, response }) => {
    requests.push({ requestId, type, cached: response.fromDiskCache, encoded: Boolean(response.headers['content-encoding']), url: response.url });
});
network.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => {
    const request = requests.find((each) => each.requestId === requestId);
    if (request) request.bytes = encodedDataLength;
});

/** The bytes and requests since the last call; cached ones cost nothing. */
async function weigh() {
    await page.waitForLoadState('networkidle');
    const sent = requests.filter((each) => !each.cached && each.bytes);
    requests = [];
    let bytes = 0;
    for (const each of sent) {
        bytes += each.bytes;
        if (each.type === 'Document' && !each.encoded) {
            const { body } = await network.send('Network.getResponseBody', { requestId: each.requestId });
            bytes += compressed(body) - Buffer.byteLength(body);
        }
    }
    return { bytes, requests: sent.filter((each) => each.type !== 'Preflight') };
}

let first = true;
async function visit(driver, where) {
    const { bytes, requests: sent } = await weigh();
    if (!sent.length) return;
    console.log(`${String(bytes).padStart(7)} bytes, ${sent.length} requests: ${first ? 'first visit, ' : ''}${where}`);
    const [most, count] = first ? [BUDGET.first, BUDGET.firstRequests] : [BUDGET.further, BUDGET.furtherRequests];
    first = false;
    await check(`${where} weighs at most ${most} bytes`, () => {
        if (bytes > most) throw new Error(`${bytes}: ${sent.map((each) => `${each.url} ${each.bytes}`).join('\n')}`);
    });
    await check(`${where} does not jump`, async () => {
        const shifted = await page.evaluate(() => window.shifted);
        if (shifted > 0.05) throw new Error(`layout shift of ${shifted.toFixed(3)}`);
    });
    await check(`${where} asks at most ${count} times`, () => {
        if (sent.length > count) throw new Error(sent.map((each) => each.url).join('\n'));
    });
}

await check(`${journey.name} weighed`, () => new Walk(new Mouse(page), journey, { visit }).whole());
await browser.close();
finish();
