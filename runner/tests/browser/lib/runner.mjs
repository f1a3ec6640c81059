// Demonstrations of the built runner, each on a free port of its own; and their store, taken away for a while.
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '../../../..');
const target = process.env.CARGO_TARGET_DIR ?? join(root, 'target');

/** What several runners share: a store, keys, and questionnaires beside those of the project. */
export async function makeFolder() {
    const path = await mkdtemp(join(tmpdir(), 'canvass-'));
    await mkdir(join(path, 'questionnaires'));
    return {
        path,
        store: join(path, 'responses.db'),
        /** Adds a questionnaire called `name`; before a runner starts. */
        async add(name, definition) {
            await mkdir(join(path, 'questionnaires', name));
            await writeFile(join(path, 'questionnaires', name, 'en.json'), JSON.stringify(definition));
        },
        remove: () => rm(path, { recursive: true, force: true }),
    };
}

/** Starts one; gives its address and what stops it. */
export async function startRunner(folder, settings = {}) {
    const runner = process.env.RUNNER ?? ['release', 'debug'].map((profile) => join(target, profile, 'runner')).find(existsSync);
    if (!runner) throw new Error('build the runner first, or set RUNNER or BASE');
    const env = {
        ...process.env,
        PORT: '0',
        QUESTIONNAIRES: `${join(root, 'questionnaires')}:${join(folder.path, 'questionnaires')}`,
        STORE: `sqlite:${folder.store}`,
        DEVELOPMENT_KEYS: join(folder.path, 'keys'),
        EQ_SUBMISSION_BACKEND: `folder:${join(folder.path, 'submissions')}`,
        EQ_PUBLISHER_BACKEND: `folder:${join(folder.path, 'submissions/fulfilments')}`,
        ...settings,
    };
    const child = spawn(runner, ['demo'], { stdio: ['ignore', 'pipe', 'inherit'], cwd: root, env });
    const ended = new Promise((done) => { child.on('close', done); });
    const base = await new Promise((found, lost) => {
        let said = '';
        child.stdout.on('data', (bytes) => {
            said = (said + bytes).slice(-4000);
            const at = /is at (http:\/\/[\d.]+:\d+)/.exec(said);
            if (at) found(at[1]);
        });
        ended.then(() => lost(new Error(`the runner ended: ${said}`)));
    });
    return {
        base,
        async stop() {
            child.kill('SIGTERM');
            await ended;
        },
    };
}

/** Holds SQLite's one lock for writing, so that nothing can be saved, until what it gives is called. */
export async function takeStoreAway(folder) {
    const holding = `import sqlite3, sys
held = sqlite3.connect(sys.argv[1], isolation_level=None, timeout=10)
held.execute("BEGIN EXCLUSIVE")
print("held", flush=True)
sys.stdin.read()`;
    const child = spawn('python3', ['-c', holding, folder.store], { stdio: ['pipe', 'pipe', 'inherit'] });
    await new Promise((done, lost) => {
        child.stdout.once('data', done);
        child.once('close', () => lost(new Error('the store is not to be had')));
    });
    return async () => {
        const ended = new Promise((done) => { child.once('close', done); });
        child.stdin.end();
        await ended;
    };
}
