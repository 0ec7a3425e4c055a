"""English and French: what the program says, in the language of whoever reads it.

The program says everything in English. `told` gives what was said in another language (a word, a sentence, a report
of many lines), `told_rows` cells, `told_number` a number; `say` gives a sentence that was written to be filled in. All
look it up in catalogues, TOML files in a folder for each language: an English sentence and what it is in the other,
with names in braces where they differ from time to time.
"""

from sim.languages.catalogue import LANGUAGES, Language
from sim.languages.numerals import numerals
from sim.languages.saying import say
from sim.languages.telling import told, told_number, told_rows

__all__ = ["LANGUAGES", "Language", "numerals", "say", "told", "told_number", "told_rows"]
