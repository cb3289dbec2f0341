"""A request file's bytes, unpacked within a limit; what is no text of requests is named by its signature."""

import bz2
import gzip
import io
import lzma
import re
import struct
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path

from sim.errors import InputError

#: The most that is read of a file, and the most that a packed one may hold: a tiny file can claim terabytes.
MOST_BYTES = 512 * 2**20
_CHUNK = 1 << 20
#: What the libraries raise over damaged files; a field of a zip file that makes no sense can be any of them.
_DAMAGED = (
    OSError, ValueError, OverflowError, NotImplementedError, struct.error, zlib.error, lzma.LZMAError,
    zipfile.BadZipFile,
)  # fmt: skip
_DEPTH = 3
_XZ_MEMORY = 256 * 2**20
OLD_OFFICE = b"\xd0\xcf\x11\xe0"
GZIP, ZIP, BZIP2, XZ = b"\x1f\x8b", b"PK", b"BZh", b"\xfd7zXZ\0"
WORKBOOK = "save the sheet as CSV (UTF-8)"
#: First bytes of files that people take for text, what they are and what to do.
_SIGNATURES: tuple[tuple[bytes, str], ...] = (
    (b"SQLite format 3\0", "an SQLite database; write the table of requests as CSV"),
    (b"\x00\x01\x00\x00Standard", "an Access database; write the table of requests as CSV"),
    (b"%PDF-", "a PDF document; ask for the requests as CSV"),
    (b"{\\rtf", "an RTF document; ask for the requests as CSV"),
    (b"\x89PNG", "an image (PNG); ask for the requests as CSV"),
    (b"\xff\xd8\xff", "an image (JPEG); ask for the requests as CSV"),
    (b"GIF8", "an image (GIF); ask for the requests as CSV"),
    (b"II*\0", "an image (TIFF); ask for the requests as CSV"),
    (b"MM\0*", "an image (TIFF); ask for the requests as CSV"),
    (b"RIFF", "an image, sound or film (RIFF); ask for the requests as CSV"),
    (b"7z\xbc\xaf\x27\x1c", "a 7-Zip file; unpack it first"),
    (b"Rar!", "a RAR file; unpack it first"),
    (b"\x28\xb5\x2f\xfd", "a Zstandard file; unpack it first"),
    (b"\x1f\x9d", "a file of compress (.Z); unpack it first"),
    (b"ARROW1", "an Arrow (Feather) file; write it as CSV or Parquet"),
    (b"\x89HDF", "an HDF5 file; write the table of requests as CSV"),
    (b"Obj\x01", "an Avro file; write it as CSV"),
    (b"ORC", "an ORC file; write it as CSV"),
    (b"$FL2", "an SPSS file; write it as CSV"),
    (b"<stata_dta>", "a Stata file; write it as CSV"),
    (b"\x7fELF", "a program; name the file of requests"),
    (b"MZ\x90", "a program; name the file of requests"),
    (b"version https://git-lfs", "a pointer to a file in Git LFS; fetch it with git lfs pull"),
)
#: Signatures that a column's name may begin with: a file of these kinds holds more than text.
_LIKE_TEXT = (b"RIFF", b"GIF8", b"Rar!", b"ARROW1", b"ORC", b"$FL2")
_CONTROL = re.compile(rb"[\0-\x08\x0e-\x1a\x1c-\x1f]")
_MARKS = (b"\xef\xbb\xbf", b"\xff\xfe\0\0", b"\0\0\xfe\xff", b"\xff\xfe", b"\xfe\xff")


def read_bytes(path: Path) -> bytes:
    """Return the file's content, unpacked if it is packed, whatever its name says."""
    try:
        with path.open("rb") as handle:
            raw = _limited(path, iter(lambda: handle.read(_CHUNK), b""), packed=False)
    except IsADirectoryError:
        raise fault(path, "a folder stands here", "a CSV file, or one packed with gzip") from None
    except OSError as error:
        if path.is_dir():  # Windows refuses to open a folder with another error
            raise fault(path, "a folder stands here", "a CSV file, or one packed with gzip") from None
        raise fault(path, error.strerror or str(error), "a readable file") from None
    return unpacked(path, raw)


def unpacked(path: Path | str, raw: bytes) -> bytes:
    """Return the content of a file that is held in memory, unpacked if it is packed.

    Raises
    ------
    InputError
        If it is empty, damaged, larger than `MOST_BYTES`, or known to be something else than requests.
    """
    path = Path(path)
    if len(raw) > MOST_BYTES:
        raise _too_large(path, packed=False)
    for _ in range(_DEPTH):
        layer = _unpack(path, raw)
        if layer is None:
            break
        raw = layer
    else:
        raise fault(path, "it is packed more than twice over; unpack it first", "CSV text")
    head = raw
    for mark in _MARKS:
        if raw.startswith(mark):
            head = raw[len(mark) :]
            break
    if not head[:_CHUNK].strip() and not head.strip():
        raise fault(path, "the file is empty", "a header line and one line per request")
    _refuse_other_kinds(path, raw)
    return raw


def is_parquet(raw: bytes) -> bool:
    """Say whether the content is a Parquet file: its first bytes alone might be a column's name."""
    return raw.startswith(b"PAR1") and _CONTROL.search(raw[:4096]) is not None


def holds_workbook(raw: bytes) -> bool:
    """Say whether the content is a workbook of Excel's present kind, which is a zip file."""
    if not raw.startswith(b"PK\x03\x04"):
        return False
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as packed:
            names = packed.namelist()
    except _DAMAGED:
        return False
    return any(name.startswith("xl/") for name in names) and "xl/workbook.bin" not in names


def is_workbook(raw: bytes) -> bool:
    """Say whether the content is an Excel workbook, of the present kind or the old one."""
    return raw.startswith(OLD_OFFICE) or holds_workbook(raw)


def fault(path: Path, hint: str, allowed: str) -> InputError:
    """Return the complaint about a request file as a whole."""
    return InputError("demand.stream", str(path), allowed=allowed, hint=hint)


def _unpack(path: Path, raw: bytes) -> bytes | None:
    """Return what one layer of packing holds, or None where there is none."""
    if holds_workbook(raw):
        return None
    if raw.startswith(GZIP):
        kind, chunks = "gzip", _gzip_chunks(raw)
    elif raw.startswith(XZ):
        kind, chunks = "xz", _chunks(raw, lambda: lzma.LZMADecompressor(lzma.FORMAT_XZ, memlimit=_XZ_MEMORY))
    elif raw.startswith(BZIP2) and raw[4:10] in (b"1AY&SY", b"\x17rE8P\x90"):
        kind, chunks = "bzip2", _chunks(raw, bz2.BZ2Decompressor)
    elif raw.startswith((b"PK\x03\x04", b"PK\x05\x06", b"PK00PK\x03\x04")):
        kind, chunks = "zip", _zip_chunks(path, raw)
    else:
        return None
    try:
        return _limited(path, chunks, packed=True)
    except EOFError:
        raise fault(path, f"the {kind} file is truncated; fetch it again", "a whole file") from None
    except _DAMAGED as error:
        if isinstance(error, InputError):
            raise
        also = " (or an Excel workbook)" if kind == "zip" else ""
        raise fault(path, f"the {kind} file{also} is damaged; fetch it again", "a whole file") from None


def _limited(path: Path, chunks: Iterator[bytes], packed: bool) -> bytes:
    """Join the chunks; stop at the limit, before more is held."""
    held = io.BytesIO()
    for chunk in chunks:
        if held.tell() + len(chunk) > MOST_BYTES:
            raise _too_large(path, packed)
        held.write(chunk)
    return held.getvalue()


def _too_large(path: Path, packed: bool) -> InputError:
    what = "unpacked, it is larger" if packed else "it is larger"
    return fault(
        path,
        f"{what}; keep fewer years, or only the columns that the mapping names",
        f"a file of at most {MOST_BYTES // 2**20} MiB",
    )


def _gzip_chunks(raw: bytes) -> Iterator[bytes]:
    with gzip.GzipFile(fileobj=io.BytesIO(raw)) as packed:  # takes members one after another
        yield from iter(lambda: packed.read(_CHUNK), b"")


def _chunks(raw: bytes, decompressor) -> Iterator[bytes]:  # type: ignore[no-untyped-def]
    """Unpack streams of bzip2 or xz that stand one after another."""
    rest = raw
    while rest.strip(b"\0"):
        state = decompressor()
        chunk = state.decompress(rest, _CHUNK)
        yield chunk
        while not state.eof:
            if state.needs_input and not chunk:
                raise EOFError
            chunk = state.decompress(b"", _CHUNK)
            yield chunk
        rest = state.unused_data


def _zip_chunks(path: Path, raw: bytes) -> Iterator[bytes]:
    with zipfile.ZipFile(io.BytesIO(raw)) as packed:
        members = [
            member
            for member in packed.infolist()
            if not member.is_dir()
            and not member.filename.startswith("__MACOSX/")
            and not member.filename.rsplit("/", 1)[-1].startswith(".")
        ]
        _refuse_documents(path, packed, [member.filename for member in members])
        if len(members) != 1:
            hint = f"the zip file holds {len(members)} files; pack the file of requests alone"
            raise fault(path, hint, "a zip file with one file in it")
        if members[0].flag_bits & 1:
            raise fault(path, "the zip file is locked with a password; unpack it first", "CSV text")
        try:
            with packed.open(members[0]) as member:
                yield from iter(lambda: member.read(_CHUNK), b"")
        except (NotImplementedError, RuntimeError):  # a way of packing that the library lacks
            hint = "the zip file is packed in an unusual way; unpack it first"
            raise fault(path, hint, "CSV text") from None


def _refuse_documents(path: Path, packed: zipfile.ZipFile, names: list[str]) -> None:
    """Say it where the zip file is a document of an office program."""
    what = ""
    if "[Content_Types].xml" in names or any(name.startswith("xl/") for name in names):
        folders = {name.split("/", 1)[0] for name in names}
        what = "a Word or PowerPoint document; ask for the requests as CSV"
        if "xl" in folders or not folders & {"word", "ppt"}:
            what = f"an Excel workbook; {WORKBOOK}"
    elif "mimetype" in names and "content.xml" in names:
        what = f"an OpenDocument file (such as an ODS workbook); {WORKBOOK}"
    elif "Index/Document.iwa" in names:
        what = f"a Numbers or Pages document; {WORKBOOK}"
    if what:
        raise fault(path, f"this is {what}", "CSV text")


def _refuse_other_kinds(path: Path, raw: bytes) -> None:
    binary = not raw[:4096].isascii() or _CONTROL.search(raw[:4096]) is not None
    for magic, meaning in _SIGNATURES:
        if raw.startswith(magic) and (binary or magic not in _LIKE_TEXT):
            raise fault(path, f"this is {meaning}", "CSV text")
    if raw[257:262] == b"ustar":
        raise fault(path, "this is a tar file; unpack it first", "CSV text")
    # Without the zeros of UTF-16, so that its pages are known too.
    head = raw[:4096].replace(b"\0", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n").lower()
    if head.startswith((b"<!doctype html", b"<html", b"<table", b"<head", b"<body", b"<script", b"<div")):
        hint = "this is a web page (a login page, or a table saved as HTML); "
        raise fault(path, hint + "download the data itself, or save the sheet as CSV (UTF-8)", "CSV text")
    if head.startswith((b"<?xml", b"<!--", b"<!doctype")) or (head[:1] == b"<" and b"</" in head):
        sheet = b"schemas-microsoft-com:office" in head
        what = "an Excel workbook saved as XML; save the sheet" if sheet else "XML; write the requests"
        raise fault(path, f"this is {what} as CSV (UTF-8), or as JSON", "CSV text")
