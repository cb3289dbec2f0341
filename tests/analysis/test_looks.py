"""What figures look like to those who see no green, in a grey print, and in Chinese."""

import ast
import itertools
from pathlib import Path

import numpy as np
import pytest

pytest.importorskip("matplotlib")

import matplotlib as mpl
from matplotlib import font_manager
from matplotlib.colors import to_rgb

from analysis.figures.curves import SEGMENTS
from analysis.figures.page import style
from analysis.figures.workload import PURPOSES
from sim.scenario.loading import load_scenario, scenario_names

ROOT = Path(__file__).resolve().parents[2]

#: Machado, Oliveira & Fernandes (2009), table 1: no green cones, in linear light.
DEUTERANOPIA = np.array(
    [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.011820, 0.042940, 0.968881]]
)
TO_XYZ = np.array([[0.4124564, 0.3575761, 0.1804375], [0.2126729, 0.7151522, 0.0721750],
                   [0.0193339, 0.1191920, 0.9503041]])  # fmt: skip
WHITE = np.array([0.95047, 1.0, 1.08883])


def linear(colour) -> np.ndarray:
    value = np.array(to_rgb(colour))
    return np.where(value <= 0.04045, value / 12.92, ((value + 0.055) / 1.055) ** 2.4)


def lab(light: np.ndarray) -> np.ndarray:
    """CIE L*a*b* of linear light (IEC 61966-2-1, CIE 15)."""
    relative = TO_XYZ @ light.clip(0, 1) / WHITE
    f = np.where(relative > 0.008856, np.cbrt(relative), 7.787 * relative + 16 / 116)
    return np.array([116 * f[1] - 16, 500 * (f[0] - f[1]), 200 * (f[1] - f[2])])


def seen(colour) -> np.ndarray:
    """How somebody without green cones sees a colour."""
    return lab(DEUTERANOPIA @ linear(colour))


def lightness(colour) -> float:
    """What remains of a colour in a grey print."""
    return float(lab(linear(colour))[0])


def test_the_arithmetic_of_colour():
    assert lightness("#777777") == pytest.approx(50.0, abs=0.2)
    assert lab(linear("#FF0000")) == pytest.approx([53.24, 80.09, 67.20], abs=0.05)
    # A red and a green that the colour-blind mix up, and a blue that they do not.
    assert np.linalg.norm(seen("#B0463C") - seen("#787832")) < 12
    assert np.linalg.norm(seen("#0072B2") - seen("#D55E00")) > 60


FILLS = {
    "endings": dict(SEGMENTS),
    "hours": {name: (colour, hatch) for name, colour, hatch in PURPOSES},
}


@pytest.mark.parametrize("figure", FILLS)
def test_fills_are_told_apart_without_green_and_in_grey(figure):
    mixed_up = []
    for (one, (first, hatch)), (two, (second, other)) in itertools.combinations(FILLS[figure].items(), 2):
        if hatch != other:
            continue  # told apart by their pattern
        grey = abs(lightness(first) - lightness(second))
        colour = np.linalg.norm(seen(first) - seen(second))
        if grey < 9.0 or colour < 9.0:
            mixed_up.append((one, two, round(grey, 1), round(colour, 1)))
    assert not mixed_up


def test_lines_are_told_apart_by_more_than_colour():
    for one, two in itertools.combinations(style.LOOKS, 2):
        assert one.line != two.line
        assert one.marker != two.marker
    first, second = style.LOOKS[:2]
    assert np.linalg.norm(seen(first.colour) - seen(second.colour)) > 40


def test_the_scale_of_a_surface_rises_in_lightness():
    colours = [lab(linear(colour[:3]))[0] for colour in mpl.colormaps["cividis"](np.linspace(0, 1, 64))]
    assert (np.diff(colours) > 0).all()


#: Modules whose Chinese, Japanese and Korean characters are looked for in files, and never shown.
LOOKED_FOR = (
    "sim/request_file/",
    "sim/input_files/documents.py",
    "analysis/request_files/headings.py",
    "analysis/request_files/column_content.py",
)


def words_of_people() -> dict[str, set[str]]:
    """Chinese characters in the texts of the package, by file."""
    found: dict[str, set[str]] = {}
    for package in ("analysis", "experiments", "sim"):
        for path in sorted((ROOT / package).rglob("*.py")):
            if path.relative_to(ROOT).as_posix().startswith(LOOKED_FOR):
                continue
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                if isinstance(node, ast.Constant) and isinstance(node.value, str):
                    far = {character for character in node.value if ord(character) > 0x2E7F}
                    if far:
                        found.setdefault(str(path.relative_to(ROOT)), set()).update(far)
    for name in scenario_names():
        found[name] = {character for character in load_scenario(name).title.zh if ord(character) > 0x2E7F}
    return found


def test_letters_are_those_that_come_along_whatever_the_system_has(monkeypatch):
    """A system's own DejaVu Sans, or a list of fonts kept by another matplotlib, changes no letter."""
    other = font_manager.FontEntry(fname=str(style.CHINESE_FONT), name="DejaVu Sans")
    known = font_manager.fontManager
    monkeypatch.setattr(known, "ttflist", [other, *(one for one in known.ttflist if one.name != other.name)])
    known._findfont_cached.cache_clear()
    assert font_manager.findfont("DejaVu Sans") == str(style.CHINESE_FONT)
    style.latin_font.cache_clear()
    style.chinese_font.cache_clear()
    try:
        for weight in ("normal", "bold"):
            with style.styled("en"):
                found = known._find_fonts_by_props(font_manager.FontProperties(weight=weight))
            face = "DejaVuSans.ttf" if weight == "normal" else "DejaVuSans-Bold.ttf"
            assert style.LATIN_FONT.with_name(face).samefile(found[0])
            assert style.CHINESE_FONT.samefile(found[1])
    finally:
        monkeypatch.undo()
        style.latin_font.cache_clear()
        style.chinese_font.cache_clear()
        known._findfont_cached.cache_clear()


def test_the_font_that_comes_along_has_every_chinese_character_in_use():
    font = font_manager.get_font(style.CHINESE_FONT)
    texts = words_of_people()
    assert len(set().union(*texts.values())) > 400
    lacking = {
        file: "".join(sorted(one for one in characters if not font.get_char_index(ord(one))))
        for file, characters in texts.items()
    }
    assert not {file: missing for file, missing in lacking.items() if missing}


def test_the_font_has_the_characters_of_names_of_places():
    font = font_manager.get_font(style.CHINESE_FONT)
    assert all(font.get_char_index(ord(character)) for character in "衢婺嵊瓯鄞暨镇海苍南奉化鹿")
    assert not font.get_char_index(ord("𠀀"))
    assert style.chinese_font() == "Cogov Sans SC"
    assert style.drawable("衢州 2024", "zh")
    assert not style.drawable("衢州", "en")
    assert (style.CHINESE_FONT.parent / "OFL.txt").read_text(encoding="utf-8").count("SIL OPEN FONT LICENSE")
