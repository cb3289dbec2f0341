"""The page's style sheet, and the Chinese font that comes along for machines that have none."""

import importlib.util
from pathlib import Path

from analysis.figures.page.style import LOOKS

#: Where the server offers the fonts of the package.
FONT_ADDRESS = "/cogov-fonts"
FONT_FILE = "cogov-sans-sc.otf"


def font_folder() -> Path:
    """Return the folder of the fonts that come with the package."""
    found = importlib.util.find_spec("analysis")
    assert found is not None
    assert found.origin is not None
    return Path(found.origin).parent / "fonts"


#: Chinese fonts of common systems; the one that comes along is fetched where none of them is there.
_CHINESE = (
    "Noto Sans CJK SC",
    "Noto Sans SC",
    "Source Han Sans SC",
    "PingFang SC",
    "Microsoft YaHei",
    "WenQuanYi Micro Hei",
)
#: First, but for Chinese characters alone: behind another font a browser would keep the empty boxes it drew
#: while the file was on its way.
FONTS = "'cogov Chinese', system-ui, -apple-system, 'Segoe UI', Roboto, sans-serif"

_STYLE = f"""
.cogov-page, .cogov-page button, .cogov-page select, .cogov-page input {{ font-family: {FONTS}; }}
/* No wider than the screen, however wide a table in it is: that one scrolls by itself. */
.cogov-page {{ color: #1a1a1a; width: 0; min-width: 100%; }}
/* Solara fades the page whenever the address changes, which is at every change here. */
.solara-page-loading .solara-content-main {{ opacity: 1 !important; }}
/* Its bar for a busy server has no name that could be read out; the page says itself what is being done. */
.v-application .v-progress-linear {{ display: none !important; }}
/* Whoever goes through the page by keys sees where they are, and the strip does not lie over it. */
.cogov-page :focus-visible {{ outline: 2px solid #0072b2; outline-offset: 2px; }}
html {{ scroll-padding-top: var(--cogov-strip, 0px); }}
.cogov-body {{ display: flex; gap: 16px; align-items: flex-start; padding: 0 8px; }}
.cogov-left {{ width: 340px; flex: none; position: sticky; top: var(--cogov-strip, 0px);
  max-height: calc(100vh - var(--cogov-strip, 0px)); overflow-y: auto; padding-right: 4px; }}
.cogov-right {{ flex: 1; min-width: 0; }}
.cogov-answer {{ font-size: 15px; border-left: 4px solid #444; padding-left: 10px; margin: 6px 0; }}
.cogov-right dl.first {{ display: grid; grid-template-columns: max-content 1fr; gap: 4px 14px; margin: 6px 0;
  font-size: 14px; }}
.cogov-right dl.first dt {{ font-weight: 600; }}
.cogov-right dl.first dt.part {{ font-weight: normal; padding-left: 14px; }}
.cogov-right dl.first dd {{ margin: 0; }}
.cogov-right dl.first strong {{ font-weight: 700; }}
.cogov-note {{ font-size: 12px; color: #555; margin: 4px 0; }}
.cogov-warning {{ font-size: 13px; border-left: 4px solid #d55e00; padding-left: 10px; margin: 6px 0; }}
.cogov-error {{ border: 1px solid #b00020; background: #fdecee; color: #7a0014; padding: 8px 12px;
  border-radius: 4px; margin: 6px 0; font-size: 14px; }}
.cogov-table {{ border-collapse: collapse; font-size: 13px; margin: 8px 0; }}
.cogov-scroll {{ max-width: 100%; overflow-x: auto; }}
.cogov-table th, .cogov-table td {{ padding: 3px 10px; border-bottom: 1px solid #ddd; text-align: right; }}
.cogov-table th:first-child, .cogov-table td:first-child {{ text-align: left; }}
.cogov-table tr.headline {{ font-weight: 600; }}
.cogov-table:not(.text) td:not(:first-child) {{ white-space: nowrap; }}
.cogov-table.text th, .cogov-table.text td {{ text-align: left; vertical-align: top; }}
.cogov-third table {{ border-collapse: collapse; font-size: 13px; margin: 8px 0; }}
.cogov-third th, .cogov-third td {{ padding: 3px 10px; text-align: left; vertical-align: top;
  white-space: nowrap; }}
.cogov-third tr.begins > * {{ border-top: 1px solid #ccc; }}
.cogov-third td:nth-child(2) {{ min-width: 9em; white-space: normal; }}
.cogov-third thead th {{ border-bottom: 3px solid transparent; }}
.cogov-third th.arm0 {{ border-bottom-color: {LOOKS[0].colour}; }}
.cogov-third th.arm1 {{ border-bottom: 3px dashed {LOOKS[1].colour}; }}
.cogov-third th.arm2 {{ border-bottom: 3px dotted {LOOKS[2].colour}; }}
.cogov-third small {{ display: block; color: #555; }}
.cogov-third span.shown {{ background: #333; color: #fff; border-radius: 3px; padding: 0 5px; }}
.cogov-lives {{ display: flex; gap: 16px; flex-wrap: wrap; }}
.cogov-life {{ flex: 1; min-width: 320px; font-size: 13px; border-top: 4px solid #0072B2; padding-top: 4px; }}
.cogov-life-b {{ border-top: 4px dashed #D55E00; }}
.cogov-life td {{ padding: 1px 10px 1px 0; vertical-align: top; }}
.cogov-life h3 {{ margin: 0 0 4px; }}
.cogov-life h4 {{ margin: 8px 0 2px; font-size: 13px; }}
.cogov-life ul {{ padding-left: 18px; }}
.cogov-button {{ border: 1px solid #999; border-radius: 4px; padding: 2px 10px; background: #f6f6f6;
  cursor: pointer; font-size: 14px; }}
.cogov-page pre, .cogov-page code {{ font-family: ui-monospace, Consolas, 'DejaVu Sans Mono', {FONTS}; }}
.cogov-page .v-btn {{ text-transform: none; letter-spacing: 0; margin: 4px 0; }}
.cogov-right h2 {{ font-size: 16px; margin: 14px 0 4px; }}
.cogov-right p {{ margin: 4px 0; font-size: 14px; }}
.cogov-right h3 {{ font-size: 14px; margin: 12px 0 4px; }}
.cogov-step {{ border-top: 1px solid #ccc; padding: 2px 0 10px; }}
.cogov-step-off h2 {{ color: #666; }}
.cogov-what-if-table td, .cogov-scores td, .cogov-categories td:not(:first-child) {{ white-space: nowrap; }}
.cogov-categories td:first-child, .cogov-breaks td:first-child {{ min-width: 7em; }}
.cogov-picture {{ max-width: 100%; height: auto; }}
.cogov-commands pre {{ max-width: 100%; overflow-x: auto; background: #f6f6f6; padding: 6px 8px;
  font-size: 12px; }}
.cogov-answer {{ margin-top: 6px; padding-top: 6px; }}
.cogov-page .cogov-answer p.cogov-short {{ font-size: 18px; font-weight: 600; border-left: 5px solid #444;
  padding-left: 10px; }}
.cogov-answer pre {{ background: #f5f5f5; padding: 8px; font-size: 12px; white-space: pre-wrap;
  overflow-wrap: anywhere; margin: 4px 0; }}
.cogov-answer th[scope="row"] {{ font-weight: 400; min-width: 9em; }}
.cogov-sweep-ends .cogov-chart {{ height: var(--cogov-rows); }}
.cogov-sweep-ends .cogov-charts {{ grid-template-columns: minmax(0, 1fr); }}
.cogov-old {{ opacity: 0.45; animation: cogov-grey 0s 0.4s forwards; }}
@keyframes cogov-grey {{ to {{ filter: grayscale(1); }} }}
.cogov-preview {{ outline: 2px dashed #8a4b00; outline-offset: 2px; }}
@media (max-width: 900px) {{
  .cogov-body {{ flex-direction: column; align-items: stretch; }}
  .cogov-left {{ width: auto; position: static; max-height: none; }}
  .cogov-right dl.first {{ grid-template-columns: 1fr; }}
  .cogov-life {{ min-width: 0; }}
}}
"""

_SOURCES = ", ".join([*(f"local('{name}')" for name in _CHINESE), f"url('{FONT_ADDRESS}/{FONT_FILE}')"])
_FONT_FACE = f"""
@font-face {{ font-family: 'cogov Chinese'; src: {_SOURCES};
  unicode-range: U+2E80-9FFF, U+F900-FAFF, U+FE30-FE4F, U+FF00-FFEF; }}
"""


def style() -> str:
    """Return the style sheet; the font is fetched only for what no font of the machine can write."""
    there = (font_folder() / FONT_FILE).is_file()
    return (_FONT_FACE if there else "") + _STYLE
