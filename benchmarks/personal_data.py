"""How much of what is about a person is seen, and how often an innocent return is kept apart.

A labelled corpus of our own: `corpus/personal_texts.tsv` holds texts as senders write them, and the workbooks below are
built around them. Both were written without regard to how the detector looks. `personal_texts_second_hand.tsv` was
written by another hand, before its writer had read the detector; each of its texts is looked at in a workbook as well,
one place after another. All of it is made up. A label says what
should become of a text or workbook: *certain* keeps the file apart, *perhaps* asks the sender, *innocent* passes.

    python -m benchmarks.personal_data [--each]
"""

import io
import sys
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path

import openpyxl
from openpyxl.chart import BarChart, Reference
from openpyxl.comments import Comment
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from quarterday.adapters.config_files import load_framework
from quarterday.adapters.personal_data import OwnWords, is_certain, kind_of, texts_of
from quarterday.adapters.reading import FileTables, Refusal, read_tables

_CORPUS = Path(__file__).parent / "corpus"
TEXTS = _CORPUS / "personal_texts.tsv"
OF_SECOND_HAND = _CORPUS / "personal_texts_second_hand.tsv"
Case = tuple[str, str, bytes]  # label, name, workbook
Put = Callable[[openpyxl.Workbook, Worksheet, str], None]

NAMES = (
    ("danielle", "whitcombe"), ("ahmed", "siddiqui"), ("chloe", "martin"), ("kevin", "obrien"), ("amina", "yusuf"),
    ("tyler", "brooks"), ("sarah", "jenkins"), ("natalia", "kowalska"),
)  # fmt: skip
MADE_UP = ("9434765919", "9434760003", "9908301667", "9131860915", "9390996031", "9082462818")
PERSONAL = ("NHS 943 476 5919", "AB 12 34 56 C", "her mobile is 07700 900123", "DOB 12/03/1999", "jane.doe@gmail.com")
INNOCENT = (
    "PC World and John Lewis, thefts", "Counted by ward", "Ring the switchboard, 020 8314 6000", "csp@borough.example",
    "Stephen Lawrence Day events", "Provisional until August",
)  # fmt: skip


def labelled_texts(file: Path = TEXTS) -> list[tuple[str, str]]:
    """The texts of a file with their labels."""
    lines = file.read_text(encoding="utf-8").splitlines()
    return [(label, text) for label, _, text in (line.partition("\t") for line in lines if line[:1] not in "#")]


def _return() -> tuple[openpyxl.Workbook, Worksheet]:
    """A workbook as partners send it: titles, a few rows of figures, a sheet of commentary."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    sheet.title = "Figures"
    sheet.append(["Indicator", "Area", "Period from", "Period to", "Value", "Comment"])
    for number, title in enumerate(("Deliberate fires", "Searches", "Ward panels that met"), 1):
        sheet.append([title, "Lewisham", date(2025, 4, 1), date(2025, 6, 30), 11 * number, None])
    book.create_sheet("Commentary").append(["What should the board know?"])
    book.properties.creator = "Sam Analyst"
    return book, sheet


def _saved(book: openpyxl.Workbook) -> bytes:
    data = io.BytesIO()
    book.save(data)
    return data.getvalue()


def _in_comment(book: openpyxl.Workbook, sheet: Worksheet, text: str) -> None:
    sheet["F3"] = text


def _on_hidden_sheet(book: openpyxl.Workbook, sheet: Worksheet, text: str) -> None:
    other = book.create_sheet("Workings")
    other["C9"] = text
    other.sheet_state = "hidden"


def _in_note(book: openpyxl.Workbook, sheet: Worksheet, text: str) -> None:
    sheet["E2"].comment = Comment(f"Sam Analyst:\n{text}", "Sam Analyst")


def _in_footer(book: openpyxl.Workbook, sheet: Worksheet, text: str) -> None:
    sheet.oddFooter.left.text = text


def _in_property(book: openpyxl.Workbook, sheet: Worksheet, text: str) -> None:
    book.properties.description = text


def _as_list_choice(book: openpyxl.Workbook, sheet: Worksheet, text: str) -> None:
    rule = DataValidation(type="list", formula1=f'"One,{text},Other"')
    rule.add("F2:F9")
    sheet.add_data_validation(rule)


def _as_prompt(book: openpyxl.Workbook, sheet: Worksheet, text: str) -> None:
    rule = DataValidation(type="whole", operator="greaterThan", formula1="0", prompt=text, promptTitle="Note")
    rule.add("E2:E9")
    sheet.add_data_validation(rule)


def _in_chart_title(book: openpyxl.Workbook, sheet: Worksheet, text: str) -> None:
    chart = BarChart()
    chart.title = text
    chart.add_data(Reference(sheet, min_col=5, min_row=1, max_row=4), titles_from_data=True)
    sheet.add_chart(chart, "H2")


def _as_defined_name(book: openpyxl.Workbook, sheet: Worksheet, text: str) -> None:
    book.defined_names["remark"] = DefinedName("remark", attr_text=f'"{text}"')


def _as_tooltip(book: openpyxl.Workbook, sheet: Worksheet, text: str) -> None:
    sheet["A2"].hyperlink = "https://somewhere.example/definitions"
    sheet["A2"].hyperlink.tooltip = text


PLACES: dict[str, Put] = {
    "comment": _in_comment,
    "hidden sheet": _on_hidden_sheet,
    "note on a cell": _in_note,
    "footer": _in_footer,
    "property": _in_property,
    "choice of a list": _as_list_choice,
    "prompt": _as_prompt,
    "title of a chart": _in_chart_title,
    "defined name": _as_defined_name,
    "tooltip of a link": _as_tooltip,
}


def workbooks() -> Iterator[Case]:
    """Workbooks with their labels: each kind of text in each place, tables of people, and innocent ones."""
    for place, put in PLACES.items():
        for text in PERSONAL:
            yield "certain", f"{place}: {text}", with_words(put, text)
        for text in INNOCENT:
            yield "innocent", f"{place}: {text}", with_words(put, text)
    for name, rows in tables_of_people():
        yield "certain", name, _with_table(rows)
    for name, rows in innocent_tables():
        yield "innocent", name, _with_table(rows)


def second_workbooks() -> Iterator[Case]:
    """A workbook for each text of the second hand, with the text in one place after another."""
    places = [place for place in PLACES if place not in ("choice of a list", "defined name")]  # no place for any text
    for number, (label, text) in enumerate(labelled_texts(OF_SECOND_HAND)):
        place = places[number % len(places)]
        yield label, f"{place}: {text}", with_words(PLACES[place], text)


def with_words(put: Put, text: str) -> bytes:
    """A return with words put somewhere."""
    book, sheet = _return()
    put(book, sheet, text)
    return _saved(book)


def _with_table(rows: list[list[object]]) -> bytes:
    book, _ = _return()
    sheet = book.create_sheet("Detail")
    for row in rows:
        sheet.append(row)
    return _saved(book)


def tables_of_people() -> Iterator[tuple[str, list[list[object]]]]:
    """Tables of people by name."""
    births = [date(1999, 3, 12) + timedelta(days=411 * n) for n in range(len(NAMES))]
    serials = [(born - date(1899, 12, 30)).days for born in births]
    yield "a list of names", [["Cases"], *([f"{a} {b}".title()] for a, b in NAMES)]
    yield "surname first", [["Cases"], *([f"{b}, {a}".title()] for a, b in NAMES)]
    yield "names in two columns", [["First name", "Surname"], *([a, b] for a, b in NAMES)]
    yield "names in lower case", [["Victim name"], *([f"{a} {b}"] for a, b in NAMES)]
    yield "one name in a column of names", [["Name of client", "Visits"], ["danielle whitcombe", 4]]
    yield "births as serials", [["Ref", "DOB"], *([n, day] for n, day in enumerate(serials))]
    yield "births as dates", [["Ref", "Born"], *([n, day] for n, day in enumerate(births))]
    yield "births as text", [["Ref", "Date of birth"], *([n, f"{day:%d.%m.%y}"] for n, day in enumerate(births))]
    yield "births as eight digits", [["D.O.B."], *([int(f"{day:%Y%m%d}")] for day in births)]
    yield "NHS numbers as numbers", [["Patient"], *([int(each)] for each in MADE_UP)]
    yield "NHS numbers as text", [["NHS No"], *([each] for each in MADE_UP)]
    yield "a name beside a date of birth", [["Who", "When"], [f"{NAMES[0][0]} {NAMES[0][1]}".title(), births[0]]]
    yield "postcodes", [["Where", "Count"], ["SE13 6LG", 2], ["SE64RU", 1]]
    yield "mobiles", [["Contact"], ["07700 900123"], ["07700900456"]]


def innocent_tables() -> Iterator[tuple[str, list[list[object]]]]:
    """Tables that are about nobody, by name."""
    yield "shops", [["Shop", "Thefts"], ["John Lewis", 4], ["PC World", 2], ["Ted Baker", 1], ["William Hill", 3]]
    yield "schools", [["School", "Visits"], ["Thomas Tallis School", 2], ["Henry Cavendish Primary", 3]]
    yield "streets", [["Street", "Reports"], ["George Lane", 4], ["Albert Road", 5], ["William Street", 6]]
    yield "large totals", [["Spend", "Budget"], [9434765919, 8234765918], [9434760003, 1234567890]]
    yield "periods", [["From", "To"], [date(2025, 4, 1), date(2025, 6, 30)], [date(2012, 4, 1), date(2012, 6, 30)]]
    yield "serials of periods", [["Month", "Count"], [45748, 3], [45778, 5]]
    yield "codes", [["Ward code", "Count"], ["E05013714", 1], ["E05013715", 2]]
    yield "ages", [["Age", "Searches"], ["10 to 17", 12], ["18 to 24", 30], ["25 and over", 80]]
    yield "sex", [["Victims", "Count"], ["Female", 120], ["Male", 60], ["Not recorded", 4]]
    yield "offences", [["Offence", "Count"], ["Robbery of personal property", 8], ["Violence with injury", 40]]
    yield "operations", [["Operation", "Arrests"], ["Op Coniston", 4], ["Operation Nightingale", 9]]
    yield "teams", [["Team", "Referrals"], ["Jenner Health Centre", 3], ["Waldron Health Centre", 8]]
    yield "references", [["Reference", "State"], ["CAD 4567/12MAR25", "closed"], ["CRN 3401234/25", "open"]]
    yield "mailboxes", [["Contact"], ["csp@borough.example"], ["community.safety@borough.example"]]
    yield "wards", [["Area", "Count"], ["Evelyn", 3], ["Grove Park", 4], ["Perry Vale", 5]]
    yield "months", [["Month", "Count"], ["April", 3], ["May", 4], ["June", 5]]


def found_in(reading: FileTables, known: OwnWords) -> str:
    """What becomes of a file: `certain`, `perhaps` or `innocent`."""
    rules = [text.personal for table in reading.tables for text in texts_of(table.sheet, table.rows, known)]
    rules += [kind_of(aside.text, known, names=aside.place != "a link") for aside in reading.asides]
    rules += [text.personal for table in reading.kept_apart for text in texts_of("", table.rows, known)]
    return strength(rules)


def strength(rules: list[str | None]) -> str:
    """The strongest of what was found."""
    found = [rule for rule in rules if rule]
    if any(map(is_certain, found)):
        return "certain"
    return "perhaps" if found else "innocent"


def judged(known: OwnWords) -> Iterator[tuple[str, str, str, str]]:
    """Every case of the corpus: its set, its label, what became of it, and its name."""
    for which, file in (("texts", TEXTS), ("texts of a second hand", OF_SECOND_HAND)):
        for label, text in labelled_texts(file):
            yield which, label, strength([kind_of(text, known)]), text
    for which, cases in (("workbooks", workbooks()), ("workbooks of a second hand", second_workbooks())):
        for label, name, data in cases:
            reading = read_tables(data, "return.xlsx")
            assert not isinstance(reading, Refusal), name
            yield which, label, found_in(reading, known), name


def main() -> None:
    """Print recall and false alarms, and with --each what came out otherwise than its label."""
    known = OwnWords(load_framework(Path("config")))
    counts: dict[str, Counter[tuple[str, str]]] = defaultdict(Counter)
    for which, label, found, name in judged(known):
        counts[which][label, found] += 1
        if "--each" in sys.argv and label != found:
            print(f"    {which}: {label} was {found}: {name}")
    for which, counted in counts.items():
        total = {label: sum(n for (said, _), n in counted.items() if said == label) for label, _ in counted}
        kept_apart, asked = counted["certain", "certain"], counted["certain", "perhaps"]
        print(f"{which}: {sum(total.values())}, of which {total['certain']} certain, {total['innocent']} innocent")
        print(f"  certain kept apart: {kept_apart / total['certain']:.1%}, asked about: {asked / total['certain']:.1%}")
        alarms = counted["innocent", "certain"]
        print(f"  innocent kept apart: {alarms / total['innocent']:.1%}, asked about: "
              f"{counted['innocent', 'perhaps'] / total['innocent']:.1%}")  # fmt: skip
        if total.get("perhaps"):
            print(f"  perhaps asked about: {counted['perhaps', 'perhaps'] / total['perhaps']:.1%}")


if __name__ == "__main__":
    main()
