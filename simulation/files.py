"""What people send: the template filled in, well or badly, whole or by halves. Made once and kept."""

import hashlib
from dataclasses import dataclass, replace
from pathlib import Path

from quarterday.adapters.template import build_template
from quarterday.domain.facts import RequestMade
from quarterday.domain.framework.framework import Framework
from quarterday.domain.framework.periods import Period
from rehearsal.filled_in import fill_in
from rehearsal.made_up import made_up_figures, recounted
from simulation.checks import write_whole

GOOD, WRONG, FIRST_HALF, SECOND_HALF, CORRECTED, NONSENSE = "good wrong first second corrected nonsense".split()
_NOT_A_RETURN = b"%PDF-1.7\n1 0 obj << /Type /Catalog >> endobj\ntrailer << /Root 1 0 R >>\n%%EOF\n"


@dataclass
class Files:
    """The files of everybody, by what they answer and how."""

    framework: Framework
    folder: Path

    def made(self, request: RequestMade, period: Period, how: str) -> bytes:
        """A file in answer to a request."""
        if how == NONSENSE:
            return _NOT_A_RETURN
        said = repr((request.request, request.asked, request.due, period, how))
        place = self.folder / f"{hashlib.sha256(said.encode()).hexdigest()}.xlsx"
        if not place.exists():
            write_whole(place, self._make(request, period, how))
        return place.read_bytes()

    def _make(self, request: RequestMade, period: Period, how: str) -> bytes:
        middle = (len(request.asked) + 1) // 2
        codes = {FIRST_HALF: request.asked[:middle], SECOND_HALF: request.asked[middle:]}.get(how, request.asked)
        asked = replace(request, asked=codes or request.asked)
        indicators = tuple(self.framework.indicator[code] for code in asked.asked)
        figures = made_up_figures(self.framework, indicators, period)
        if how == CORRECTED:
            figures = recounted(figures)
        return fill_in(build_template(self.framework, asked, period), figures, wrong=how == WRONG)
