"""Why a file is refused: one catalogue, each with what is wrong and what to do about it."""

from quarterday.adapters.parsing.limits import UPLOAD_MEGABYTES
from quarterday.adapters.parsing.tables import Refusal

_SAVE_AS = "Open it in the program that made it and save it as an Excel workbook (.xlsx) or as CSV, then send that."

SENTENCES: dict[str, str] = {
    "empty": "The file is empty. Check that you chose the right file, and send it again.",
    "too-large": (
        f"The file is larger than {UPLOAD_MEGABYTES} MB. Send the table alone, without pictures or other sheets."
    ),
    "too-large-unpacked": (
        "The file unpacks to more than 100 MB, far more than a return needs. Copy the table into a new workbook and "
        "send that."
    ),
    "too-many-cells": (
        "The workbook uses more than a million cells. Copy the table into a new workbook, without what lies around "
        "it, and send that."
    ),
    "too-spread": (
        "The workbook's cells lie too far apart: one stands thousands of rows or columns away from the others. "
        "Delete the "
        "stray cell, or copy the table into a new workbook, and send that."
    ),
    "cell-too-long": (
        "A cell holds more text than Excel allows (32,767 characters). Copy the table into a new workbook and "
        "send that."
    ),
    "too-much-memory": (
        "The file needs more memory than a return should. Copy the table into a new workbook and send that."
    ),
    "too-slow": "The file takes longer than 30 seconds to read. Copy the table into a new workbook and send that.",
    "unreadable": f"The file could not be read: it may be damaged. {_SAVE_AS}",
    "corrupt": (
        "The workbook is damaged: part of it is missing or broken. Open it, let the program repair it, save it again "
        "as an Excel workbook (.xlsx), and send that."
    ),
    "encrypted": "The workbook is protected by a password to open it. Remove the password and send it again.",
    "macros": (
        "The workbook holds macros, which we do not accept. Save it as an Excel workbook without macros (.xlsx) and "
        "send that."
    ),
    "old-excel": (
        "The workbook is in the format of a very old Excel. Save it as an Excel workbook (.xlsx) and send that."
    ),
    "xml-spreadsheet": (
        "The file is an XML spreadsheet of Excel 2003, and two ways of reading it differ. Save it as an Excel workbook "
        "(.xlsx) and send that."
    ),
    "no-sheets": "The workbook holds no sheet with cells. Check that you chose the right file, and send it again.",
    "pdf": "The file is a PDF, from which figures cannot be read safely. Send the spreadsheet it was made from.",
    "image": "The file is a picture. Send the spreadsheet with the figures instead.",
    "document": "The file is a text document or a presentation. Send the figures as a spreadsheet (.xlsx or .csv).",
    "web-page": f"The file is a web page, and its table cannot be read for sure. {_SAVE_AS}",
    "archive": "The file is an archive (such as .zip). Take the spreadsheet out of it and send that.",
    "numbers": (
        "The file is one of Apple’s Numbers, Pages or Keynote. In Numbers choose File, Export To, Excel, and send what "
        "that makes."
    ),
    "unsafe-package": (
        "The workbook is packed in a way that no spreadsheet program packs one, and was not opened. Copy the "
        "table into "
        "a new workbook and send that."
    ),
    "unsafe-xml": (
        "The workbook holds XML declarations that no spreadsheet program writes, and was not opened. Copy the table "
        "into a new workbook and send that."
    ),
    "not-as-named": f"The file is not the kind that its name says. {_SAVE_AS}",
    "wrong-type": (
        "The file is not a spreadsheet that we can read. Send an Excel workbook (.xlsx), an .ods file, or CSV."
    ),
    "encoding": (
        "The text's encoding cannot be told: some characters would be read wrongly. Save the file as “CSV UTF-8”,"
        " or as "
        "an Excel workbook, and send that."
    ),
    "hidden-characters": (
        "A cell holds characters that nobody sees and no text has, so what it says is not sure. Type that cell again, "
        "save the file as an Excel workbook (.xlsx), and send that."
    ),
    "binary-text": (
        "The text holds characters that no text file has. Save the table again as “CSV UTF-8” and send that."
    ),
    "delimiter": (
        "What separates the columns cannot be told: two ways of reading it give different tables. Save the file as an "
        "Excel workbook (.xlsx), or as CSV with commas, and send that."
    ),
    "quotes": (
        "A quotation mark opens and does not close where a cell should end, so the cells cannot be told apart. "
        "Save the "
        "file as an Excel workbook (.xlsx), or as CSV again, and send that."
    ),
    "ragged": (
        "The rows do not all have the same number of cells, so values may stand in the wrong column. Put text that "
        "contains commas in quotation marks, or save the file as an Excel workbook (.xlsx), and send that."
    ),
}


def refused(reason: str, where: str = "") -> Refusal:
    """The refusal for a reason of the catalogue; `where` is one more sentence that says where to look."""
    return Refusal(reason, f"{SENTENCES[reason]} {where}".strip())


class Refused(Exception):  # noqa: N818 - it is the answer, not an error of ours
    """Raised while parsing, to give the answer from wherever the reason was found."""

    def __init__(self, reason: str, where: str = "") -> None:
        super().__init__(reason)
        self.refusal = refused(reason, where)
