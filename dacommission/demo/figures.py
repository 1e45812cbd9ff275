"""The demo's figures, quarter by quarter.

The totals of 2022/23 are those published in the report of September 2023; how they split into quarters is
invented, and so is everything about 2021/22 and every breakdown. They are typed in here and reach the
database only through workbooks, as a provider's would.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

Quarters = tuple[int, int, int, int]
Fraction = tuple[Quarters, Quarters]  # numerators and denominators

# Published yearly total, invented quarters. People "since 1 April" are cumulative.
VICTIMS_2022: Mapping[str, Quarters] = {
    "HUB-01": (2398, 2512, 2371, 2458),
    "HUB-09": (4187, 4402, 4196, 4227),
    "XS-01": (2041, 2156, 2079, 2113),
    "CBS-01": (446, 903, 1331, 1784),
    "CBS-02": (512, 521, 526, 505),
    "CBS-03": (318, 330, 301, 312),
    "CBS-04": (309, 325, 322, 318),
    "CBS-05": (521, 526, 505, 499),
    "CBS-06": (830, 851, 827, 817),
    "SA-01": (61, 98, 131, 164),
    "SA-02": (38, 60, 79, 97),
    "SA-05": (3822, 3864, 3864, 3780),
    "SA-06": (3440, 3493, 3363, 3402),
    "SA-09": (38, 41, 45, 36),
    "WFA-01": (71, 118, 165, 210),
    "WFA-02": (44, 75, 104, 132),
    "RES-01": (82, 146, 205, 264),
    "RES-02": (27, 45, 61, 76),
}
VICTIM_RATES_2022: Mapping[str, Fraction] = {
    "HUB-05": ((1903, 2021, 1896, 1971), (2398, 2512, 2371, 2458)),
    "SA-07": ((3440, 3493, 3363, 3402), (3822, 3864, 3864, 3780)),
    "SA-10": ((15, 17, 19, 13), (38, 41, 45, 36)),
}
PERPETRATORS_2022: Mapping[str, Quarters] = {
    "PRP-01": (52, 78, 101, 122),
    "PRP-02": (69, 66, 63, 71),
}
PERPETRATOR_RATES_2022: Mapping[str, Fraction] = {"PRP-06": ((9, 14, 13, 12), (13, 18, 17, 16))}

# All invented, to compare with; the caseload closes where 2022/23 opens.
VICTIMS_2021: Mapping[str, Quarters] = {
    "HUB-01": (2214, 2388, 2297, 2305),
    "HUB-09": (3904, 4115, 4052, 4019),
    "XS-01": (1880, 1975, 1962, 1948),
    "CBS-01": (409, 832, 1247, 1662),
    "CBS-02": (488, 497, 509, 506),
    "CBS-03": (301, 319, 298, 311),
    "CBS-04": (292, 307, 301, 305),
    "CBS-05": (497, 509, 506, 512),
    "CBS-06": (789, 816, 807, 817),
    "SA-01": (56, 91, 123, 151),
    "SA-02": (35, 57, 73, 90),
    "SA-05": (3822, 3864, 3864, 3780),
    "SA-06": (3325, 3400, 3478, 3289),
    "SA-09": (42, 47, 44, 40),
    "WFA-01": (62, 105, 148, 189),
    "WFA-02": (39, 68, 95, 120),
    "RES-01": (70, 131, 187, 239),
    "RES-02": (24, 41, 57, 70),
}
VICTIM_RATES_2021: Mapping[str, Fraction] = {
    "HUB-05": ((1727, 1851, 1780, 1775), (2214, 2388, 2297, 2305)),
    "SA-07": ((3325, 3400, 3478, 3289), (3822, 3864, 3864, 3780)),
    "SA-10": ((18, 21, 19, 17), (42, 47, 44, 40)),
}
PERPETRATORS_2021: Mapping[str, Quarters] = {
    "PRP-01": (45, 69, 92, 110),
    "PRP-02": (58, 61, 55, 60),
}
PERPETRATOR_RATES_2021: Mapping[str, Fraction] = {"PRP-06": ((8, 11, 12, 11), (12, 15, 17, 16))}

CUMULATIVE = frozenset({"CBS-01", "SA-01", "SA-02", "WFA-01", "WFA-02", "RES-01", "RES-02", "PRP-01"})

# indicator → breakdown → category → weight in a thousand; the invented split of every quarter.
AREAS: Mapping[str, int] = {
    "Craven": 42,
    "Hambleton": 74,
    "Harrogate": 176,
    "Richmondshire": 48,
    "Ryedale": 46,
    "Scarborough": 208,
    "Selby": 92,
    "City of York": 284,
    "Other Yorkshire and the Humber": 18,
    "Elsewhere in the UK": 8,
    "Unknown": 4,
}
REFERRERS: Mapping[str, int] = {
    "Police": 438,
    "Self": 231,
    "Family or friend": 27,
    "MARAC": 36,
    "Children's social care": 78,
    "General practice": 31,
    "Housing or homelessness": 44,
    "Education": 22,
    "Voluntary sector": 33,
    "National helpline": 9,
    "Other": 38,
    "Unknown": 13,
}
SELF_OR_AGENCY: Mapping[str, int] = {"Self": 304, "Agency": 696}
BREAKDOWNS: Mapping[str, Mapping[str, Mapping[str, int]]] = {
    "HUB-01": {"area": AREAS, "referral-source": REFERRERS},
    "CBS-01": {"area": AREAS},
    "WFA-01": {"area": AREAS},
    "RES-02": {"area": AREAS},
    "PRP-01": {"area": AREAS},
    "PRP-02": {"self-or-agency": SELF_OR_AGENCY},
}

# Real: the table of paragraph 3.6, headed North Yorkshire. The stated total of 2022/23 is not the sum.
CRIMES: Mapping[int, tuple[Quarters, int]] = {
    2020: ((1420, 1615, 1424, 1307), 5766),
    2021: ((1523, 1660, 1625, 1538), 6346),
    2022: ((1573, 1778, 1501, 1435), 6387),
}


def split(total: int, weights: Mapping[str, int]) -> dict[str, int]:
    """A total shared out by weight in whole numbers that sum to it: the largest remainders get what is left."""
    whole = sum(weights.values())
    shares = {name: total * weight // whole for name, weight in weights.items()}
    by_remainder = sorted(weights, key=lambda name: (-(total * weights[name] % whole), name))
    for name in by_remainder[: total - sum(shares.values())]:
        shares[name] += 1
    return shares


def split_quarters(code: str, quarters: Sequence[int], weights: Mapping[str, int]) -> list[dict[str, int]]:
    """Each quarter's split; of a cumulative figure the increments are split and added up, so none ever falls."""
    if code not in CUMULATIVE:
        return [split(total, weights) for total in quarters]
    found: list[dict[str, int]] = []
    so_far = dict.fromkeys(weights, 0)
    for before, now in zip((0, *quarters), quarters, strict=False):
        for name, share in split(now - before, weights).items():
            so_far[name] += share
        found.append(dict(so_far))
    return found
