"""How a text looks: type style, size, line pitch."""

from typing import Annotated, Literal

import msgspec

from desktop.documents.mark import Colour


class Look(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The look of a text as a form names it: `font` a name of `fonts.CHAINS`; `size`, `leading` and `tracking` in pt."""

    font: Literal["仿宋", "标宋", "黑", "楷", "宋"] = "仿宋"
    size: Annotated[float, msgspec.Meta(ge=5, le=72)] = 14
    leading: Annotated[float, msgspec.Meta(ge=5, le=144)] = 28
    tracking: Annotated[float, msgspec.Meta(ge=-2, le=40)] = 0
    colour: Colour = "black"

    @property
    def baseline(self) -> float:
        """From the top of a line to its baseline: the em box, of which 0.88 stand above it, is centred in the line."""
        return (self.leading - self.size) / 2 + 0.88 * self.size
