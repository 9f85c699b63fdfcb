"""The words synthetic people and companies are named with."""

FIRST_NAMES = (
    "Anne", "Arne", "Astrid", "Bjørn", "Eirik", "Elin", "Erik", "Fatima", "Geir", "Grete", "Hanne", "Harald", "Heidi",
    "Ida", "Inger", "Ivar", "Jon", "Karin", "Kjell", "Lars", "Leif", "Lene", "Liv", "Magnus", "Marit", "Mohamed",
    "Nina", "Odd", "Per", "Ragnhild", "Rune", "Silje", "Siri", "Solveig", "Stian", "Tone", "Trond", "Unni", "Vigdis",
    "Øyvind", "Åse",
)  # fmt: skip
LAST_NAMES = (
    "Aas", "Andersen", "Bakke", "Berg", "Bråten", "Dahl", "Eide", "Fjeld", "Fossum", "Grønli", "Hagen", "Halvorsen",
    "Haugen", "Hovland", "Johansen", "Knudsen", "Kvam", "Lie", "Lunde", "Moen", "Myhre", "Nygård", "Næss", "Ødegård",
    "Rønning", "Sandvik", "Skoglund", "Solberg", "Strand", "Tangen", "Thorsen", "Vik",
)  # fmt: skip
PLACES = (
    "Askøy", "Bergby", "Bjørnefjell", "Brekke", "Dalen", "Eidsvik", "Elvebakken", "Fagernes", "Fjellheim", "Fjordgløtt",
    "Furulund", "Granåsen", "Grønnvik", "Haugland", "Havblikk", "Holmen", "Kirkebakken", "Kystveien", "Lillevik",
    "Lyngmo", "Midtbyen", "Myrvang", "Nordlys", "Nordstrand", "Oppdal", "Polar", "Rognan", "Sandnes", "Sjøsiden",
    "Skarpnes", "Skogbrynet", "Solsiden", "Steinvik", "Storgata", "Sørlia", "Torget", "Tyrihans", "Vestfjord", "Østby",
    "Åsgård",
)  # fmt: skip
TRADES = (
    "Anlegg", "Auto", "Bakeri", "Barnehage", "Blomster", "Bok & Papir", "Brønnboring", "Bygg", "Camping", "Data",
    "Eiendom", "Elektro", "Fisk", "Frisør", "Fysioterapi", "Gartneri", "Grafisk", "Hotell", "Isolering", "Kafé",
    "Konsult", "Legesenter", "Maling", "Maskin", "Mekaniske", "Møbler", "Optikk", "Regnskap", "Renhold", "Rørlegger",
    "Snekkeri", "Sport", "Tannlege", "Taxi", "Transport", "Trevare", "Trykkeri", "Vakt", "Ventilasjon", "Vikar",
)  # fmt: skip
_LONGEST_NAME = (  # 120 characters
    "Stiftelsen til fremme av lange navn, gode hensikter og riktig lønn "
    "i Indre og Ytre Nordre Sunnfjord med alle de øyene AS"
)
HOSTILE_NAMES = (
    "=SUM(A1:A9) Bygg AS",
    "Rør [as]",
    "Fisk [/] & Vilt AS",
    'O\'Hara "Kaffe" AS',
    "Ærlig Øl på Ås ANS",
    "Blomster 🌷 AS",
    "@kontor AS",
    "-Minus AS",
    "בית קפה השמש AS",
    _LONGEST_NAME,
)
ASCII = str.maketrans("æøåÆØÅé", "aoaAOAe")
