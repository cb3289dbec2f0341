"""How a request file's text is encoded: read where that is certain, asked for where it is not.

Nearly any bytes can be read as some Chinese, Russian or Western text. Only a byte-order mark, the zeros of
UTF-16, and valid UTF-8 speak for themselves. GB18030 is taken where the characters are the common ones of
Chinese, which no other encoding's letters turn into; or where the mapping's own labels stand in the file.
Everything else the mapping has to state; the message proposes what fits best.
"""

import codecs
import math
import re
import unicodedata
from collections import Counter
from collections.abc import Collection, Iterator
from pathlib import Path

from sim.errors import InputError
from sim.request_file.common_hanzi import COMMON
from sim.request_file.unpacking import fault

_CHUNK = 1 << 20
_SAMPLE = 200_000
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
#: Codecs of text that hide or rewrite characters, or that depend on the machine.
_NO_PLAIN_TEXT = {
    "charmap", "idna", "mbcs", "oem", "punycode", "raw-unicode-escape", "unicode-escape", "undefined",
    "utf-7",
}  # fmt: skip
_ALLOWED = "text in an encoding such as utf-8, gb18030 or cp1252"
_NOT_ASCII = re.compile(rb"[\x80-\xff]")
_ASCII = re.compile(r"[\x00-\x7f]+")
_CYRILLIC = "оеаинтсрвлкмдпуяыьгзбчйхжшюцщэфъё" * 2
_GREEK = "αοιεστνρκπλμυηγδωφθχβξζψςάέήίόύώϊϋ" * 2
#: Encodings of one byte a character, and the letters that are usual in each.
_LETTERS = {
    "cp1252": "äöüßÄÖÜéèêëàâçîïôûùœæøåÅØÆñáíóúãõìò«»°€§²–’“”",
    "cp1250": "ąćęłńóśźżĄĆŁÓŚŹŻáčďéěíňřšťúůýžČŘŠŽőűăâîșţş–„”",
    "iso8859_2": "ąćęłńóśźżĄĆŁÓŚŹŻáčďéěíňřšťúůýžČŘŠŽőűăâîţş",
    "cp1254": "çğıİöşüÇĞÖŞÜâîû",
    "cp1251": _CYRILLIC + "іїєґў",
    "koi8_r": _CYRILLIC,
    "cp866": _CYRILLIC,
    "cp1253": _GREEK,
    "iso8859_7": _GREEK,
    "cp1255": "אבגדהוזחטיךכלםמןנסעףפץצקרשת",
    "cp1256": "ءآأؤإئابةتثجحخدذرزسشصضطظعغفقكلمنهوىي",
    "cp874": "".join(map(chr, range(0xE01, 0xE4F))),
    "cp1257": "ąčęėįšųūžāēģīķļņõäöü",
    "mac_roman": "äöüßÄÖÜéèêëàâçîïôûùñáíóú",
    "iso8859_5": _CYRILLIC,
    "cp850": "äöüßÄÖÜéèêëàâçîïôûùñáíóú",
}
_LATIN = ("cp1252", "cp1250", "iso8859_2", "cp1254", "cp1257", "mac_roman", "cp850")
_ALPHABETS = {"LATIN", "GREEK", "CYRILLIC", "HEBREW", "ARABIC", "ARMENIAN"}
#: Encodings that leave 80 to 9F to control characters, and those of Windows that put letters there.
_WINDOWS = {
    "iso8859-1": "cp1252", "iso8859-15": "cp1252", "iso8859-2": "cp1250", "iso8859-5": "cp1251",
    "iso8859-7": "cp1253", "iso8859-8": "cp1255", "iso8859-6": "cp1256", "iso8859-9": "cp1254",
}  # fmt: skip
_PROPOSED = 4


def detect_encoding(path: Path, raw: bytes, stated: str | None = None, labels: Collection[str] = ()) -> str:
    """Return the encoding of a file's text.

    Parameters
    ----------
    path
        What the file is called in a message.
    raw
        Its content.
    stated
        What the mapping says.
    labels
        Labels that the mapping expects in the file.

    Raises
    ------
    InputError
        If what is stated does not fit, or if nothing is stated and the encoding is not certain.
    """
    mark = next((name for mark, name in _MARKS if raw.startswith(mark)), None)
    if stated is not None:
        return _check_stated(path, raw, stated, mark)
    if mark is not None:
        at = _first_misfit(raw, mark)
        if at is not None:
            hint = f"it begins as {_family(mark)}, but {_row_of(raw, at, mark)} holds bytes that are not"
            raise fault(path, hint, _ALLOWED)
        return mark
    if b"\0" in raw:
        return _by_zeros(path, raw)
    if raw.isascii():
        if b"\x1b$" in raw or b"\x1b(" in raw:
            raise _ask(path, "escape codes switch the characters", ["iso2022_jp", "iso2022_kr"])
        if re.search(rb"~\{(?:[!-~]{2})+~\}", raw):
            raise _ask(path, "it looks like HZ", ["hz"])
        return "utf-8"
    at = _first_misfit(raw, "utf-8")
    if at is None:
        if _by_accident(raw):
            hint = "it can be read as UTF-8 and as something else"
            raise _ask(path, hint, ["utf-8", *_candidates(raw)])
        return "utf-8"
    if _is_end(raw, at, "utf-8") and not raw[:at].isascii():
        return "utf-8"
    if _speaks_utf8(raw):
        hint = f"the text is UTF-8, but {_row_of(raw, at, 'utf-8')} holds bytes that are not; mend that row"
        raise fault(path, hint, _ALLOWED)
    if _is_chinese(raw, labels):
        at = _first_misfit(raw, "gb18030")
        if at is None or _is_end(raw, at, "gb18030"):
            return "gb18030"
        hint = f"the text is Chinese in GB18030, but {_row_of(raw, at, 'gb18030')} holds bytes that are not; "
        raise fault(path, hint + "mend that row", _ALLOWED)
    beyond = len(_ASCII.sub("", raw.decode("latin-1")))
    raise _ask(path, f"{beyond:,} bytes are beyond ASCII and not UTF-8", _candidates(raw))


def is_cut(raw: bytes, encoding: str) -> bool:
    """Say whether the text ends within a character."""
    if _family(encoding) in ("UTF-16", "UTF-32"):
        return False
    decoder = codecs.getincrementaldecoder(encoding)("strict")
    try:
        decoder.decode(raw[max(raw.rfind(b"\n"), raw.rfind(b"\r")) + 1 :])
    except UnicodeError:
        return False
    try:
        decoder.decode(b"", True)
    except UnicodeError:
        return True
    return False


def _check_stated(path: Path, raw: bytes, stated: str, mark: str | None) -> str:
    """Return the codec that is stated, if it is one of plain text and fits every byte."""
    try:
        codec = codecs.lookup(stated)
        plain = getattr(codec, "_is_text_encoding", True)
        plain = plain and codec.name.replace("_", "-") not in _NO_PLAIN_TEXT
        b"".decode(stated)
    except (LookupError, UnicodeError, ValueError):
        plain = False
    if not plain:
        hint = f"the mapping's encoding {stated[:40]!r} is unknown, or no encoding of plain text"
        raise fault(path, hint, _ALLOWED)
    name = codec.name
    if mark is not None and _family(name) != _family(mark) and name != "gb18030":
        hint = f"its first bytes are the mark of {_family(mark)}; leave encoding out of the mapping"
        raise fault(path, hint, f"text in {stated}")
    if mark is not None:
        name = mark
    at = _first_misfit(raw, name)
    if at is not None and not _is_end(raw, at, name):
        hint = f"{_row_of(raw, at, name)} holds bytes that are not; mend it, or state the right encoding"
        raise fault(path, hint, f"text in {stated}, as the mapping states")
    other = mark is None and _family(name) != "UTF-8" and not raw.isascii()
    if other and _first_misfit(raw, "utf-8") is None and _speaks_utf8(raw):
        hint = f"the mapping states encoding {stated!r}, but the text is UTF-8; leave encoding out"
        raise fault(path, hint, f"text in {stated}")
    if (windows := _WINDOWS.get(name)) and (found := re.search(rb"[\x80-\x84\x86-\x9f]", raw)):
        hint = f"{_row_of(raw, found.start(), name)} would hold control characters; is it {windows}?"
        raise fault(path, hint, f"text in {stated}, as the mapping states")
    if "\0" in raw[:_CHUNK].decode(name, "replace"):
        raise fault(path, f"NUL characters stand in it; is {stated!r} its encoding?", "text")
    return name


def doubt(raw: bytes, encoding: str) -> str:
    """Return the encoding that fits a text far better than the one stated for it; "" if none does."""
    name = {"iso8859-1": "cp1252", "iso8859-15": "cp1252", "gbk": "gb18030", "gb2312": "gb18030"}.get(
        encoding, encoding.replace("-", "_")
    )
    scores = _scores(raw)
    if not raw.isascii() and name in scores and max(scores.values()) > max(0.85, 2 * scores[name]):
        return _candidates(raw)[0]
    return ""


def _family(name: str) -> str:
    for family in ("utf-8", "utf-16", "utf-32"):
        if name.replace("_", "-").startswith(family):
            return family.upper()
    return name


def _ask(path: Path, why: str, candidates: list[str]) -> InputError:
    proposals = f"such as {' or '.join(candidates)}" if candidates else "as its source tells it"
    return fault(path, f"{why}; state encoding in the mapping, {proposals}", "text whose encoding is certain")


def _by_zeros(path: Path, raw: bytes) -> str:
    """Return the UTF-16 or UTF-32 that the zeros betray: ASCII characters leave them at fixed places."""
    head = raw[: 1 << 16]
    for width, names in ((4, ("utf-32-be", "utf-32-le")), (2, ("utf-16-be", "utf-16-le"))):
        if len(raw) % width:
            continue
        units = len(head) // width
        share = [head[place : units * width : width].count(0) / units for place in range(width)]
        for name, text_at in zip(names, (width - 1, 0), strict=True):
            zeros = share[: width - 1] if text_at else share[1:]
            if share[text_at] == 0 and min(zeros) > 0.1 and _first_misfit(raw, name) is None:
                text = head[: units * width].decode(name, "ignore")
                if "\n" in text or "\r" in text:
                    return name
    row = raw.count(b"\n", 0, raw.index(b"\0")) + 1
    hint = f"this is a binary file, or a damaged one: a NUL byte stands in row {row}"
    raise fault(path, hint, "CSV text")


def _chunks(raw: bytes, encoding: str, errors: str = "strict") -> Iterator[str]:
    decoder = codecs.getincrementaldecoder(encoding)(errors)
    for start in range(0, len(raw), _CHUNK):
        yield decoder.decode(raw[start : start + _CHUNK], start + _CHUNK >= len(raw))


def _first_misfit(raw: bytes, encoding: str) -> int | None:
    """Return about where the first bytes stand that are not in the encoding; None if all are."""
    decoder = codecs.getincrementaldecoder(encoding)("strict")
    for start in range(0, len(raw), _CHUNK):
        held = len(decoder.getstate()[0])
        try:
            decoder.decode(raw[start : start + _CHUNK], start + _CHUNK >= len(raw))
        except UnicodeDecodeError as error:
            return max(0, start - held + error.start)
        except UnicodeError:
            return start
    return None


def _is_end(raw: bytes, at: int, encoding: str) -> bool:
    """Say whether what does not fit there is only that the file ends within a character."""
    return at >= len(raw) - 4 and is_cut(raw, encoding)


def _row_of(raw: bytes, at: int, encoding: str) -> str:
    before = raw[:at].decode(encoding, "replace")
    return f"row {len(re.findall(r'\r\n|\r|\n', before)) + 1}"


def _speaks_utf8(raw: bytes) -> bool:
    """Say whether so much of the text is UTF-8 that it cannot be by accident."""
    good, bad, kinds = 0, 0, set()
    for chunk in _chunks(_sample(raw), "utf-8", "surrogateescape"):
        beyond = _ASCII.sub("", chunk)
        lost = len(re.findall(r"[\udc80-\udcff]", beyond))
        good, bad = good + len(beyond) - lost, bad + lost
        kinds |= set(beyond)
    long = sum(0x800 <= ord(c) < 0xD800 or ord(c) > 0xDFFF for c in kinds)
    return good > 20 * bad and (long >= 2 or len(kinds) >= 6)


def _by_accident(raw: bytes) -> bool:
    """Say whether valid UTF-8 makes so few letters, and so odd ones, that it may be another encoding."""
    text = _ASCII.sub("", raw[:_CHUNK].decode("utf-8", "ignore"))
    letters = {c for c in text if c.isalpha() and c not in "µªº"}
    if not letters or len(letters) > 12 or any(ord(c) >= 0x800 for c in text):
        return False
    alphabets = {unicodedata.name(c, "?").split(" ")[0] for c in letters}
    odd = any("\u0180" <= c <= "\u02af" and c not in "ȘșȚț" for c in letters)
    if not (odd or len(alphabets) > 1 or not alphabets <= _ALPHABETS):
        return False
    return any(_beyond(raw, name) for name in ("gb2312", "big5", "euc_jp", "euc_kr"))


def _sample(raw: bytes) -> bytes:
    """Return the first lines that hold more than ASCII: each encoding that is tried reads them."""
    lines: list[bytes] = []
    at = held = 0
    while held < _CHUNK and (found := _NOT_ASCII.search(raw, at)):
        begin = max(raw.rfind(b"\n", at, found.start()) + 1, at)
        at = raw.find(b"\n", found.end()) + 1 or len(raw)
        lines.append(raw[begin : min(at, begin + _CHUNK)])
        held += len(lines[-1])
    return b"".join(lines)


def _beyond(raw: bytes, encoding: str, errors: str = "strict") -> str:
    """Return the first characters beyond ASCII, as the encoding reads them; empty if it does not fit."""
    found: list[str] = []
    held = 0
    try:
        for chunk in _chunks(raw, encoding, errors):
            found.append(_ASCII.sub("", chunk))
            held += len(found[-1])
            if held >= _SAMPLE:
                break
    except UnicodeError:
        return ""
    return "".join(found)[:_SAMPLE]


def _share_of_common(counted: Counter[str]) -> float:
    hanzi = sum(n for c, n in counted.items() if "\u4e00" <= c <= "\u9fff")
    return sum(n for c, n in counted.items() if c in COMMON) / hanzi if hanzi else 0.0


def _is_chinese(raw: bytes, labels: Collection[str]) -> bool:
    """Say whether the text is plausible Chinese in GB18030, GBK or GB2312.

    Letters of other encodings, read as GB18030, are characters that nobody writes: a quarter of them, and not
    two thirds, are among the common ones.
    """
    counted = Counter(_beyond(_sample(raw), "gb18030", "replace"))
    total = sum(counted.values())
    if counted.pop("\ufffd", 0) > 0.02 * total + 1:
        return False
    odd = sum(n for c, n in counted.items() if not _in_gb2312(c))
    kana = sum(n for c, n in counted.items() if "\u3040" <= c <= "\u30ff")
    if odd > 0.08 * total or kana > 0.02 * total:
        return False
    known = [label for label in labels if sum("\u4e00" <= c <= "\u9fff" for c in label) >= 2]
    if any(label.encode("gb18030", "ignore") in raw for label in known):
        return True
    if _share_of_common(counted) < 0.55:
        return False
    # How much likelier the different characters are in Chinese than by chance, as a logarithm.
    hanzi = [c for c in counted if "\u4e00" <= c <= "\u9fff"]
    common = sum(c in COMMON for c in hanzi)
    evidence = common * math.log(0.75 / 0.27) - (len(hanzi) - common) * math.log(0.73 / 0.25)
    return evidence > 6 or (len(hanzi) > 400 and _share_of_common(counted) > 0.6)


def _in_gb2312(character: str) -> bool:
    try:
        character.encode("gb2312")
    except UnicodeEncodeError:
        return False
    return True


def _candidates(raw: bytes) -> list[str]:
    """Return the encodings that fit best, the best first."""
    scores = _scores(raw)
    best = max(scores.values())
    fitting = [name for name, score in scores.items() if score > 0.3 and score > 0.7 * best]
    return sorted(fitting, key=lambda name: -scores[name])[:_PROPOSED]


def _scores(raw: bytes) -> dict[str, float]:
    """Return how well each encoding fits, from 0 to about 1."""
    raw = _sample(raw)
    scores = {name: _letters_score(raw, name, usual) for name, usual in _LETTERS.items()}
    scores |= {name: _wide_score(raw, name) for name in ("gb18030", "big5", "cp932", "euc_jp", "cp949")}
    runs = re.findall(rb"([A-Za-z]?)([\x80-\xff]+)([A-Za-z]?)", raw[:_CHUNK])
    within = sum(bool(before or after) and len(run) <= 2 for before, run, after in runs) / max(1, len(runs))
    for name in scores:  # letters of Latin stand among those of ASCII, those of other scripts do not
        if (within < 0.3 and name in _LATIN) or (within > 0.6 and name not in _LATIN):
            scores[name] *= 0.5
    scores["cp874"] *= 0.8  # nearly every byte is a letter of Thai
    return scores


def _letters_score(raw: bytes, name: str, usual: str) -> float:
    """Return the share of the characters beyond ASCII that are usual letters; capitals count for less."""
    text = _beyond(raw, name)
    weight = dict.fromkeys(usual, 1.0) | {c.upper(): 0.3 for c in usual if c.upper() not in usual}
    return sum(weight.get(c, 0.0) for c in text) / len(text) if text else 0.0


def _wide_score(raw: bytes, name: str) -> float:
    """Return the share of the characters beyond ASCII that are common in the script of an encoding."""
    text = _beyond(raw, name)
    if not text:
        return 0.0
    counted = Counter(text)
    if name == "gb18030":
        return _share_of_common(counted) * sum(n for c, n in counted.items() if _in_gb2312(c)) / len(text)
    score = 0.0
    for c, n in counted.items():
        code = c.encode(name)
        if name == "cp949":
            score += n * ("\uac00" <= c <= "\ud7a3" and code[0] >= 0xB0 and code[1] >= 0xA1)
        elif name == "big5":
            score += n * (0.95 if 0xA4 <= code[0] <= 0xC6 else 0.0)
        elif "\u3040" <= c <= "\u30ff":
            score += n * 1.0
        else:
            common = (0x88, 0x97) if name == "cp932" else (0xB0, 0xCF)
            score += n * 0.9 * (len(code) == 2 and common[0] <= code[0] <= common[1])
    if name == "cp949" and score / len(text) > 0.9 and len(counted) > 1:
        score *= 0.97
    return score / len(text)
