// A demo of the built runner, on a port of its own, for scripts that need settings of their own.
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '../../../..');

/** Starts one with these settings in this folder: its address, and how to stop it. */
export async function runner(settings, folder) {
    const target = process.env.CARGO_TARGET_DIR ?? join(root, 'target');
    const program = ['debug', 'release'].map((profile) => join(target, profile, 'runner')).find(existsSync);
    if (!program) throw new Error('build the runner first');
    const child = spawn(program, ['demo'], { cwd: folder, env: { ...process.env, PORT: '0', ...settings }, stdio: ['ignore', 'pipe', 'inherit'] });
    for await (const line of createInterface({ input: child.stdout })) {
        const base = /(http:\/\/\S+?)\/?$/.exec(line)?.[1];
        if (base) return { base, stop: () => child.kill('SIGTERM') };
    }
    throw new Error('the runner ended at once');
}
