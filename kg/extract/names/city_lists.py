"""Text → whether the end of a list shows that its members are cities or counties: 天门、潜江、仙桃|三市."""

from __future__ import annotations

import re

_COUNT = r"(?:[两二三四五六七八九十]|\d{1,2})"
_CITIES = re.compile(r"(?:[、和与及](?![^、和与及]{0,4}[河江湖海][、和与及等两三四五六七八九十])[一-鿿](?:(?![和与及])[一-鿿]){1,4}?){0,12}"
                     rf"(?:等?{_COUNT}个?(?:县级市|地级市|县市区|县市|市县|市|县|区|地)(?![级域控])|等(?:地(?![区方下表势])|市|县)(?![级域])"
                     r"|市(?:委|政府|人民政府|级)|等(?:沿江|沿海|沿线)(?:城市|市县|县市|地区))")


def listed_as_city(text: str, end: int) -> bool:
    """Whether the name that ends at an offset stands in a list that closes with a word for cities or places.

    >>> listed_as_city("洪湖、监利、石首三市", 2), listed_as_city("枝江、宜都等地", 2), listed_as_city("洪湖、梁子湖等湖泊", 2)
    (True, True, False)
    """
    return _CITIES.match(text, end) is not None
