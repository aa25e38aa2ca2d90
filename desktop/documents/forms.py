"""The forms of an office: those that came with the program, and its own, which take their place by name."""

from functools import cache
from pathlib import Path

from desktop.documents.form import Form
from desktop.documents.form_file import FormFile, read_form
from desktop.documents.plain_values import WordingError
from desktop.domain.codes import LetterKind, choices
from desktop.domain.refused import Refused
from desktop.resources import resource

SHARED = "共用"
"""The folder of what several forms share, in the office's folder too."""


class NoFormError(Refused):
    """There is no form of that name."""

    def __init__(self, name: str) -> None:
        super().__init__(f"没有名为“{name}”的文书样式，请核对文书名称。")


class Forms:
    """Forms by name: `NAME.toml` from the first of the folders that has it, otherwise the shipped one. Each file is read once."""

    def __init__(self, *folders: Path) -> None:
        self._folders = (*folders, resource("forms"))
        self._files: dict[str, FormFile] = {}

    def form(self, name: str) -> Form:
        """The form of that name. Raises NoFormError, or FormError with file and line for a mistake in it."""
        return self._file(name).form

    def names(self) -> tuple[str, ...]:
        """The names of all forms, in the order of the dossier, then letters and what is in no dossier.

        A file of the office that cannot be read is left out, so that it does not stop every other paper, unless it takes the place of
        a shipped form: that raises FormError. `faults` tells of both; `form` refuses both.
        """
        return tuple(sorted(self._stems() - self.left_out(), key=self._rank))

    def faults(self) -> list[Refused]:
        """Every mistake for which a form cannot be read, by the names of the forms: one Chinese sentence each, with file and line."""
        return list(self.faults_by_name().values())

    def faults_by_name(self) -> dict[str, Refused]:
        """The same mistakes with the names of the forms that they stand in the way of."""
        return {name: fault for name in sorted(self._stems()) if (fault := self._fault(name))}

    def left_out(self) -> frozenset[str]:
        """The names of the office's own files that cannot be read and take no shipped form's place."""
        own = self._stems() - _stems_of(self._folders[-1])
        return frozenset(name for name in own if self._fault(name))

    def _stems(self) -> frozenset[str]:
        return frozenset().union(*map(_stems_of, self._folders))

    def _fault(self, name: str) -> Refused | None:
        try:
            self.form(name)
        except Refused as fault:
            return fault
        return None

    def located(self, name: str, error: WordingError) -> Refused:
        """The mistake in a wording of that form with file and line."""
        return self._file(name).located(error)

    def _rank(self, name: str) -> tuple[int, int, str]:
        form, letters = self.form(name), choices(LetterKind)
        return (form.dossier.order if form.dossier else 1000, letters.index(name) if name in letters else len(letters), name)

    def _file(self, name: str) -> FormFile:
        if name not in self._files:
            self._files[name] = read_form(self._path(name), self._shared)
        return self._files[name]

    def _path(self, name: str) -> Path:
        for folder in self._folders:
            path = folder / f"{name}.toml"
            if path.name == f"{name}.toml" and path.parent == folder and path.is_file():
                return path
        raise NoFormError(name)

    def _shared(self, name: str) -> Path:
        own = (folder / SHARED / f"{name}.toml" for folder in self._folders)
        return next((path for path in own if path.is_file()), self._folders[-1] / SHARED / f"{name}.toml")


def _stems_of(folder: Path) -> frozenset[str]:
    return frozenset(path.stem for path in folder.glob("*.toml"))


@cache
def shipped() -> Forms:
    """The forms that came with the program."""
    return Forms()
