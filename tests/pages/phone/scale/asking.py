"""A practice scale: its words, asking it, answering it, and what is stored of the answers."""

import httpx
from sqlmodel import select

from tests.conftest import Installation
from tests.pages.phone.conftest import Phone
from workshop.surveys.models import ScaleAnswer

WORDS = {"question": "How well do they work?", "lowest": "Nobody comes", "highest": "The family says it is theirs"}


async def set_words(ada: httpx.AsyncClient, scale_url: str, about: str = "whole", **words: str) -> httpx.Response:
    return await ada.post(f"{scale_url}/words", data={"about": about, **WORDS, **words})


async def ask(ada: httpx.AsyncClient, scale_url: str, about: str = "whole") -> httpx.Response:
    return await ada.post(f"{scale_url}/asking", data={"about": about})


async def answer(phone: Phone, value: str, **texts: str) -> Phone:
    await phone.open("/scale")
    fields = {"scale": phone.field("scale"), "asking": phone.field("asking"), "not_lower": "", "one_higher": ""}
    return await phone.send("/scale", **(fields | {"value": value} | texts))


async def answers(here: Installation) -> list[ScaleAnswer]:
    async with here.database.reading() as db:
        return list(await db.exec(select(ScaleAnswer)))
