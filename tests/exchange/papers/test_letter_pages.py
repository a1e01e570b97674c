"""Letters as pages: 28 characters a line, 22 lines a page, nothing parted that belongs together."""

from __future__ import annotations

from huifeng_desktop.exchange.papers.setting.layout import text_width
from huifeng_desktop.exchange.papers.setting.letter_pdf import LetterPages
from huifeng_desktop.service.printed.marks import Align, Face, Page, Text


def texts(page: Page) -> list[Text]:
    return [mark for mark in page.marks if isinstance(mark, Text)][:-1]


def lines_of(*paragraphs: str) -> list[str]:
    letter = LetterPages()
    for paragraph in paragraphs:
        letter.body(paragraph)
    return [mark.text for page in letter.pages() for mark in texts(page)]


def test_no_line_begins_with_a_stop_or_ends_with_an_opening_bracket() -> None:
    for before in range(20, 30):
        for line in lines_of("会" * before + "（县委），“好”。" * 4):
            assert line[0] not in "，。）”" and line[-1] not in "（“", line
            assert text_width(line) <= 56


def test_figures_and_names_with_a_dot_stay_whole() -> None:
    for before in range(15, 30):
        lines = lines_of("会" * before + "到会率93.7%，2026年请阿布都热依木·阿布都克里木发言")
        assert any("93.7%，" in line for line in lines) and any("2026" in line for line in lines)
        assert not any(line.endswith("·") or line.startswith("·") for line in lines)


def test_lines_but_the_last_reach_both_margins() -> None:
    letter = LetterPages()
    letter.body("会" * 60)
    (page,) = letter.pages()
    assert [mark.align for mark in texts(page)] == [Align.FULL, Align.FULL, Align.LEFT]


def test_a_page_holds_22_lines_and_no_line_of_a_paragraph_stands_alone() -> None:
    letter = LetterPages()
    for _ in range(21):
        letter.body("一行")
    letter.body("会" * 60)
    first, second = letter.pages()
    assert len(texts(first)) == 21 and len(texts(second)) == 3


def test_a_heading_stays_with_its_text() -> None:
    letter = LetterPages()
    for _ in range(21):
        letter.body("一行")
    letter.heading("一、总体情况")
    letter.body("应到 126 人")
    _, second = letter.pages()
    assert [mark.text.strip() for mark in texts(second)] == ["一、总体情况", "应到126人"]


def test_a_subheading_changes_its_face_where_its_words_end() -> None:
    letter = LetterPages()
    letter.subheading("（一）缺席 1 人次。", "柳渡镇党委书记吴堃。" * 4)
    (page,) = letter.pages()
    head, rest = texts(page)[:2]
    assert (head.face, head.text.strip()) == (Face.KAI, "（一）缺席1人次。")
    assert rest.face is Face.BODY and rest.y == head.y and rest.x > head.x
    assert rest.text.startswith("柳渡镇党委书记吴堃。")


def test_page_numbers_stand_outside_in_size_four() -> None:
    letter = LetterPages()
    for _ in range(30):
        letter.body("一行")
    numbers = [page.marks[-1] for page in letter.pages()]
    assert [(one.text, one.align, one.size_pt) for one in numbers if isinstance(one, Text)] == [
        ("— 1 —", Align.RIGHT, 14),
        ("— 2 —", Align.LEFT, 14),
    ]
