"""The rule for encodings: forty of them, in the languages that are written in them."""

from __future__ import annotations

import pytest

from ctcorpus.ingest.decode import decode

#: language -> a paragraph, and the encodings in which it is found again
TEXTS: dict[str, tuple[str, str]] = {
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
    "lt": (
        "Ministerija vakar paskelbė, kad saugumas išlieka prioritetu; daugiau detalių nepateikta. Šaltiniai tyli. ",
        "cp1257 iso8859_13",
    ),
}
CASES = [(language, encoding) for language, (_, names) in TEXTS.items() for encoding in names.split()]


def test_there_are_forty() -> None:
    assert len({encoding for _, encoding in CASES}) >= 40


@pytest.mark.parametrize(("language", "encoding"), CASES)
def test_the_text_is_found_again(language: str, encoding: str) -> None:
    text = TEXTS[language][0] * 8
    decoded = decode(text.encode(encoding))
    assert decoded.text.removeprefix("\ufeff") == text
    assert decoded.basis in ("bom", "utf-8", "detected", "fallback")
    assert decoded.basis in ("bom", "utf-8") or decoded.warnings


def test_a_short_text_in_a_legacy_encoding_is_read_with_a_warning() -> None:
    decoded = decode("naïve".encode("cp1252"))
    assert decoded.text == "naïve" and decoded.warnings
