"""Texts that would take a careless pattern for ever."""

LONGEST = 40_000
# Parts, one a line; a blank at an end counts, so each stands between bars.
_PARTS = r"""
|a|A|aA |a@|@|a@a.|a.|a@a.a.a |1|0|01|0 |0 7 |7 |1 2 |99 |1-|+4|(0|1/2/|1/1/2010 |3 May |may 3 |born |dob 3 |
|case |case no |ref |AB1|A1 1A|GU1 |Mrs |Mrs Amy |Amy |Amy and |Amy-|Amy's |O'|the Ng family |mum |
| at | dot |x at y dot |[at]|
| |.|-|social worker |Xy |tel |tel no 1|A/1|1/A-|
"""
PARTS = [part for line in _PARTS.splitlines() for part in line.strip("|").split("|") if part]
PARTS += ["\n", "\u200b", "\u200b1", "\u00e9", "\u0410", "\uff11"]
TEXTS = [(part * LONGEST)[:LONGEST] for part in PARTS]
