"""Bring the catalogues of translations up to date with the code and compile them: `make languages`."""

from tests.catalogues import FOLDER, OTHERS, mo_file, po_file, read_catalogue, texts_in_code, updated_catalogue

if __name__ == "__main__":
    texts = texts_in_code()
    for language in OTHERS:
        (FOLDER / f"{language}.po").write_bytes(po_file(updated_catalogue(language, texts)))
        catalogue = read_catalogue(language)
        (FOLDER / f"{language}.mo").write_bytes(mo_file(catalogue))
        missing = sum(not message.string or not all(message.string) for message in catalogue if message.id)
        print(f"{language}: {len(texts)} texts, {missing} to translate")
