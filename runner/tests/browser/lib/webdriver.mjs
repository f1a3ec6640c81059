// WebKitGTK through WebKitWebDriver under a virtual screen: the few W3C WebDriver commands that a walk needs.
import { spawn } from 'node:child_process';
import { labelOf } from './drivers.mjs';

const PORT = 4455;
const BROWSER = '/usr/lib/x86_64-linux-gnu/webkit2gtk-4.1/MiniBrowser';
const ELEMENT = 'element-6066-11e4-a52e-4f735466cecf';
const pause = (milliseconds) => new Promise((done) => setTimeout(done, milliseconds));

async function command(method, path, body) {
    const reply = await fetch(`http://127.0.0.1:${PORT}${path}`, { method, body: body && JSON.stringify(body) });
    const { value } = await reply.json();
    if (!reply.ok) throw new Error(`${value.error}: ${value.message}`);
    return value;
}

export class WebKit {
    scripted = true;
    name = 'WebKit';

    /** Starts the screen, the driver and a browser window. */
    static async start() {
        const driver = new WebKit();
        driver.process = spawn('xvfb-run', ['-a', 'WebKitWebDriver', `--port=${PORT}`], { stdio: 'ignore', detached: true });
        const alwaysMatch = { 'webkitgtk:browserOptions': { binary: BROWSER, args: ['--automation'] } };
        for (let tries = 0; ; tries++) {
            try {
                driver.session = `/session/${(await command('POST', '/session', { capabilities: { alwaysMatch } })).sessionId}`;
                return driver;
            } catch (error) {
                if (tries > 60) throw error;
                await pause(500);
            }
        }
    }

    async stop() {
        await command('DELETE', this.session).catch(() => {});
        process.kill(-this.process.pid);
    }

    send(method, path, body) { return command(method, this.session + path, body); }

    url() { return this.send('GET', '/url'); }

    goto(address) { return this.send('POST', '/url', { url: address }); }

    run(doing, given) {
        return this.send('POST', '/execute/sync', { script: `return (${doing})(arguments[0])`, args: [given ?? null] });
    }

    async find(selector) {
        return (await this.send('POST', '/element', { using: 'css selector', value: selector }))[ELEMENT];
    }

    async click(selector) {
        const element = await this.find(labelOf(selector)).catch(() => this.find(selector));
        await this.send('POST', `/element/${element}/click`, {});
    }

    async type(selector, text) {
        await this.send('POST', `/element/${await this.find(selector)}/value`, { text });
    }

    async select(selector, value) {
        await this.send('POST', `/element/${await this.find(`${selector} option[value="${quoted(value)}"]`)}/click`, {});
    }

    async submit(selector) {
        await this.run(() => { window.leaving = true; });
        await this.send('POST', `/element/${await this.find(selector)}/click`, {});
        for (let tries = 0; tries < 150; tries++) {
            await pause(100);
            const arrived = await this.run(() => !window.leaving && document.readyState === 'complete').catch(() => false);
            if (arrived) return;
        }
        throw new Error('the page did not change');
    }
}

function quoted(text) {
    return text.replace(/["\\]/g, '\\$&');
}
