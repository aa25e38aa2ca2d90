"""How a text looks: type style, size, line pitch."""

import msgspec

from desktop.documents.mark import Colour


class Look(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The look of a text as a form names it: `font` a name of `fonts.CHAINS`; `size`, `leading` and `tracking` in pt."""

    font: str = "仿宋"
    size: float = 14
    leading: float = 28
    tracking: float = 0
    colour: Colour = "black"

    @property
    def baseline(self) -> float:
        """From the top of a line to its baseline: the em box, of which 0.88 stand above it, is centred in the line."""
        return (self.leading - self.size) / 2 + 0.88 * self.size
