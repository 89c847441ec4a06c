"""Sentences that seem to differ from the law and are not false: none of them is accused, in no language.

When they were first tried, 110 of 150 were taken for false.  They are of 1 March 2021, when 33 States were Parties.
"""

from __future__ import annotations

import datetime as dt
from typing import Final

import pytest

from skywitness.press.article import Article, read_words
from skywitness.press.source import Source

INNOCENT: Final = {
    "two treaties": (
        ("en", "The INF Treaty was signed in 1987 and the CFE Treaty in 1990, three years apart."),
        ("en", "The INF Treaty, like the CFE Treaty signed in 1990 and the Open Skies Treaty signed in 1992, "
         "limited arms."),
        ("en", "Unlike the Open Skies Treaty, the NPT was signed in 1968 by three powers."),
        ("en", "The adapted CFE Treaty was signed in Istanbul in 1999 by all the parties."),
        ("en", "An agreement on the adaptation of the CFE Treaty was signed on 19 November 1999 in Istanbul."),
        ("fr", "Le traité FNI a été signé en 1987, le traité FCE en 1990 et Ciel ouvert en 1992."),
        ("fr", "Le traité FCE adapté a été signé à Istanbul en 1999."),
        ("de", "Der INF-Vertrag wurde 1987, der KSE-Vertrag 1990 und der Open-Skies-Vertrag 1992 unterzeichnet."),
        ("de", "Der angepasste KSE-Vertrag wurde 1999 in Istanbul unterzeichnet."),
        ("it", "Il trattato INF fu firmato nel 1987, il trattato FACE nel 1990 e Cieli aperti nel 1992."),
        ("it", "Il trattato FACE adattato è stato firmato a Istanbul nel 1999."),
        ("es", "El Tratado INF se firmó en 1987, el Tratado FACE en 1990 y el de Cielos Abiertos en 1992."),
        ("es", "El Tratado FACE adaptado se firmó en Estambul en 1999."),
        ("ru", "Договор РСМД был подписан в 1987 году, ДОВСЕ — в 1990-м, а Договор по открытому небу — в 1992 "
         "году."),
        ("ru", "Адаптированный ДОВСЕ был подписан в Стамбуле в 1999 году."),
        ("vi", "Hiệp ước INF được ký năm 1987, Hiệp ước CFE năm 1990 và Hiệp ước Bầu trời Mở năm 1992."),
        ("vi", "Hiệp ước CFE sửa đổi được ký tại Istanbul năm 1999."),
    ),
    "negation": (
        ("en", "The Open Skies Treaty did not enter into force until 2002, and not in 1995 as planned."),
        ("en", "The Open Skies Treaty was signed not in 1993 but in 1992."),
        ("fr", "Le traité Ciel ouvert n'entra pas en vigueur en 1995, mais en 2002."),
        ("de", "Der Open-Skies-Vertrag trat nicht 1995 in Kraft, sondern 2002."),
        ("it", "Il trattato Cieli aperti non entrò in vigore nel 1995, bensì nel 2002."),
        ("es", "El Tratado de Cielos Abiertos no entró en vigor en 1995, sino en 2002."),
        ("ru", "Договор по открытому небу вступил в силу не в 1995 году, а в 2002-м."),
        ("vi", "Hiệp ước Bầu trời Mở không có hiệu lực từ năm 1995 mà từ năm 2002."),
    ),
    "hypothetical": (
        ("en", "Had the Open Skies Treaty entered into force in 1995, Russia would have flown earlier."),
        ("en", "If the Open Skies Treaty had been signed in 1955, as Eisenhower wished, much would be different."),
        ("fr", "Si le traité Ciel ouvert était entré en vigueur en 1995, la Russie aurait volé plus tôt."),
        ("de", "Wäre der Open-Skies-Vertrag 1995 in Kraft getreten, hätte Russland früher fliegen dürfen."),
        ("it", "Se il trattato Cieli aperti fosse entrato in vigore nel 1995, la Russia avrebbe volato prima."),
        ("es", "Si el Tratado de Cielos Abiertos hubiera entrado en vigor en 1995, Rusia habría volado antes."),
        ("ru", "Если бы Договор по открытому небу вступил в силу в 1995 году, Россия летала бы раньше."),
        ("vi", "Nếu Hiệp ước Bầu trời Mở có hiệu lực từ năm 1995 thì Nga đã bay sớm hơn."),
    ),
    "quoted": (
        ("en", "Contrary to what the leaflet says, the Open Skies Treaty was not signed in 1994."),
        ("en", "The claim that the Open Skies Treaty was signed in 1994 is wrong."),
        ("fr", "Il est faux de dire que le traité Ciel ouvert a été signé en 1994."),
        ("de", "Die Behauptung, der Open-Skies-Vertrag sei 1994 unterzeichnet worden, ist falsch."),
        ("it", "È falso che il trattato Cieli aperti sia stato firmato nel 1994."),
        ("es", "Es falso que el Tratado de Cielos Abiertos se firmara en 1994, la firma fue antes."),
        ("ru", "Неверно, что Договор по открытому небу был подписан в 1994 году."),
        ("vi", "Nói Hiệp ước Bầu trời Mở được ký năm 1994 là sai."),
    ),
    "planned": (
        ("en", "The Open Skies Treaty was expected to enter into force in 1993, but Moscow took its time."),
        ("en", "Germany plans to withdraw from the Open Skies Treaty formally in 2024, a tabloid wrote."),
        ("fr", "Le traité Ciel ouvert devait entrer en vigueur en 1993, mais Moscou a tardé."),
        ("fr", "Son entrée en vigueur, prévue pour 1993, a été repoussée : le traité Ciel ouvert attendit."),
        ("de", "Der Open-Skies-Vertrag sollte ursprünglich 1993 in Kraft treten."),
        ("it", "Il trattato Cieli aperti sarebbe dovuto entrare in vigore nel 1993, ma Mosca prese tempo."),
        ("es", "Se esperaba que el Tratado de Cielos Abiertos entrara en vigor en 1993; la entrada en vigor se "
         "retrasó."),
        ("es", "La entrada en vigor del Tratado de Cielos Abiertos estaba prevista para 1993."),
        ("ru", "Предполагалось, что Договор по открытому небу вступит в силу в 1993 году, но вступление в силу "
         "затянулось до 2002 года."),
        ("vi", "Hiệp ước Bầu trời Mở dự kiến có hiệu lực vào năm 1993 nhưng Nga chần chừ."),
    ),
    "anniversary": (
        ("en", "On 24 March 2012 ministers celebrated the anniversary of the signing of the Open Skies Treaty "
         "in Helsinki."),
        ("en", "In 2012, twenty years after the Open Skies Treaty was signed, the ministers met in Helsinki."),
        ("en", "In 2012, 20 years after the Treaty on Open Skies was signed in 1992, Russia flew over Alaska."),
        ("fr", "En 2012, vingt ans après la signature du traité Ciel ouvert, les ministres se sont revus."),
        ("fr", "Le 24 mars 2012, les ministres ont fêté l'anniversaire de la signature du traité Ciel ouvert."),
        ("de", "2012, zwanzig Jahre nachdem der Open-Skies-Vertrag unterzeichnet worden war, trafen sich die "
         "Minister."),
        ("de", "Am 24. März 2012 feierten die Minister den Jahrestag der Unterzeichnung des Open-Skies-Vertrags."),
        ("it", "Nel 2012, vent'anni dopo la firma del trattato Cieli aperti, i ministri si sono rivisti."),
        ("es", "En 2012, veinte años después de la firma del Tratado de Cielos Abiertos, los ministros se "
         "reunieron."),
        ("ru", "В 2012 году, спустя двадцать лет после того, как был подписан Договор по открытому небу, "
         "министры встретились вновь."),
        ("vi", "Năm 2012, hai mươi năm sau khi Hiệp ước Bầu trời Mở được ký, các bộ trưởng gặp lại nhau."),
    ),
    "former": (
        ("en", "Of the 33 states parties to the Open Skies Treaty, 24 belong to NATO."),
        ("en", "The Open Skies Treaty once had 34 member states."),
        ("en", "The 29 NATO member states support the Open Skies Treaty."),
        ("en", "The 27 EU members and the other 32 parties to the Open Skies Treaty met."),
        ("en", "The other 32 parties to the Open Skies Treaty regret the American move."),
        ("en", "The United States was a party to the Open Skies Treaty for two decades."),
        ("en", "The United States, which is a former party to the Open Skies Treaty, had two aircraft."),
        ("en", "Is Serbia a party to the Open Skies Treaty?"),
        ("en", "Serbia is to become a party to the Open Skies Treaty, diplomats say."),
        ("fr", "Sur les 33 États parties au traité Ciel ouvert, 24 sont membres de l'Otan."),
        ("fr", "Les 29 pays membres de l'Otan soutiennent le traité Ciel ouvert."),
        ("fr", "Les 32 autres États parties au traité Ciel ouvert regrettent ce départ."),
        ("fr", "Les États-Unis étaient partie au traité Ciel ouvert pendant vingt ans."),
        ("fr", "La Serbie est-elle partie au traité Ciel ouvert ?"),
        ("de", "Von den 33 Vertragsstaaten des Open-Skies-Vertrags gehören 24 der Nato an."),
        ("de", "Die 29 Mitgliedstaaten der Nato stehen zum Open-Skies-Vertrag."),
        ("de", "Die übrigen 32 Vertragsstaaten des Open-Skies-Vertrags bedauern den Schritt."),
        ("de", "Die USA waren Vertragsstaat des Open-Skies-Vertrags."),
        ("de", "Ist Serbien Vertragsstaat des Open-Skies-Vertrags?"),
        ("it", "Dei 33 Stati parte del trattato Cieli aperti, 24 sono membri della Nato."),
        ("it", "I 29 Paesi membri della Nato difendono il trattato Cieli aperti."),
        ("it", "Gli altri 32 Stati parte del trattato Cieli aperti deplorano la scelta."),
        ("es", "De los 33 Estados parte del Tratado de Cielos Abiertos, 24 son miembros de la OTAN."),
        ("es", "Los 29 países miembros de la OTAN defienden el Tratado de Cielos Abiertos."),
        ("es", "Los otros 32 Estados parte del Tratado de Cielos Abiertos lamentan el paso."),
        ("ru", "Из 33 государств — участников Договора по открытому небу 24 государства входят в НАТО."),
        ("ru", "29 государств — членов НАТО поддерживают Договор по открытому небу."),
        ("ru", "Остальные 32 государства — участника Договора по открытому небу сожалеют об этом."),
        ("vi", "Trong 33 nước thành viên Hiệp ước Bầu trời Mở có 24 nước thuộc NATO."),
        ("vi", "29 nước thành viên NATO ủng hộ Hiệp ước Bầu trời Mở."),
        ("vi", "32 nước thành viên còn lại của Hiệp ước Bầu trời Mở lấy làm tiếc."),
        ("vi", "Hiệp ước Bầu trời Mở từng có 35 nước thành viên."),
    ),
    "draft": (
        ("en", "A draft of the Open Skies Treaty was signed off by experts in 1991."),
        ("en", "Negotiators initialled and signed a draft of the Open Skies Treaty in February 1990 in Ottawa."),
        ("fr", "Un projet de traité Ciel ouvert fut signé par les experts en 1991."),
    ),
    "decade": (
        ("en", "The INF Treaty was signed in the 1980s and ended in the 2010s."),
        ("en", "In the 1990s, when the Open Skies Treaty was signed, Russia was weak."),
        ("fr", "Le traité FNI, signé dans les années 1980, a pris fin en 2019."),
    ),
    "organ": (
        ("en", "Russia formally left the Joint Consultative Group of the CFE Treaty in March 2015."),
        ("fr", "La Russie a officiellement quitté le groupe consultatif commun du traité FCE en mars 2015."),
        ("de", "Russland hat die Gemeinsame Beratungsgruppe des KSE-Vertrags im März 2015 offiziell verlassen."),
        ("it", "La Russia ha formalmente lasciato il gruppo consultivo congiunto del trattato FACE nel marzo 2015."),
        ("es", "Rusia abandonó oficialmente el Grupo Consultivo Conjunto del Tratado FACE en marzo de 2015."),
        ("ru", "Россия официально вышла из Совместной консультативной группы ДОВСЕ в марте 2015 года."),
        ("vi", "Nga chính thức rút khỏi Nhóm tham vấn chung của Hiệp ước CFE vào tháng 3/2015."),
    ),
    "other object": (
        ("en", "Officials formally left Vienna in 2019 without a deal on the Open Skies Treaty."),
        ("en", "Russian troops formally left Georgia in 2007, as the CFE Treaty asked."),
        ("en", "A meeting on the Open Skies Treaty ended in July 2020 without result."),
        ("en", "The Cold War ended in 1991, four years after the INF Treaty."),
        ("fr", "Les diplomates ont officiellement quitté Vienne en 2019 sans accord sur le traité Ciel ouvert."),
        ("de", "Die Diplomaten haben Wien 2019 offiziell verlassen, ohne sich über den Open-Skies-Vertrag zu "
         "einigen."),
    ),
    "other paper": (
        ("en", "A statement on the Open Skies Treaty was signed in May 2020 by ten ministers."),
        ("en", "Ministers signed a protocol to the Open Skies Treaty in 2010."),
        ("en", "The two presidents signed a declaration on the INF Treaty in 2007."),
        ("fr", "Une déclaration sur le traité Ciel ouvert a été signée en mai 2020 par dix ministres."),
        ("de", "Eine Erklärung zum Open-Skies-Vertrag wurde im Mai 2020 von zehn Ministern unterzeichnet."),
        ("it", "Una dichiarazione sul trattato Cieli aperti è stata firmata nel maggio 2020 da dieci ministri."),
        ("es", "Una declaración sobre el Tratado de Cielos Abiertos fue firmada en mayo de 2020 por diez "
         "ministros."),
        ("ru", "Заявление по Договору по открытому небу было подписано в мае 2020 года десятью министрами; "
         "подписал его и Берлин."),
        ("vi", "Tuyên bố chung về Hiệp ước Bầu trời Mở được ký vào tháng 5/2020 bởi mười bộ trưởng."),
    ),
    "notice": (
        ("en", "The United States will leave the Open Skies Treaty after three months of quarrels."),
        ("en", "The United States announced three months ago that it would withdraw from the Open Skies Treaty."),
        ("en", "The withdrawal from the Open Skies Treaty came eight months before the election."),
        ("fr", "Les États-Unis ont quitté le traité Ciel ouvert après trois mois de querelles."),
        ("de", "Die USA verlassen den Open-Skies-Vertrag nach drei Monaten Streit."),
    ),
    "range": (
        ("en", "The INF Treaty is about the 9M729, whose range is 480 km, Russia says, and not 2,500 km."),
        ("en", "The 9M729 has a range of 500 to 2,500 kilometres and so breaks the INF Treaty, Washington says."),
    ),
    "ratified": (
        ("en", "Russia ratified the Open Skies Treaty on 26 May 2001, when Putin signed the law."),
        ("en", "The Duma ratified the Open Skies Treaty in April 2000 or so, before Belarus did."),
        ("fr", "La Russie a ratifié le traité Ciel ouvert le 26 mai 2001."),
        ("de", "Russland hat den Open-Skies-Vertrag am 26. Mai 2001 ratifiziert."),
        ("it", "La Russia ha ratificato il trattato Cieli aperti il 26 maggio 2001."),
        ("es", "Rusia ratificó el Tratado de Cielos Abiertos el 26 de mayo de 2001."),
        ("ru", "Россия ратифицировала Договор по открытому небу 26 мая 2001 года."),
        ("vi", "Nga phê chuẩn Hiệp ước Bầu trời Mở ngày 26/5/2001."),
    ),
    "bare year": (
        ("en", "Russia violated the INF Treaty of 2014 reports said."),
        ("ru", "В 2019 году Договор РСМД рухнул окончательно."),
        ("vi", "Washington tố Nga vi phạm Hiệp ước INF năm 2014 và đòi hủy tên lửa."),
    ),
    "year word": (
        ("en", "France regretted in June 2020 that the United States formally left the Open Skies Treaty."),
        ("fr", "La France a regretté en juin 2020 que les États-Unis aient officiellement quitté le traité "
         "Ciel ouvert."),
    ),
    "announced": (
        ("en", "Trump announced in October 2018 that the United States would formally leave the INF Treaty."),
    ),
    "refused": (
        ("en", "Moscow denied that it formally withdrew from the Open Skies Treaty in 2019."),
    ),
    "signed": (
        ("en", "Ukraine signed the INF succession agreement in 1994, after the Soviet Union fell."),
    ),
    "signed_by": (
        ("en", "The Serbian minister signed a statement on the Open Skies Treaty."),
        ("en", "Serbia has yet to sign, and Kazakhstan would have signed the Open Skies Treaty."),
    ),
    "in force": (
        ("en", "The adapted treaty never entered into force; the CFE Treaty in its version of 1999 did not."),
        ("en", "Sanctions took effect in 2014, and the CFE Treaty lost its meaning."),
        ("en", "The CFE Treaty has been applied since July 1992 and in force since November."),
    ),
}  # fmt: skip


def article(words: str, at: str = "2021-03-01") -> Article:
    """Read a text of a day."""
    return read_words(Source(words, "text"), dt.date.fromisoformat(at))


@pytest.mark.parametrize("kind", INNOCENT)
def test_nobody_is_falsely_accused(kind: str) -> None:
    """No such sentence differs from the law."""
    for language, words in INNOCENT[kind]:
        read = article(words)
        assert read.language.code == language, words
        assert [one.why for one in read.checks if one.verdict == "differs"] == [], words


@pytest.mark.parametrize(
    "words",
    [
        "On 25 November 2020, the United States formally withdrew from the Open Skies Treaty.",
        "The INF Treaty was signed in 1989 and the CFE Treaty in 1990.",
        "The Open Skies Treaty was signed in 2002 and entered into force in 1992.",
        "The CFE Treaty was signed on 17 July 1992, when it was first applied.",
        "The United States gave three months' notice of its withdrawal from the Open Skies Treaty.",
        "Switzerland is a party to the Open Skies Treaty, the paper says.",
        "The Open Skies Treaty has 29 member states, of which 24 belong to NATO.",
        "Der INF-Vertrag wurde 1986 unterzeichnet, der KSE-Vertrag 1990.",
        "Der KSE-Vertrag von 1991 begrenzt die Zahl der Panzer.",
        "Le 25 novembre 2020, les États-Unis ont officiellement quitté le traité Ciel ouvert.",
        "Il trattato INF fu firmato nel 1986 da Reagan e Gorbaciov.",
        "El Tratado INF se firmó en 1986 y sigue en los libros.",
        "Договор РСМД был подписан в 1986 году, а потом забыт.",
        "Hiệp ước INF được ký năm 1986 giữa Liên Xô và Mỹ.",
    ],
)
def test_what_is_false_is_still_found(words: str) -> None:
    """Care does not make blind: a plain false sentence differs."""
    assert "differs" in [one.verdict for one in article(words).checks]


def test_doubt_says_what_speaks_against_it() -> None:
    """A verdict that was softened has the value of the law and what makes it doubtful."""
    (one,) = article("The Open Skies Treaty was expected to enter into force in 1993.").checks
    assert (one.verdict, one.law[0].value) == ("cannot_tell", "2002-01-01")
    assert "But the sentence may only suppose, plan, remember or deny it." in str(one.why)
