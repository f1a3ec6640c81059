// The marks of spec/07 §1 as one sprite. They are simple drawings of ours that name the organisation: no
// organisation's own logo is here. A page shows one by `<use href="…/logos.svg#ID">` in an svg of its width
// and height 40, and names it in a `<title>` whose id is the one of spec/07 §1.1.

/** id → what it says, in lines; `-mobile` and `-stacked` are drawn 160 wide, the others 240. */
const marks = {
    canvass: ['Canvass'],
    'canvass-mobile': ['Canvass'],
    ons: ['Office for', 'National Statistics'],
    'ons-mobile': ['Office for National', 'Statistics'],
    'ons-cy': ['Swyddfa', 'Ystadegau Gwladol'],
    'ons-cy-mobile': ['Swyddfa Ystadegau', 'Gwladol'],
    'ons-stacked': ['Office for National', 'Statistics'],
    'ons-stacked-cy': ['Swyddfa Ystadegau', 'Gwladol'],
    'finance-ni': ['Department of', 'Finance NI'],
    'finance-ni-mobile': ['Department of', 'Finance NI'],
    'finance-ni-stacked': ['Department of', 'Finance NI'],
    'dbt-stacked': ['Department for', 'Business & Trade'],
    'dsit-stacked': ['Science, Innovation', '& Technology'],
    'desnz-stacked': ['Energy Security', '& Net Zero'],
    orr: ['Office of', 'Rail and Road'],
    'orr-mobile': ['Office of', 'Rail and Road'],
    'ukhsa-stacked': ['UK Health', 'Security Agency'],
    nhs: ['NHS'],
};

/** Small pictures inside text, drawn in the colour of the text. */
const icons = `
<symbol id="chevron" viewBox="0 0 8 13"><path d="M1.5 1.5l5 5-5 5" fill="none" stroke="currentColor" stroke-width="2"/></symbol>
<symbol id="check" viewBox="0 0 13 10"><path d="M1 5l3.7 3.7L12 1.3" fill="none" stroke="currentColor" stroke-width="2"/></symbol>
<symbol id="exit" viewBox="0 0 12 12"><path d="M7 1H1v10h6M4 6h7M8.5 3.5L11 6 8.5 8.5" fill="none" stroke="currentColor" stroke-width="1.5"/></symbol>
<symbol id="print" viewBox="0 0 16 16"><path d="M4 5V1h8v4M4 11H1V5h14v6h-3M4 9h8v6H4z" fill="none" stroke="currentColor" stroke-width="1.5"/></symbol>
<symbol id="download" viewBox="0 0 12 16"><path d="M6 1v9M2.5 7L6 10.5 9.5 7M1 15h10" fill="none" stroke="currentColor" stroke-width="1.5"/></symbol>
<symbol id="crest" viewBox="0 0 60 60"><path d="M10 10h40v22c0 10-9 16-20 20-11-4-20-10-20-20zM18 18h24M18 26h24M22 34h16" fill="none" stroke="currentColor" stroke-width="2"/></symbol>`;

/** A page with a tick: the Canvass mark, 40 by 40. */
const page = `<path d="M6 4h20l8 8v24H6z" fill="currentColor"/><path d="M26 4v8h8" fill="none" stroke="#fff" stroke-width="2"/><path d="M12 22l6 6 11-12" fill="none" stroke="#fff" stroke-width="3.5"/>`;

const escaped = (text) => text.replace('&', '&amp;');

function symbol([id, lines]) {
    const narrow = /-(mobile|stacked)/.test(id);
    const own = id.startsWith('canvass');
    const size = own ? 25 : narrow ? 14 : 16;
    const top = lines.length === 1 ? 20 + size * 0.35 : 17;
    const words = lines.map((line, n) => `<text x="${own ? 44 : 12}" y="${top + n * (size + 3)}" font-size="${size}">${escaped(line)}</text>`);
    const mark = own ? page : '<path d="M0 2h4v36H0z" fill="currentColor"/>';
    return `<symbol id="${id}" viewBox="0 0 ${narrow ? 160 : 240} 40">${mark}<g fill="currentColor" font-family="opensans,Open Sans,Arial,sans-serif" font-weight="700">${words.join('')}</g></symbol>`;
}

export const sprite = `<svg xmlns="http://www.w3.org/2000/svg">
${Object.entries(marks).map(symbol).join('\n')}${icons}
</svg>
`;

export const favicon = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 40" color="#1b4d5c">${page}</svg>
`;
