"""Make the Chinese font that figures and reports bring along: a subset of Noto Sans CJK SC.

Usage: .venv/bin/python scripts/font.py NotoSansCJK-Regular.ttc

The source is in Debian's package fonts-noto-cjk (/usr/share/fonts/opentype/noto). Kept are the characters of
GB 2312 (6,763 Chinese characters, enough for names of places and people, punctuation and signs) and every other
character that the project's own files use. Hinting, layout tables and vertical metrics go: titles and labels do not
need them. The family gets a name of its own, so that an installed font of the original name is never taken for it.
"""

import sys
from pathlib import Path

from fontTools import subset
from fontTools.ttLib import TTCollection, TTFont

ROOT = Path(__file__).resolve().parents[1]
TARGET = ROOT / "analysis" / "fonts" / "cogov-sans-sc.otf"
FAMILY = "Cogov Sans SC"
#: Where words are kept that people read.
TEXTS = ("analysis", "experiments", "scenarios", "sim", "docs", "README*")
SUFFIXES = (".py", ".yaml", ".md", ".csv", ".js", ".html")


def characters() -> set[int]:
    """Return the code points to keep."""
    chosen = set(range(0x20, 0x7F)) | set(range(0xA0, 0x180))
    for high in range(0xA1, 0xF8):
        for low in range(0xA1, 0xFF):
            try:
                chosen.add(ord(bytes((high, low)).decode("gb2312")))
            except UnicodeDecodeError:
                continue
    for pattern in TEXTS:
        for start in ROOT.glob(pattern):
            for path in [start] if start.is_file() else sorted(start.rglob("*")):
                if path.suffix in SUFFIXES:
                    chosen |= {ord(character) for character in path.read_text(encoding="utf-8")}
    return {point for point in chosen if point >= 0x20}


def simplified(path: Path) -> TTFont:
    """Return the font with simplified shapes out of the collection."""
    for font in TTCollection(path).fonts:
        if font["name"].getDebugName(1) == "Noto Sans CJK SC":
            return font
    raise SystemExit(f"font: {path} has no font called Noto Sans CJK SC")


def main(source: Path) -> None:
    """Subset, rename and write."""
    font = simplified(source)
    options = subset.Options()
    options.layout_features = []
    options.hinting = False
    options.desubroutinize = False
    options.notdef_outline = True
    options.drop_tables += ["VORG", "vhea", "vmtx", "BASE", "GPOS", "GSUB", "GDEF"]
    options.name_IDs = [0, 1, 2, 3, 4, 5, 6, 13, 14]
    maker = subset.Subsetter(options)
    maker.populate(unicodes=characters())
    maker.subset(font)
    names = font["name"]
    names.names = [record for record in names.names if record.langID == 0x409]
    for number, text in ((1, FAMILY), (3, f"{FAMILY} 1"), (4, FAMILY), (6, FAMILY.replace(" ", ""))):
        names.setName(text, number, 3, 1, 0x409)
    top = font["CFF "].cff
    top.fontNames = [FAMILY.replace(" ", "")]
    top[0].FullName, top[0].FamilyName = FAMILY, FAMILY
    # The same source gives the same file.
    font.recalcTimestamp = False
    TARGET.parent.mkdir(parents=True, exist_ok=True)
    font.save(TARGET)
    print(f"{TARGET.relative_to(ROOT)}: {len(font.getBestCmap())} characters, {TARGET.stat().st_size / 1e6:.2f} MB")


if __name__ == "__main__":
    if len(sys.argv) != 2 or not Path(sys.argv[1]).is_file():
        raise SystemExit(__doc__)
    main(Path(sys.argv[1]))
