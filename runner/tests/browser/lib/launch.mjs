// How a journey begins: the demo's launcher, given the launch data of questionnaires/README.md.
import { base } from './options.mjs';

const DEFAULTS = {
    language: 'en',
    user_id: 'journey',
    period_id: '202105',
    ru_name: 'Glanrhyd Bakery Ltd',
    ru_ref: '49900000123A',
    ref_p_start_date: '2021-05-01',
    ref_p_end_date: '2021-05-31',
    display_address: '1 Harbour Row, Aberaeron',
};

/** The address that launches a journey's questionnaire: for a new respondent, or what `more` says of the response. */
export function launchAddress(journey, more = {}, at = base) {
    const data = { ...DEFAULTS, ...journey.launch, ...more };
    const given = Object.entries(data).filter(([, value]) => value !== '');
    return `${at}/demo/launch?${new URLSearchParams([['questionnaire', journey.questionnaire], ...given])}`;
}
