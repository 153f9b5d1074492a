"""Amazon's departments, as product pages print them above a product, and our category for each.

Mixed departments (industrial, outlet, vouchers) have no category, because an unknown category causes no warning.
"""

import re
from collections.abc import Sequence

from assistant.amazon.values.folding import pattern, plain

# The first match counts; each line is English, German, French, Italian, Spanish, Portuguese, Dutch, Swedish, Polish, Turkish, Japanese.
_DEPARTMENTS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("pet", pattern(r"\bpet\b|haustier|animalerie|animali domestici|mascotas|animais de estimacao|huisdier|husdjur|zwierzat|evcil|ペット")),
    ("baby", pattern(r"\bbaby\b|\bbebes? |\bbebes?\b|puericulture|prima infanzia|dla dzieci i niemowlat|\bbebek\b|ベビー")),
    (
        "games",
        pattern(
            r"video ?games|^(?:pc )?games\b|gaming|jeux video|videogiochi|videojuegos|jogos de video|videospel|tv-spel|gry wideo|"
            r"video oyun|ゲーム"
        ),
    ),
    (
        "toys",
        pattern(r"\btoys?\b|spielzeug|jouets|giocattoli|giochi|juguetes|brinquedos|speelgoed|leksaker|zabawki|oyuncak|おもちゃ|ホビー"),
    ),
    (
        "office",
        pattern(
            r"\boffice\b|burobedarf|schreibwaren|fournitures de bureau|cancelleria|prodotti per ufficio|oficina|papeleria|papelaria|"
            r"escritorio|"
            r"kantoor|kontor|biurowe|ofis|kirtasiye|文房具|オフィス"
        ),
    ),
    ("jewelry", pattern(r"jewel|schmuck|bijoux|gioielli|joyeria|joias|sieraden|smycken|bizuteria|mucevher|taki|ジュエリー")),
    (
        "clothing",
        pattern(
            r"clothing|fashion|\bshoes\b|bekleidung|\bmode\b|\bschuhe\b|vetements|chaussures|abbigliamento|scarpe|moda|ropa|zapatos|"
            r"roupas|calcados|kleding|schoenen|klader|\bskor\b|odziez|obuwie|giyim|ayakkabi|服&ファッション|ファッション|シューズ"
        ),
    ),
    (
        "beauty",
        pattern(
            r"beauty|kosmetik|drogerie & korperpflege|beaute|bellezza|belleza|beleza|\bskonhet|uroda|guzellik|kisisel bakim|ビューティー"
        ),
    ),
    ("medical", pattern(r"medical|medizin|\bmedicale?\b|medico|medisch|medicinsk|medyczn|tibbi|医療|衛生用品")),
    (
        "grocery",
        pattern(
            r"grocery|gourmet food|lebensmittel|epicerie|alimentari|alimentacion|supermercado|alimentos|mercearia|levensmiddelen|"
            r"livsmedel|spozywcz|\bgida\b|supermarket|食品"
        ),
    ),
    (
        "consumable",
        pattern(
            r"household supplies|health & (?:household|personal)|drogerie|hygiene et soins|\bsalute e cura|cura della casa|"
            r"salud y cuidado|"
            r"saude e cuidados|gezondheid|halsa|zdrowie|saglik|ドラッグストア|日用品"
        ),
    ),
    (
        "kitchen",
        pattern(
            r"^kitchen|kitchen & dining|^kuche\b|kuche, haushalt|^cuisine|^cucina|^cocina|^cozinha|^keuken|^kok\b|^kuchnia|^mutfak|"
            r"キッチン"
        ),
    ),
    (
        "garden",
        pattern(r"garden|\bgarten|jardin|giardino|jardim|\btuin|tradgard|ogrod|bahce|ガーデン"),
    ),
    (
        "tools",
        pattern(
            r"\btools\b|home improvement|\bdiy\b|baumarkt|werkzeug|bricolage|fai da te|bricolaje|ferramentas|klussen|gereedschap|"
            r"bygg|verktyg|narzedzia|yapi market|\balet|\bDIY"
        ),
    ),
    (
        "automotive",
        pattern(
            r"automotive|car & motorbike|\bauto\b|auto & motorrad|auto et moto|coche y moto|automotivo|carro e moto|motoryzacja|"
            r"otomotiv|bil & motor|カー用品|車&バイク"
        ),
    ),
    (
        "sports",
        pattern(r"\bsports?\b|outdoors|freizeit|sport et loisirs|deportes|esporte|desporto|friluftsliv|turystyka|\bspor\b|スポーツ"),
    ),
    (
        "crafts",
        pattern(
            r"arts, crafts|craft|basteln|handarbeit|loisirs creatifs|arte y manualidades|artesanato|hobby|rekodzielo|el sanatlari|"
            r"手芸|画材"
        ),
    ),
    (
        "music",
        pattern(
            r"musical instruments|cds & vinyl|digital music|musikinstrument|instruments de musique|strumenti musicali|"
            r"instrumentos musica|muziek|instrumenty muzyczne|muzik|楽器|ミュージック"
        ),
    ),
    ("books", pattern(r"\bbooks?\b|kindle|bucher|livres|libri|libros|livros|boeken|bocker|ksiazki|kitap|(?<!ノート)本$|洋書|コミック")),
    (
        "electronics",
        pattern(
            r"electronics|computers|cell phones|camera|elektronik|computer|kamera|high-tech|informatique|elettronica|informatica|"
            r"electronica|"
            r"eletronicos|elektronica|datorer|elektronika|komputery|bilgisayar|家電|カメラ|パソコン"
        ),
    ),
    (
        "home",
        pattern(
            r"\bhome\b|furniture|haushalt & wohnen|wohnen|mobel|\bmaison\b|casa e cucina|\bcasa\b|hogar|\bwonen\b|\bhem\b|\bdom\b|"
            r"\bev\b|ホーム|家具"
        ),
    ),
)
_REFINES = frozenset(
    {("home", "kitchen"), ("kitchen", "home"), ("clothing", "jewelry"), ("consumable", "medical"), ("beauty", "consumable")}
)
_DEEPEST = 3


def category_of(path: Sequence[str]) -> str | None:
    """Return the category of a path of departments, widest first. A narrower department only refines a wider one."""
    found: str | None = None
    for department in path[:_DEEPEST]:
        name = plain(department[:80]).strip()
        here = next((category for category, words in _DEPARTMENTS if words.search(name)), None)
        if found is None or (found, here) in _REFINES:
            found = here
    return found
