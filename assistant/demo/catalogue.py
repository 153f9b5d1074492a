"""The products of the demo household, all invented, with invented ASINs."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class CatalogueProduct:
    """A product: `price` net, in minor units of the account's currency; `every` about how many days lie between purchases."""

    asin: str
    title: str
    price: int
    category: str
    every: int


PERSONAL = (
    CatalogueProduct("B0DEMOP001", "Trail running shoes, grey, size 42", 8900, "sports", 300),
    CatalogueProduct("B0DEMOP002", "Crime novel: The Quiet Harbour (paperback)", 1299, "books", 40),
    CatalogueProduct("B0DEMOP003", "Noise cancelling headphones NC-40", 19900, "electronics", 700),
    CatalogueProduct("B0DEMOP004", "Coffee beans, medium roast, 1 kg", 1890, "grocery", 24),
    CatalogueProduct("B0DEMOP005", "Bicycle inner tube 28 inch, pack of 2", 1150, "sports", 120),
    CatalogueProduct("B0DEMOP006", "Wool scarf, dark green", 3900, "clothing", 260),
    CatalogueProduct("B0DEMOP007", "Guitar strings, light, 3 sets", 1450, "music", 90),
    CatalogueProduct("B0DEMOP008", "Water bottle, stainless steel, 750 ml", 2490, "sports", 330),
    CatalogueProduct("B0DEMOP009", "USB-C charger 65 W", 3299, "electronics", 280),
    CatalogueProduct("B0DEMOP010", "Sketchbook A4, 120 pages", 1190, "crafts", 75),
)
BUSINESS = (
    CatalogueProduct("B0DEMOB001", "HP 414A black toner cartridge", 8999, "office", 95),
    CatalogueProduct("B0DEMOB002", "Thermal labels 4x6, roll of 500", 2150, "office", 38),
    CatalogueProduct("B0DEMOB003", "Printer paper, 5 reams", 3490, "office", 42),
    CatalogueProduct("B0DEMOB004", "Mailing boxes 12x9x4, pack of 50", 4620, "packaging", 55),
    CatalogueProduct("B0DEMOB005", "Bubble mailers, size 2, pack of 100", 2899, "packaging", 60),
    CatalogueProduct("B0DEMOB006", "Monitor 27 inch, 4K, USB-C", 38900, "electronics", 360),
    CatalogueProduct("B0DEMOB007", "External SSD 2 TB", 15900, "electronics", 240),
    CatalogueProduct("B0DEMOB008", "Desk lamp, adjustable, LED", 5490, "office", 320),
    CatalogueProduct("B0DEMOB009", "Gel pens, black, box of 24", 1699, "office", 110),
    CatalogueProduct("B0DEMOB010", "Ergonomic office chair, mesh", 28900, "office", 720),
    CatalogueProduct("B0DEMOB011", "Packing tape, clear, 6 rolls", 1499, "packaging", 65),
    CatalogueProduct("B0DEMOB012", "Bookkeeping handbook for sole traders", 3200, "books", 400),
)
HOUSEHOLD = (
    CatalogueProduct("B0DEMOH001", "Laundry detergent, 100 loads", 2399, "consumable", 45),
    CatalogueProduct("B0DEMOH002", "Dishwasher tablets, pack of 90", 1899, "consumable", 50),
    CatalogueProduct("B0DEMOH003", "Bath towels, set of 6", 4500, "home", 500),
    CatalogueProduct("B0DEMOH004", "Cordless vacuum V8", 24900, "home", 800),
    CatalogueProduct("B0DEMOH005", "LED bulbs E26, warm white, 8-pack", 1549, "home", 150),
    CatalogueProduct("B0DEMOH006", "Cat food, chicken, 48 pouches", 2190, "pet", 21),
    CatalogueProduct("B0DEMOH007", "Kitchen towels, 12 rolls", 1999, "consumable", 33),
    CatalogueProduct("B0DEMOH008", "Cast iron pan, 26 cm", 3990, "kitchen", 450),
    CatalogueProduct("B0DEMOH009", "Water filter cartridges, 6-pack", 2749, "kitchen", 88),
)
FAMILY = (
    CatalogueProduct("B0DEMOF001", "Kinderbuch: Der kleine Leuchtturm", 1390, "books", 60),
    CatalogueProduct("B0DEMOF002", "Holzbausteine, 100 Stück", 2990, "toys", 170),
    CatalogueProduct("B0DEMOF003", "Regenjacke für Kinder, gelb, Größe 116", 3495, "clothing", 200),
    CatalogueProduct("B0DEMOF004", "Windeln Größe 5, 144 Stück", 3299, "baby", 28),
    CatalogueProduct("B0DEMOF005", "Hörspiel-Box mit 3 Figuren", 7999, "toys", 350),
    CatalogueProduct("B0DEMOF006", "Fahrradhelm Kinder, blau", 2899, "sports", 300),
    CatalogueProduct("B0DEMOF007", "Haferdrink, 10 x 1 Liter", 1590, "grocery", 26),
)
