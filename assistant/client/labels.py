"""The closed lists of labels, and labels for many items at once."""

from assistant.client.http import LONG, Calls, part
from assistant.domain.categories import LABEL_PLURALS, CategoryPlace, LabelChange
from assistant.wire.labels import CategoryBody, CategoryJson, LabelBody, LabelChangeJson, MoveBody, WordBody
from assistant.wire.shape import PageJson


class LabelCalls(Calls):
    """Categories, purposes and persons."""

    async def categories(self) -> list[CategoryPlace]:
        """Return every category, each after the one that it is under."""
        return await self._list(CategoryJson, "/categories")

    async def words(self, kind: str) -> list[str]:
        """Return every word of a kind: "category", "purpose" or "person"."""
        if kind == "category":
            return [entry.category for entry in await self.categories()]
        return list((await self._api.json(PageJson[str], "GET", f"/{LABEL_PLURALS[kind]}")).items)

    async def add_word(self, kind: str, word: str, *, under: str | None = None) -> None:
        """Add a word, a category under another one. Raises Conflict if it exists, NotFound, InvalidInput."""
        if kind == "category":
            await self._api.json(CategoryJson, "POST", "/categories", CategoryBody(word, under))
        else:
            await self._api.json(PageJson[str], "POST", f"/{LABEL_PLURALS[kind]}", WordBody(word))

    async def move_category(self, word: str, under: str | None) -> CategoryPlace:
        """Move a category under another one, None for the top. Raises NotFound, Conflict."""
        return await self._one(CategoryJson, "PUT", f"/categories/{part(word)}", MoveBody(under))

    async def remove_word(self, kind: str, word: str) -> None:
        """Remove a word that the user added. Raises NotFound, Conflict while something has it."""
        await self._api.call("DELETE", f"/{LABEL_PLURALS[kind]}/{part(word)}")

    async def label_items(self, text: str, labels: LabelBody, *, preview: bool = False) -> list[LabelChange]:
        """Label all items of a filter, or return what that would change. Raises InvalidInput, NotFound."""
        query = {"q": text, "preview": "1" if preview else None}
        found = await self._api.json(PageJson[LabelChangeJson], "POST", "/labels", labels, query=query, seconds=LONG)
        return [change.to_domain() for change in found.items]
