"""The rule for encodings: what it finds again, and what it reads as cp1252 with a warning that says so."""

from __future__ import annotations

from collections import Counter

import pytest

from ctcorpus.ingest.decode import NotTextError, decode

#: language -> a paragraph, and the encodings in which it is found again
FOUND: dict[str, tuple[str, str]] = {
    "en": (
        "“The café’s résumé – naïve” said the ministry. It was the first statement of its kind this year"
        ", and it cost £5 million. ",
        "cp1252 utf-16 utf-16-le utf-16-be utf-32 utf-8 utf-8-sig",
    ),
    "fr": (
        "Le ministère a déclaré hier que la sécurité intérieure était une priorité; les élus ont été pré"
        "venus à Paris. ",
        "iso8859_1 cp1252 iso8859_15 cp850",
    ),
    "de": (
        "Die Behörden erklärten gestern, daß für die Sicherheit größere Mittel nötig wären. Über die Höh"
        "e sprach man nicht. ",
        "iso8859_1 cp1252 cp850 mac_roman",
    ),
    "ru": (
        "Министерство сообщило вчера, что безопасность остаётся главной задачей. Подробности не приводят"
        "ся, но будут названы позже. ",
        "cp1251 koi8_r iso8859_5 cp866 mac_cyrillic",
    ),
    "uk": (
        "Міністерство повідомило вчора, що безпека залишається головним завданням. Подробиці не наводять"
        "ся, їх назвуть пізніше. ",
        "cp1251 koi8_u",
    ),
    "el": (
        "Το υπουργείο ανακοίνωσε χθες ότι η ασφάλεια παραμένει προτεραιότητα. Άλλες λεπτομέρειες δεν δόθ"
        "ηκαν στη δημοσιότητα. ",
        "cp1253 iso8859_7",
    ),
    "ar": (
        "أعلنت الوزارة أمس أن الأمن يبقى أولوية رئيسية، ولم تذكر تفاصيل أخرى حول الموضوع في هذا الوقت. ",
        "cp1256 iso8859_6",
    ),
    "he": (
        "משרד הביטחון הודיע אתמול כי הביטחון נשאר בראש סדר העדיפויות, ולא נמסרו פרטים נוספים בנושא. ",
        "cp1255 iso8859_8",
    ),
    "tr": (
        "Bakanlık dün güvenliğin öncelikli konu olduğunu açıkladı; başka ayrıntı verilmedi. Şehirde önle"
        "mler artırıldı. ",
        "cp1254 iso8859_9",
    ),
    "pl": (
        "Ministerstwo ogłosiło wczoraj, że bezpieczeństwo pozostaje priorytetem. Szczegółów nie podano; "
        "będą później. Źródła milczą. ",
        "cp1250 iso8859_2",
    ),
    "cs": (
        "Ministerstvo včera oznámilo, že bezpečnost zůstává prioritou. Další podrobnosti nebyly zveřejně"
        "ny, řekl mluvčí. ",
        "cp1250 iso8859_2",
    ),
    "th": (
        "กระทรวงกล่าวเมื่อวานนี้ว่าความมั่นคงยังคงเป็นเรื่องสำคัญ ไม่มีรายละเอียดเพิ่มเติมในขณะนี้ ",
        "cp874 tis_620",
    ),
    "ja": (
        "日本政府は昨日、安全保障が最も重要な課題であると発表した。詳しいことはまだ分からない。カタカナの言葉もある。",
        "euc_jp shift_jis cp932 iso2022_jp",
    ),
    "ko": (
        "정부는 어제 안보가 가장 중요한 과제라고 발표했다. 자세한 내용은 아직 알려지지 않았다. ",
        "euc_kr cp949 iso2022_kr",
    ),
    "zh": (
        "政府昨天宣布安全仍然是最重要的任务，具体细节目前还没有公布，外界对此表示关注。",
        "gb2312 gbk gb18030",
    ),
    "zt": (
        "政府昨天宣布安全仍然是最重要的任務，具體細節目前還沒有公布，外界對此表示關注。",
        "big5 big5hkscs",
    ),
    "vi": (
        "Bộ thông báo hôm qua rằng an ninh vẫn là ưu tiên hàng đầu và không có chi tiết nào khác. ",
        "utf-8",
    ),
    "fr garden": (
        "La rivière déborde souvent au printemps et les pêcheurs réparent leurs filets près du vieux pon"
        "t; après la crue, ils sont déjà sur l'eau. ",
        "iso8859_1 cp850 mac_roman",
    ),
    "de garden": (
        "Der Gärtner schneidet die Bäume früh im Jahr, während die Kinder über die Wiese laufen und Äpfe"
        "l für den Kuchen suchen. ",
        "iso8859_1 cp850 mac_roman",
    ),
    "cs garden": (
        "Zahradník stříhá stromy brzy na jaře, zatímco děti běhají po louce a hledají jablka, která spad"
        "la v noci; také zpívají. ",
        "cp1250 iso8859_2",
    ),
    "hu garden": (
        "A kertész kora tavasszal metszi a fákat, és a gyerekek a réten futkosnak, hogy almát keressenek"
        ", ami már lehullott. ",
        "cp1250 iso8859_2",
    ),
    "tr garden": (
        "Bahçıvan ağaçları ilkbaharda budar, çocuklar çayırda koşar ve kek için elma toplar; hava çok gü"
        "zel değil ama olsun. ",
        "cp1254 iso8859_9",
    ),
    "lt garden": (
        "Sodininkas anksti pavasarį genėja medžius, o vaikai bėgioja po pievą ir ieško obuolių, kurių dė"
        "l vėjo prikrito daug iš medžių. ",
        "cp1257 iso8859_13",
    ),
    "th garden": (
        "ชาวสวนตัดแต่งต้นไม้ในฤดูใบไม้ผลิและเด็กๆวิ่งเล่นในทุ่งหญ้าเพื่อหาแอปเปิล ",
        "cp874",
    ),
    "ru garden": (
        "Садовник подрезает деревья ранней весной, а дети бегают по лугу и ищут яблоки для пирога, пока не стемнеет. ",
        "cp1251 koi8_r iso8859_5 cp866",
    ),
    "ja garden": (
        "庭師は早春に木を剪定し、子どもたちは草原を走り回ってりんごを探す。夜になるまで歌っている。",
        "euc_jp cp932",
    ),
    "ko garden": (
        "정원사는 이른 봄에 나무를 다듬고 아이들은 풀밭을 뛰어다니며 사과를 찾는다. ",
        "cp949",
    ),
    "zh garden": (
        "园丁在早春修剪树木，孩子们在草地上跑来跑去寻找苹果，直到天黑才回家。",
        "gb18030",
    ),
    "zt garden": (
        "園丁在早春修剪樹木，孩子們在草地上跑來跑去尋找蘋果，直到天黑才回家。",
        "big5",
    ),
}
#: language -> a paragraph, and the encodings in which too little tells it: the fallback is taken, with a warning
MISSED: dict[str, tuple[str, str]] = {
    "en": (
        "“The café’s résumé – naïve” said the ministry. It was the first statement of its kind this year"
        ", and it cost £5 million. ",
        "mac_roman",
    ),
    "lt": (
        "Ministerija vakar paskelbė, kad saugumas išlieka prioritetu; daugiau detalių nepateikta. Šaltiniai tyli. ",
        "cp1257 iso8859_13",
    ),
    "pl garden": (
        "Ogrodnik przycina drzewa wczesną wiosną, a dzieci bawią się na łące i szukają jabłek, które spadły w nocy. ",
        "cp1250 iso8859_2",
    ),
}


def cases(texts: dict[str, tuple[str, str]]) -> list[tuple[str, str]]:
    return [(text * 8, encoding) for text, names in texts.values() for encoding in names.split()]


def test_there_are_forty() -> None:
    assert len({encoding for _, encoding in cases(FOUND)}) >= 40


@pytest.mark.parametrize(("text", "encoding"), cases(FOUND))
def test_the_text_is_found_again(text: str, encoding: str) -> None:
    decoded = decode(text.encode(encoding))
    assert decoded.text.removeprefix("\ufeff") == text
    assert decoded.basis in ("bom", "utf-8") or decoded.warnings


@pytest.mark.parametrize(("text", "encoding"), cases(MISSED))
def test_where_too_little_tells_the_fallback_says_so(text: str, encoding: str) -> None:
    decoded = decode(text.encode(encoding))
    assert (decoded.encoding, decoded.basis) == ("cp1252", "fallback")
    assert "no encoding was detected" in decoded.warnings[0]


#: other texts, which no rule was made with: a language and a paragraph
OTHERS: dict[str, str] = {
    "fr": "Le pêcheur répare son filet près du quai; la marée monte déjà et les enfants jouent là où"
    " l'eau est à peine froide.",
    "de": "Der Hafen ist früh am Morgen leer, während die Möwen über den Dächern kreisen und die Kräne"
    " schon arbeiten müssen.",
    "es": "El pescador arregla la red según la costumbre; después, mañana o pasado, saldrá también el"
    " barco más pequeño.",
    "pl": "Rybak naprawia sieć przed świtem, ponieważ łódź już czeka, a dzieci śpią jeszcze w domu nad"
    " rzeką; będą później.",
    "cs": "Rybář opravuje síť před úsvitem, protože loď již čeká a děti ještě spí v domě u řeky; přijdou později.",
    "hu": "A halász hajnal előtt javítja a hálót, mert a csónak már vár, és a gyerekek még alszanak a"
    " folyó menti házban.",
    "ro": "Pescarul îşi repară plasa înainte de zori, pentru că barca aşteaptă deja şi copiii dorm până"
    " târziu, fără grijă.",
    "tr": "Balıkçı ağını şafaktan önce onarır, çünkü tekne hazır değil; çocuklar şimdi nehrin yanındaki evde uyuyor.",
    "lt": "Žvejys taiso tinklą prieš aušrą, nes valtis jau laukia; vaikai dar miega namuose prie upės,"
    " kurių langai šviesūs.",
    "ru": "Рыбак чинит сеть до рассвета, потому что лодка уже ждёт; дети ещё спят в доме у реки, окна которого светлы.",
    "uk": "Рибалка лагодить сітку до світанку, бо човен уже чекає; діти ще сплять у хаті біля річки, їхні"
    " вікна світлі.",
    "bg": "Рибарят поправя мрежата преди зазоряване, защото лодката вече чака; децата още спят в къщата до реката.",
    "el": "Ο ψαράς φτιάχνει το δίχτυ πριν την αυγή, γιατί η βάρκα περιμένει ήδη· τα παιδιά κοιμούνται ακόμη στο σπίτι.",
    "ar": "يصلح الصياد شبكته قبل الفجر لأن القارب ينتظر، والأطفال ما زالوا نائمين في البيت قرب النهر.",
    "he": "הדייג מתקן את הרשת לפני עלות השחר כי הסירה כבר מחכה, והילדים עדיין ישנים בבית ליד הנהר.",
    "th": "ชาวประมงซ่อมแหก่อนรุ่งสางเพราะเรือรออยู่แล้ว เด็กๆยังหลับอยู่ในบ้านริมแม่น้ำ",
    "ja": "漁師は夜明け前に網を直す。舟はもう待っているからだ。子どもたちは川のそばの家でまだ眠っている。",
    "ko": "어부는 새벽이 오기 전에 그물을 고친다. 배가 벌써 기다리고 있기 때문이다. 아이들은 아직 자고 있다.",
    "zh": "渔夫在黎明前修补渔网,因为船已经在等着了。孩子们还在河边的房子里睡觉,窗户很亮。",
    "zt": "漁夫在黎明前修補漁網,因為船已經在等著了。孩子們還在河邊的房子裡睡覺,窗戶很亮。",
}
#: the encodings in which texts of each language are written
WRITTEN: dict[str, str] = {
    "fr de es": "cp1252 iso8859_1 iso8859_15 cp850 mac_roman",
    "pl cs hu": "cp1250 iso8859_2 cp852",
    "ro": "cp1250 iso8859_2 cp852",
    "tr": "cp1254 iso8859_9 cp857",
    "lt": "cp1257 iso8859_13",
    "ru": "cp1251 koi8_r iso8859_5 cp866 mac_cyrillic cp855",
    "uk": "cp1251 koi8_u iso8859_5 cp1125",
    "bg": "cp1251 iso8859_5 cp866",
    "el": "cp1253 iso8859_7 cp737",
    "ar": "cp1256 iso8859_6",
    "he": "cp1255 iso8859_8 cp862",
    "th": "cp874 tis_620",
    "ja": "euc_jp shift_jis cp932 iso2022_jp",
    "ko": "euc_kr cp949 johab iso2022_kr",
    "zh": "gb2312 gbk gb18030 hz",
    "zt": "big5 big5hkscs gbk gb18030",
}


def judged() -> Counter[str]:
    """How many texts are read right, wrong although a rule told the encoding, or not told: the fallback says so."""
    found: Counter[str] = Counter()
    for languages, encodings in WRITTEN.items():
        for language in languages.split():
            for encoding in (*encodings.split(), "utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32"):
                try:
                    data = OTHERS[language].encode(encoding)
                except UnicodeEncodeError:
                    continue
                try:
                    decoded = decode(data)
                except NotTextError:
                    found["undecided"] += 1
                    continue
                right = decoded.text.removeprefix("\ufeff") == OTHERS[language]
                found["right" if right else "undecided" if decoded.basis == "fallback" else "wrong"] += 1
    return found


def test_what_is_told_is_right() -> None:
    found = judged()
    assert found["wrong"] == 0, found
    assert found["right"] > 0.8 * found.total(), found
