"""Keyed randomness: every draw is a pure function of what it is about.

A draw is named by (seed, replication, stream, entity, occasion). The generator is Philox4x32-10 [1]_, used
as a function from a 128-bit counter and a 64-bit key to 128 random bits. Switching a mechanism on never
shifts anybody else's luck, because no draw depends on how many draws came before it.

A question that is drawn is declared beside its rule (`sim.engine.declare.draw`); `docs/odd.md` lists all, and
`cogov explain draws`. The entity takes three 32-bit words (a, b, c); the occasion is an ordinal in the
entity's own history or a calendar slot, below 2**24, never a count that entities share. A person is
``community << 20 | local index`` (merchants from ``MERCHANT_BASE``); a need is its owner and the owner's
own need ordinal (b, c); a unit is its stable number, and where one need takes several parts of a unit, the
number of the part counts in bits 30 up. A cadre is ``community << 20 | number in its team``.

References
----------
.. [1] J. K. Salmon, M. A. Moraes, R. O. Dror, D. E. Shaw (2011). Parallel random numbers: as easy as
   1, 2, 3. SC '11. doi:10.1145/2063384.2063405
"""

import math

import numpy as np

from sim.engine.jit import rule

#: Bits of a person key that hold the local index, and the first local index of merchants.
PERSON_BITS = 20
MERCHANT_BASE = 1 << 19

_MASK = np.uint64(0xFFFFFFFF)
_M0 = np.uint64(0xD2511F53)
_M1 = np.uint64(0xCD9E8D57)
_W0 = np.uint64(0x9E3779B9)
_W1 = np.uint64(0xBB67AE85)
_32 = np.uint64(32)
_12 = np.uint64(12)
_24 = np.uint64(24)
_TWO_M52 = 2.0**-52


@rule
def philox(c0, c1, c2, c3, k0, k1):
    """Return the four 32-bit words of Philox4x32-10, as unsigned 64-bit numbers.

    Counter zero and key zero give ``6627e8d5 e169c58d bc57ac4c 9b00dbd8``.
    """
    x0 = np.uint64(c0)
    x1 = np.uint64(c1)
    x2 = np.uint64(c2)
    x3 = np.uint64(c3)
    a = np.uint64(k0)
    b = np.uint64(k1)
    for _ in range(10):
        p0 = _M0 * x0
        p1 = _M1 * x2
        y0 = (p1 >> _32) ^ x1 ^ a
        y2 = (p0 >> _32) ^ x3 ^ b
        x1 = p1 & _MASK
        x3 = p0 & _MASK
        x0 = y0
        x2 = y2
        a = (a + _W0) & _MASK
        b = (b + _W1) & _MASK
    return x0, x1, x2, x3


@rule
def uniform(key, stream, occasion, a, b, c):
    """Return the keyed uniform in the open interval (0, 1), with 52 bits (53 would round up to 1).

    Parameters
    ----------
    key
        ``seed << 32 | replication``.
    stream, occasion, a, b, c
        What the draw is about, as declared. `a`, `b`, `c` below 2**32, `occasion` below 2**24.
    """
    k = np.uint64(key)
    x0, x1, _x2, _x3 = philox(
        (np.uint64(stream) << _24) | np.uint64(occasion),
        np.uint64(a),
        np.uint64(b),
        np.uint64(c),
        k & _MASK,
        k >> _32,
    )
    bits = ((x0 << _32) | x1) >> _12
    return (float(bits) + 0.5) * _TWO_M52


@rule
def uniforms(key, stream, occasion, a, b, c, drawn):
    """Fill `drawn` with a keyed uniform for each place of the arrays `occasion`, `a`, `b` and `c`.

    The same bits as `uniform` one by one. Nothing else happens in the loop, so that the compiler lets the
    processor draw several at once: a fifth of the time.
    """
    for i in range(drawn.shape[0]):
        drawn[i] = uniform(key, stream, occasion[i], a[i], b[i], c[i])


@rule
def exponential(key, stream, occasion, a, b, c):
    """Return the keyed exponential with mean one."""
    return -math.log(uniform(key, stream, occasion, a, b, c))


@rule
def normal_quantile(p):
    """Return the standard normal quantile of `p` in (0, 1).

    Wichura's algorithm AS 241 (1988), relative accuracy about 1e-16. The same operations compiled or not,
    which a library call would not promise.
    """
    q = p - 0.5
    if abs(q) <= 0.425:
        r = 0.180625 - q * q
        num = (
            (
                (
                    (
                        ((2509.0809287301226727 * r + 33430.575583588128105) * r + 67265.770927008700853) * r
                        + 45921.953931549871457
                    )
                    * r
                    + 13731.693765509461125
                )
                * r
                + 1971.5909503065514427
            )
            * r
            + 133.14166789178437745
        ) * r + 3.387132872796366608
        den = (
            (
                (
                    (
                        ((5226.495278852545925 * r + 28729.085735721942674) * r + 39307.89580009271061) * r
                        + 21213.794301586595867
                    )
                    * r
                    + 5394.1960214247511077
                )
                * r
                + 687.1870074920579083
            )
            * r
            + 42.313330701600911252
        ) * r + 1.0
        return q * num / den
    r = p if q < 0.0 else 1.0 - p
    r = math.sqrt(-math.log(r))
    if r <= 5.0:
        r = r - 1.6
        num = (
            (
                (
                    (
                        (
                            (7.7454501427834140764e-4 * r + 0.0227238449892691845833) * r
                            + 0.24178072517745061177
                        )
                        * r
                        + 1.27045825245236838258
                    )
                    * r
                    + 3.64784832476320460504
                )
                * r
                + 5.7694972214606914055
            )
            * r
            + 4.6303378461565452959
        ) * r + 1.42343711074968357734
        den = (
            (
                (
                    (
                        (
                            (1.05075007164441684324e-9 * r + 5.475938084995344946e-4) * r
                            + 0.0151986665636164571966
                        )
                        * r
                        + 0.14810397642748007459
                    )
                    * r
                    + 0.68976733498510000455
                )
                * r
                + 1.6763848301838038494
            )
            * r
            + 2.05319162663775882187
        ) * r + 1.0
    else:
        r = r - 5.0
        num = (
            (
                (
                    (
                        (
                            (2.01033439929228813265e-7 * r + 2.71155556874348757815e-5) * r
                            + 0.0012426609473880784386
                        )
                        * r
                        + 0.026532189526576123093
                    )
                    * r
                    + 0.29656057182850489123
                )
                * r
                + 1.7848265399172913358
            )
            * r
            + 5.4637849111641143699
        ) * r + 6.6579046435011037772
        den = (
            (
                (
                    (
                        (
                            (2.04426310338993978564e-15 * r + 1.4215117583164458887e-7) * r
                            + 1.8463183175100546818e-5
                        )
                        * r
                        + 7.868691311456132591e-4
                    )
                    * r
                    + 0.0148753612908506148525
                )
                * r
                + 0.13692988092273580531
            )
            * r
            + 0.59983220655588793769
        ) * r + 1.0
    x = num / den
    return -x if q < 0.0 else x


@rule
def normal(key, stream, occasion, a, b, c):
    """Return the keyed standard normal."""
    return normal_quantile(uniform(key, stream, occasion, a, b, c))


def run_key(seed: int, replication: int) -> int:
    """Return the key of one run.

    Raises
    ------
    ValueError
        If either number is outside 0 … 2**31 - 1.
    """
    for name, value in (("seed", seed), ("replication", replication)):
        if not 0 <= value < 2**31:
            raise ValueError(f"{name} must be between 0 and {2**31 - 1}, got {value}")
    return (seed << 32) | replication
