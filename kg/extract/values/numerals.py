"""Numerals as official Chinese writes them: 1,234 · 4.06亿 · 1200多万 · 一百二十 · 两千零五 · 三分之二 · 百分之七十.

Matching runs on folded text (full-width digits and signs are ASCII there). Vague numerals (数十, 几百, 若干) have no value.
"""

from __future__ import annotations

import re

DIGITS: dict[str, int] = {"〇": 0, "零": 0, "一": 1, "二": 2, "两": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9,
                          "壹": 1, "贰": 2, "叁": 3, "肆": 4, "伍": 5, "陆": 6, "柒": 7, "捌": 8, "玖": 9, "廿": 20, "卅": 30}
SMALL: dict[str, int] = {"十": 10, "百": 100, "千": 1000, "拾": 10, "佰": 100, "仟": 1000}
LARGE: dict[str, int] = {"万": 10_000, "亿": 100_000_000, "萬": 10_000, "億": 100_000_000}
ROMAN: dict[str, int] = {"Ⅰ": 1, "Ⅱ": 2, "Ⅲ": 3, "Ⅳ": 4, "Ⅴ": 5, "I": 1, "II": 2, "III": 3, "IV": 4, "V": 5}

MARKS = "".join(DIGITS) + "".join(SMALL) + "".join(LARGE)
ARABIC = r"(?:\d{1,3}(?:,\d{3})+(?![\d,])|\d{1,15})(?:\.\d{1,9})?"
SCALE = r"(?:[十百千]?[万亿萬億]亿?|百(?=[余多]?[米公吨亩家个人名户平立])|千(?=[余多]?[吨亩家个人名户平立]))"
MORE = "[多余来]"
"""What follows a numeral, or stands inside it, when the true figure is somewhat higher (1200多万, 百余, 十来)."""

_ARABIC = re.compile(rf"({ARABIC})({MORE}?)([十百千]?[万亿萬億]亿?|[百千]|)({MORE}?)")
_CHINESE = re.compile(f"([{MARKS}]+)(?:点([零〇一二三四五六七八九]+))?")
_MIXED = re.compile(r"(\d+(?:\.\d+)?)亿(?:零)?(\d+(?:\.\d+)?)万")


def chinese_value(text: str) -> float | None:
    """The value of a numeral in Chinese characters, None where the characters make no numeral.

    Read by place value (一百二十) or, without any place word, digit by digit (二〇二四).

    >>> chinese_value("一百二十"), chinese_value("两千零五"), chinese_value("十三亿"), chinese_value("二〇二四")
    (120.0, 2005.0, 1300000000.0, 2024.0)
    >>> chinese_value("三点五"), chinese_value("一万二"), chinese_value("百十五百")
    (3.5, 12000.0, None)
    """
    match = _CHINESE.fullmatch(text)
    if not match:
        return None
    whole, fraction = match.groups()
    if not any(ch in SMALL or ch in LARGE for ch in whole):
        tens = len(whole) > 1 and any(DIGITS[ch] > 9 for ch in whole)
        value = _tens(whole) if tens else float("".join(str(DIGITS[ch]) for ch in whole))
    else:
        value = _by_place(whole)
    if value is None:
        return None
    return value + float("0." + "".join(str(DIGITS[ch]) for ch in fraction)) if fraction else value


def _tens(whole: str) -> float | None:
    if len(whole) == 2 and DIGITS[whole[0]] > 9 > DIGITS[whole[1]]:
        return float(DIGITS[whole[0]] + DIGITS[whole[1]])
    return None


def _by_place(whole: str) -> float | None:
    for mark in ("亿", "億", "万", "萬"):
        if mark in whole:
            left, _, right = whole.rpartition(mark)
            high = _by_place(left) if left else 1.0
            low = _rest(right, LARGE[mark])
            return None if high is None or low is None else high * LARGE[mark] + low
    return _below_ten_thousand(whole)


def _rest(right: str, place: float) -> float | None:
    """What stands after a place word: a lone digit counts the next lower place (一万二, 三百五), unless 零 precedes it."""
    if len(right) == 1 and right in DIGITS:
        return DIGITS[right] * place / 10
    low = _by_place(right) if right else 0.0
    return low if low is not None and low < place else None


def _below_ten_thousand(whole: str) -> float | None:
    total, digit, last = 0.0, None, 10_000
    for ch in whole:
        if ch in DIGITS:
            if digit:
                return None
            digit = DIGITS[ch]
        else:
            if SMALL[ch] >= last:
                return None
            total, last, digit = total + (digit or 1) * SMALL[ch], SMALL[ch], None
    lone = len(whole) > 1 and whole[-2] in SMALL and 10 < last < 10_000
    return total + (digit or 0) * (last / 10 if lone else 1)


def value_of(text: str) -> float | None:
    """The value of a numeral in digits, in characters or mixed; 多 and 余 inside it are passed over.

    >>> value_of("4.06亿"), value_of("1200多万"), value_of("1,234.5"), value_of("百余"), value_of("3亿8000万")
    (406000000.0, 12000000.0, 1234.5, 100.0, 380000000.0)
    >>> value_of("数十") is None
    True
    """
    if mixed := _MIXED.fullmatch(text):
        return round(float(mixed[1]) * 1e8 + float(mixed[2]) * 1e4, 4)
    if match := _ARABIC.fullmatch(text):
        value = float(match[1].replace(",", ""))
        for ch in match[3]:
            value *= SMALL.get(ch) or LARGE[ch]
        return round(value, 6)
    return chinese_value(re.sub(MORE, "", text))
