"""What a German address book is made of: common names, compounds of them, towns with their postcodes, streets."""

# ruff: noqa: E501 - long lists read best in long lines

from __future__ import annotations

GIVEN_NAMES = (
    "Andreas Anna Anneliese Antje Arne Astrid Barbara Bärbel Bernd Birgit Björn Brigitte Carsten Charlotte Christa "
    "Christian Christine Claudia Daniel Daniela Desislava Dieter Dirk Dorothea Elfriede Elke Emil Emma Erika Ernst Eva "
    "Felix Florian Frank Franziska Friederike Fritz Gabriele Georg Gerda Gerhard Gisela Günter Günther Hannah Hannelore "
    "Hans Harald Heike Heinz Helga Helmut Hildegard Holger Horst Ilse Ina Inge Ingo Ingrid Irmgard Jan Jens Joachim "
    "Jochen Johanna Johannes Jonas Jörg Josef Julia Jürgen Jutta Karin Karl Katharina Kathrin Kerstin Klaus Kurt Käthe "
    "Lars Laura Lena Leon Lieselotte Lukas Maik Manfred Manuela Marcel Margarete Maria Marie Marion Markus Marlene Martin "
    "Martina Matthias Max Meike Melanie Michael Monika Nadine Nicole Nils Norbert Olaf Oliver Otto Paul Peter Petra Philipp "
    "Rainer Ralf Regina Renate René Rita Robert Rolf Rosemarie Rudolf Rüdiger Sabine Sandra Sebastian Silke Simone Sofia "
    "Sören Stefan Stefanie Susanne Svenja Sybille Tanja Thea Theodor Thomas Thorsten Tim Tobias Ulrich Ulrike Ursula Ute "
    "Uwe Valentina Vera Volker Walter Waltraud Werner Wilhelm Wolfgang Zeynep Ömer"
).split()
FAMILY_NAMES = (
    "Müller Schmidt Schneider Fischer Weber Meyer Wagner Becker Schulz Hoffmann Schäfer Koch Bauer Richter Klein Wolf "
    "Schröder Neumann Schwarz Zimmermann Braun Krüger Hofmann Hartmann Lange Schmitt Werner Krause Meier Lehmann Schmid "
    "Schulze Maier Köhler Herrmann König Walter Mayer Huber Kaiser Fuchs Peters Lang Scholz Möller Weiß Jung Hahn Schubert "
    "Vogel Friedrich Keller Günther Frank Berger Winkler Roth Beck Lorenz Baumann Franke Albrecht Schuster Simon Ludwig "
    "Böhm Winter Kraus Martin Schumacher Krämer Vogt Stein Jäger Otto Sommer Groß Seidel Heinrich Brandt Haas Schreiber "
    "Graf Schulte Dietrich Ziegler Kuhn Kühn Pohl Engel Horn Busch Bergmann Thomas Voigt Sauer Arnold Wolff Pfeiffer "
    "Yılmaz Öztürk Kaya Demir Şahin Nowak Kowalski Ivanova Petrova Dimitrov Popescu Novák Nguyen Jansen Thiel Riedel "
    "Ernst Lindner Hübner Kramer Franz Beyer Wendt Bader Böttcher Rühl Nägele Hölzl Größner Weißgerber Straßmann Süß Jäkel "
    "Prüfer Römer Förster Bühler Däubler Götz Höfer Kübler Löffler Märtens Nürnberger Pöhlmann Rößler Säger Töpfer Völker"
).split()
# Compounds: some 7,000 names, so that the words of a shop are as many as in life
FRONTS = (
    "Ober Unter Neu Alt Groß Klein Hoch Stein Wald Bach Berg Feld Mühl Grün Löwen Äcker Küster Eichen Birken Sand Linden "
    "Tannen Buchen Erlen Eschen Weiden Rosen Dorn Heide Moor Wiesen Garten Brunnen Quell Teich See Hafen Insel Brück Furt "
    "Burg Schloss Turm Kirch Kloster Mönch Bischof Kaiser Königs Herzog Ritter Land Stadt Dorf Haus Hütten Schmied Gold "
    "Silber Eisen Kupfer Zinn Salz Pfeffer Honig Milch Korn Weizen Hafer Roggen Lamm Ochsen Hirsch Fuchs Wolfs Bären Hasen "
    "Adler Falken Habicht Raben Finken Lerchen Schwarz Weiß Roten Blau Silbern Sommer Winter Herbst Lenz Sonnen Monden "
    "Stern Nord Süd Ost West Lang Kurz Breiten Schmal Rauch Nebel Regen Schnee Sturm Donner"
).split()
BACKS = (
    "mann meier müller huber bauer berger hofer wirth beck schäfer krämer lehner städter born dörfer bacher felder stein "
    "burger häuser hausen kamp horst reuter rath hardt feld wald brink voss becker schmidt schulte hagen hauer thaler "
    "auer egger eder brunner gruber leitner reiter steiner wieser zeller moser lohmann kötter bruch büttner ländner mayr "
    "winkler rieder"
).split()
# Town and the first digits of its postcodes
TOWNS = tuple(
    tuple(pair.rsplit(" ", 1))
    for pair in (
        "Berlin 101,Hamburg 204,München 803,Köln 506,Frankfurt am Main 603,Stuttgart 701,Düsseldorf 402,Leipzig 041,"
        "Dortmund 441,Essen 451,Bremen 282,Dresden 010,Hannover 301,Nürnberg 904,Duisburg 470,Bochum 447,Wuppertal 421,"
        "Bielefeld 336,Bonn 531,Münster 481,Karlsruhe 761,Mannheim 681,Augsburg 861,Wiesbaden 651,Mönchengladbach 410,"
        "Gelsenkirchen 458,Braunschweig 381,Kiel 241,Chemnitz 091,Aachen 520,Halle (Saale) 061,Magdeburg 391,"
        "Freiburg im Breisgau 791,Krefeld 477,Lübeck 235,Oberhausen 460,Erfurt 990,Mainz 551,Rostock 180,Kassel 341,"
        "Hagen 580,Saarbrücken 661,Potsdam 144,Oldenburg 261,Osnabrück 490,Göttingen 370,Würzburg 970,Tübingen 720,"
        "Flensburg 249,Görlitz 028,Köthen 063,Böblingen 710,Lörrach 795,Hörstel 484,Grünwald 820,Jülich 524,"
        "Neustrelitz 172,Wernigerode 388,Goslar 386,Celle 292,Uelzen 295,Cuxhaven 274,Leer 267,Norden 265,Husum 258"
    ).split(",")
)
STREETS = (
    "Haupt Bahnhof Garten Schul Dorf Berg Kirch Wald Linden Birken Goethe Schiller Mozart Beethoven Mühlen Rosen Tannen "
    "Brücken Königs Ziegel Feld Post Markt Süd Nord Grüner_ Friedrich-Ebert- Konrad-Adenauer- Äußere_Münchner_ Gänse"
).split()
STREET_ENDS = "straße weg gasse allee platz str. ring damm ufer".split()
TRADES = (
    "Autohaus Bäckerei Elektro Getränke Sanitär Zimmerei Schreinerei Gasthof Hotel Praxis Kfz-Werkstatt Blumen Metzgerei "
    "Optik Malerbetrieb Spedition Pension"
).split()
FORMS = ("GmbH", "GmbH & Co. KG", "e.K.", "OHG", "AG", "KG", "UG (haftungsbeschränkt)")
AREA_CODES = (
    "30 40 89 221 69 711 211 351 341 511 551 8161 7531 4131 2241 6221 5121 3643 9131 871 2871 151 152 157 160 170 171 "
    "172 173 174 175 176 178 179"
).split()
MAIL_HOSTS = (
    "post.example",
    "mail.example",
    "netz.example",
    "kasten.example",
    "brief.example",
    "funk.example",
)
NOTES = (
    "Ruft gern abends an", "Zahlt immer per Überweisung", "Lieferung nur über Hintereingang, Hund heißt Bello",
    "Möchte Erinnerung vor dem Reifenwechsel im Oktober", "Stammkunde, duzen", "Rechnung bitte per Post",
    "Allergiker, kein Daunenprodukt", "", "", "", "", "", "",
)  # fmt: skip
BRANDS = ("Nordlauf", "Talwind", "Rasant", "Felsgriff", "Sturmfest", "Weitblick", "Ferntreu", "Haltgut")
BEDS = (
    "Rollmatratze",
    "Taschenfederkernmatratze",
    "Latexmatratze",
    "Kindermatratze",
    "Topper Viscoschaum",
    "Lattenrost",
)
OTHERS = (
    "Bettwäsche Mako-Satin", "Kopfkissen Daune", "Ölfilter", "Luftfilter", "Wischerblätter", "Montage und Auswuchten",
    "Entsorgung Altreifen", "Versand Paket", "Versand Spedition", "Arbeitszeit Meister", "Kaffeevollautomat", "Türgriff Edelstahl",
    "Schließzylinder", "Fußmatte", "Dachgepäckträger", "Anhängerkupplung", "Bremsscheiben-Satz", "Verpackung: Folie",
)  # fmt: skip
TAGS = (
    "Stammkunde",
    "Großkunde",
    "Winterreifen eingelagert",
    "Allergiker",
    "Presse",
    "Nachbarschaft",
    "Firmenwagen",
)
CALLS = (
    "Fragt nach {article}, ruft morgen wieder an", "Will {article} bis Freitag", "Angebot {number} besprochen, überlegt noch",
    "Rechnung {number} nicht angekommen, noch einmal geschickt", "Rückruf wegen Liefertermin {article}",
    "Reklamation: {article} hat Liegekuhle, Foto kommt per Mail", "Termin zur Montage am {day}. vereinbart",
    "Adresse geändert, zieht nach {town}", "Nur {phone} anrufen, vormittags", "Bestellnummer {order} soll auf die Rechnung",
    "Kollege {name} ist der Ansprechpartner", "Bezahlt bar bei Abholung", "Hat die {article} gelobt, empfiehlt uns weiter",
)  # fmt: skip
SHIPMENTS = (
    "DHL {tracking}", "Versandt mit DHL, Sendungsnummer {tracking}", "DPD {tracking}, zwei Pakete", "UPS {tracking}",
    "Spedition holt am {day}. ab, Auftrag {tracking}", "Hermes {tracking}, Ablage beim Nachbarn {name}",
)  # fmt: skip
