// `BASE=http://127.0.0.1:5000 node SCRIPT [JOURNEY …]`: a running runner in demo mode, and what to walk.
export const base = (process.env.BASE ?? 'http://127.0.0.1:5000').replace(/\/$/, '');
export const names = process.argv.slice(2);

/** Where saved pages and pictures go; git ignores it. */
export const output = process.env.OUTPUT ?? new URL('../output/', import.meta.url).pathname;
