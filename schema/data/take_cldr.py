"""Takes from CLDR 44 what `schema::format` needs: units.tsv and currencies.tsv, beside this file.

Run by hand, when another CLDR is wanted:

    python3 -m venv /tmp/cldr && /tmp/cldr/bin/pip install babel==2.14.0
    /tmp/cldr/bin/python schema/data/take_cldr.py

Babel is asked rather than CLDR's own files since its gaps are part of what a respondent sees: where it finds no
pattern, it writes the unit's id (spec/04 §7.4).
"""

import pathlib

from babel import Locale, numbers, units

HERE = pathlib.Path(__file__).parent
LOCALES = {"en": "en_GB", "cy": "cy", "ga": "ga", "eo": "eo"}
# A whole number of each plural form that the locale has, in the order of `PluralForm`.
SAMPLES = {
    "en": [1, 2],
    "cy": [0, 1, 2, 3, 6, 10],
    "ga": [1, 2, 3, 7, 20],
    "eo": [1, 2],
}


def pattern(unit, width, locale, sample):
    """The unit's text with `{}` where the number goes; a few of them have none."""
    locale = Locale.parse(locale)
    found = locale._data["unit_patterns"][unit].get(width, {}).get(locale.plural_form(sample))
    if found is None:
        name = units.get_unit_name(unit, length=width, locale=locale)
        found = "{0} " + (name or unit)
    text = found.format(sample)
    assert text == units.format_unit(sample, unit, width, locale=locale)
    return found.replace("{0}", "{}")


def unit_rows():
    """Key `unit width locale`, then a pattern for each plural form, or one if they are all alike."""
    for unit in Locale.parse("en_GB")._data["unit_patterns"]:
        for width in ("short", "narrow", "long"):
            for code, locale in LOCALES.items():
                try:
                    patterns = [pattern(unit, width, locale, sample) for sample in SAMPLES[code]]
                except KeyError:
                    continue
                yield [f"{unit} {width} {code}"] + (patterns[:1] if len(set(patterns)) == 1 else patterns)


def currency_rows():
    """Code, digits after the point, symbol in en, cy, ga, eo; none where all is as usual: two digits, its own code."""
    for code in numbers.list_currencies():
        digits = numbers.get_currency_precision(code)
        symbols = [numbers.get_currency_symbol(code, locale) for locale in LOCALES.values()]
        if digits != 2 or set(symbols) != {code}:
            yield [code, str(digits), *symbols]


for name, rows in (("units", unit_rows()), ("currencies", currency_rows())):
    lines = sorted("\t".join(row) for row in rows)
    (HERE / f"{name}.tsv").write_text("".join(f"{line}\n" for line in lines))
