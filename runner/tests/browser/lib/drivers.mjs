// What `Walk` drives: Chromium by mouse, Chromium by keyboard, Firefox by mouse.
import { chromium } from 'playwright-core';
import puppeteer from 'puppeteer-core';

export const launchChromium = () => chromium.launch({
    executablePath: '/usr/bin/chromium',
    headless: true,
    args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking',
        '--disable-component-update', '--disable-sync'],
});

export const launchFirefox = () => puppeteer.launch({ browser: 'firefox', executablePath: '/usr/bin/firefox-esr', headless: true });

/**
 * Notes what must not happen on a page: a script's error, an error on the console, a refusal by the content
 * policy. A browser reports the last two on the console alike. The status of a page itself is no mistake, nor is a
 * look-up whose service is not there: lookup.mjs tells what the page makes of that.
 */
export function watch(page, mistakes) {
    page.on('pageerror', (error) => mistakes.push(error.message));
    page.on('console', (message) => {
        const text = message.text();
        const ofPage = /Failed to load resource.*status of (4|5)/.test(text) && message.location?.().url === page.url();
        const ofLookup = /\/(suggestions|address-lookup)\b/.test(message.location?.().url ?? '');
        if (message.type() === 'error' && !ofPage && !ofLookup) mistakes.push(text);
    });
}

/** The label of the field that `selector` names by its id; of anything else, none. */
export function labelOf(selector) {
    return selector.startsWith('#') ? `label[for="${selector.slice(1).replaceAll('\\', '')}"]` : 'label[for=""]';
}

/** Chromium through a mouse: what is clicked of a radio or checkbox is its label, as a person does. */
export class Mouse {
    constructor(page, { scripted = true, name = 'Chromium' } = {}) {
        Object.assign(this, { page, scripted, name });
    }

    url() { return this.page.url(); }

    goto(address) { return this.page.goto(address); }

    run(doing, given) { return this.page.evaluate(doing, given); }

    async click(selector) {
        const label = this.page.locator(labelOf(selector));
        await ((await label.count()) ? label.first() : this.page.locator(selector)).click({ position: { x: 8, y: 8 } });
    }

    type(selector, text) { return this.page.fill(selector, text); }

    select(selector, value) { return this.page.selectOption(selector, value); }

    async submit(selector) {
        const left = this.page.waitForEvent('framenavigated', { timeout: 15_000 });
        await this.page.locator(selector).click();
        await left;
        await this.page.waitForLoadState();
    }
}

/** Chromium through Tab, arrows, Space, Enter and letters: nothing is clicked, nothing is given focus. */
export class Keyboard extends Mouse {
    constructor(page) {
        super(page, { name: 'the keyboard' });
    }

    press(key) { return this.page.keyboard.press(key); }

    /** Tabs until `selector`, or a radio of its group, has the focus. */
    async reach(selector) {
        for (let tabs = 0; tabs < 150; tabs++) {
            const there = await this.page.evaluate((wanted) => {
                const target = document.querySelector(wanted);
                const now = document.activeElement;
                return now === target || (target.type === 'radio' && now.type === 'radio' && now.name === target.name);
            }, selector);
            if (there) return;
            await this.press('Tab');
        }
        throw new Error(`Tab never reaches ${selector}`);
    }

    async click(selector) {
        await this.reach(selector);
        for (let steps = 0; steps < 60; steps++) {
            const on = await this.page.evaluate((wanted) => document.activeElement === document.querySelector(wanted), selector);
            if (on) break;
            await this.press('ArrowDown');
        }
        const checked = await this.page.evaluate((wanted) => document.querySelector(wanted).checked, selector);
        if (!checked) await this.press('Space');
    }

    async type(selector, text) {
        await this.reach(selector);
        await this.press('Control+A');
        await this.press('Delete');
        await this.page.keyboard.type(text);
    }

    async select(selector, value) {
        await this.reach(selector);
        for (let steps = 0; steps < 300; steps++) {
            if ((await this.page.evaluate((wanted) => document.querySelector(wanted).value, selector)) === value) return;
            await this.press('ArrowDown');
        }
        throw new Error(`arrows never reach ${value}`);
    }

    async submit(selector) {
        await this.reach(selector);
        const left = this.page.waitForEvent('framenavigated', { timeout: 15_000 });
        await this.press('Enter');
        await left;
        await this.page.waitForLoadState();
    }
}

/** Firefox through BiDi. */
export class Firefox {
    constructor(page) {
        Object.assign(this, { page, scripted: true, name: 'Firefox' });
    }

    url() { return this.page.url(); }

    goto(address) { return this.page.goto(address); }

    run(doing, given) { return this.page.evaluate(doing, given); }

    async click(selector) {
        const label = await this.page.$(labelOf(selector));
        await (label ?? (await this.page.$(selector))).click({ offset: { x: 8, y: 8 } });
    }

    type(selector, text) { return this.page.type(selector, text); }

    select(selector, value) { return this.page.select(selector, value); }

    async submit(selector) {
        await Promise.all([this.page.waitForNavigation({ timeout: 20_000 }), this.page.click(selector)]);
    }
}
