"""Further sentences as articles have them, innocent and false, written before the program read them.

Of the 178 innocent ones 13 were first taken for false; of the 46 false ones all were found.
"""

from __future__ import annotations

import datetime as dt
from typing import Final

import pytest

from skywitness.press.article import Article, read_words
from skywitness.press.source import Source

INNOCENT: Final = (
    ("en", "Secretary Pompeo tweeted in May 2020 that the United States had formally left the door open to "
     "the Open Skies Treaty."),
    ("en", "Since 2002, when the Open Skies Treaty took effect, more than 1,500 missions have been flown."),
    ("en", "In the 29 years since the Open Skies Treaty was signed, the world has changed."),
    ("en", "The Senate gave its advice on the CFE Treaty in November 1991, a year after signature."),
    ("en", "NATO suspended the CFE Treaty on 7 November 2023, hours after Russia's withdrawal took effect."),
    ("en", "Ukraine signed the Lisbon Protocol in May 1992 and the INF Treaty bound it from then on."),
    ("en", "Trump signed the defence bill in December 2019, which asked for four months' notice before "
     "leaving the Open Skies Treaty."),
    ("en", "Congress wanted 120 days' notice before any withdrawal from the Open Skies Treaty."),
    ("en", "It takes 72 hours of notice to fly under the Open Skies Treaty, and a state may withdraw."),
    ("en", "Belarus and Russia form one group of parties under the Open Skies Treaty since 1992."),
    ("en", "The 22 states that signed the CFE Treaty in 1990 became 30 when empires fell."),
    ("en", "Thirty years after the fall of the Wall, 16 NATO states that signed the CFE Treaty are 29."),
    ("en", "Montenegro is not a party to the Open Skies Treaty, nor is Ireland."),
    ("fr", "Depuis 2002, année où le traité Ciel ouvert est entré en vigueur, 1 500 missions ont eu lieu."),
    ("fr", "Le Congrès réclamait un préavis de 120 jours avant tout retrait du traité Ciel ouvert."),
    ("fr", "Il faut un préavis de 72 heures pour survoler un pays du traité Ciel ouvert."),
    ("fr", "Les 22 États signataires du traité FCE en 1990 sont devenus trente."),
    ("fr", "Trump a signé en décembre 2019 la loi de défense qui encadre la sortie du traité Ciel ouvert."),
    ("de", "Seit 2002, als der Open-Skies-Vertrag in Kraft trat, gab es 1500 Flüge."),
    ("de", "Der Kongress verlangte eine Frist von 120 Tagen vor jedem Austritt aus dem Open-Skies-Vertrag."),
    ("de", "Die 22 Unterzeichnerstaaten des KSE-Vertrags von 1990 wurden dreißig."),
    ("de", "Merkel bedauerte im Mai 2020 den Austritt der USA aus dem Open-Skies-Vertrag, der wirksam "
     "werden sollte."),
    ("it", "Dal 2002, quando il trattato Cieli aperti è entrato in vigore, si sono svolti 1.500 voli."),
    ("it", "Il Congresso chiedeva un preavviso di 120 giorni prima del ritiro dal trattato Cieli aperti."),
    ("it", "I 22 Stati firmatari del trattato FACE nel 1990 sono diventati trenta."),
    ("es", "Desde 2002, cuando el Tratado de Cielos Abiertos entró en vigor, hubo 1.500 vuelos."),
    ("es", "El Congreso pedía un preaviso de 120 días antes de retirarse del Tratado de Cielos Abiertos."),
    ("es", "Los 22 Estados firmantes del Tratado FACE en 1990 pasaron a ser treinta."),
    ("ru", "С 2002 года, когда Договор по открытому небу вступил в силу, состоялось 1500 полётов."),
    ("ru", "Конгресс требовал уведомить его за 120 дней до выхода из Договора по открытому небу."),
    ("ru", "22 государства, подписавшие ДОВСЕ в 1990 году, превратились в тридцать."),
    ("vi", "Từ năm 2002, khi Hiệp ước Bầu trời Mở có hiệu lực, đã có 1.500 chuyến bay."),
    ("vi", "Quốc hội Mỹ đòi được báo trước 120 ngày trước khi rút khỏi Hiệp ước Bầu trời Mở."),
    ("vi", "22 nước ký Hiệp ước CFE năm 1990 nay thành ba mươi nước thành viên."),
    ("en", "The 1999 summit adapted the CFE Treaty, but most parties never ratified the new text."),
    ("en", "By 2007 Russia had lost patience with the CFE Treaty and its flank limits."),
    ("en", "Ten years of talks passed between 1989 and 1992 before the Open Skies Treaty was signed."),
    ("en", "Signed by Reagan and Gorbachev, the INF Treaty unravelled in 2019."),
    ("en", "The INF Treaty was concluded after talks that had begun in 1981 in Geneva."),
    ("en", "Germany's Bundestag approved the Open Skies Treaty in 1993 and the government deposited its "
     "ratification in January 1994."),
    ("en", "Ukraine, which joined the Open Skies Treaty in 2000, signed a contract for a new aircraft in 2018."),
    ("en", "The Open Skies Treaty allows the 33 countries to fly over each other, and 1,500 flights took "
     "place until 2020."),
    ("en", "Sweden and Finland joined the Open Skies Treaty in 2002, after it had entered into force."),
    ("en", "At least 20 countries have flown under the Open Skies Treaty."),
    ("en", "Some 28 allies signed a letter in support of the Open Skies Treaty."),
    ("en", "The Treaty on Open Skies opened for signature in Helsinki and 25 states signed on the first day."),
    ("en", "Moscow warned in May 2020 that it would leave the Open Skies Treaty unless data stayed safe."),
    ("en", "The Pentagon said in 2019 that withdrawal from the Open Skies Treaty was an option."),
    ("en", "The United States left the Paris Agreement in November 2020 and the Open Skies Treaty that "
     "same month."),
    ("en", "The US left UNESCO in 2018, the INF Treaty in 2019 and the Open Skies Treaty in 2020."),
    ("en", "After the United States quit the INF Treaty in August 2019, Russia followed on 3 July with a "
     "law of its own."),
    ("en", "Biden, who took office on 20 January 2021, has not said whether he will rejoin the Open Skies "
     "Treaty the US left."),
    ("en", "The last Soviet missile covered by the INF Treaty was destroyed on 11 May 1991."),
    ("en", "The elimination under the INF Treaty ended in 1991, and inspections ended in 2001."),
    ("en", "Inspections under the INF Treaty came to an end, terminated as agreed, on 31 May 2001."),
    ("en", "Trial flights took place in 1996 although the Open Skies Treaty was not yet in force."),
    ("en", "The CFE Treaty was signed by 22 states and now counts 30 parties."),
    ("en", "Slovakia and the Czech Republic signed the Open Skies Treaty as one state."),
    ("en", "Neither Switzerland nor Serbia signed the Open Skies Treaty."),
    ("en", "Austria, Ireland and Malta did not sign the CFE Treaty."),
    ("en", "Kazakhstan refuses to sign the Open Skies Treaty."),
    ("en", "China should sign the INF Treaty, the president said."),
    ("en", "Japan signed off on a purchase after the INF Treaty collapsed."),
    ("en", "Would Serbia, if asked, sign the Open Skies Treaty?"),
    ("en", "A party may withdraw from the INF Treaty after giving notice; three months of talks had failed."),
    ("en", "Russia suspended the CFE Treaty 150 days after the president signed the decree of 13 July 2007."),
    ("en", "Within three months of leaving the Open Skies Treaty the Americans scrapped both aircraft."),
    ("en", "The new missile, banned by the INF Treaty, flew between 2,000 and 2,350 km, with a range "
     "beyond 500 km."),
    ("fr", "Les États-Unis ont quitté l'Unesco en 2018, le traité FNI en 2019 et Ciel ouvert en 2020."),
    ("fr", "Le traité FNI, conclu après six ans de négociations entamées en 1981, a vécu."),
    ("fr", "L'Ukraine, qui a rejoint le traité Ciel ouvert en 2000, a signé un contrat en 2018."),
    ("fr", "La Duma a approuvé le traité Ciel ouvert en avril 2001 et Moscou l'a ratifié en mai."),
    ("fr", "La Russie a averti en mai 2020 qu'elle sortirait du traité Ciel ouvert."),
    ("fr", "Ni la Suisse ni la Serbie n'ont signé le traité Ciel ouvert."),
    ("fr", "La Chine refuse de signer le traité FNI."),
    ("fr", "Quelque 28 alliés ont signé une lettre en faveur du traité Ciel ouvert."),
    ("fr", "Les inspections du traité FNI se sont achevées en 2001, l'élimination avait pris fin en 1991."),
    ("fr", "Les négociateurs du traité Ciel ouvert, réunis à Ottawa en 1990, ne l'avaient pas signé."),
    ("fr", "Le traité Ciel ouvert réunit 33 pays, soit dix de plus que les 23 pays membres du début."),
    ("fr", "Signé par Reagan et Gorbatchev, le traité FNI s'est effondré en 2019."),
    ("de", "Die USA verließen 2018 die Unesco, 2019 den INF-Vertrag und 2020 den Open-Skies-Vertrag."),
    ("de", "Der von Reagan und Gorbatschow unterzeichnete INF-Vertrag ist 2019 zerbrochen."),
    ("de", "Russland drohte im Mai 2020 mit dem Austritt aus dem Open-Skies-Vertrag."),
    ("de", "Der Bundestag stimmte 1993 zu, und Deutschland ratifizierte den Open-Skies-Vertrag im selben Jahr."),
    ("de", "Weder die Schweiz noch Serbien haben den Open-Skies-Vertrag unterzeichnet."),
    ("de", "China weigert sich, den INF-Vertrag zu unterzeichnen."),
    ("de", "Die Inspektionen des INF-Vertrags endeten 2001."),
    ("de", "Der INF-Vertrag, dessen Inspektionen 2001 endeten, galt weiter."),
    ("de", "Gut 20 Staaten haben unter dem Open-Skies-Vertrag Mitglieder in gemeinsame Teams entsandt."),
    ("de", "Im Jahr 2007 setzte Russland den 1990 unterzeichneten KSE-Vertrag aus."),
    ("de", "Als 1995 in Dayton unterzeichnet wurde, galt der KSE-Vertrag schon."),
    ("it", "Gli Stati Uniti hanno lasciato l'Unesco nel 2018, il trattato INF nel 2019 e Cieli aperti nel "
     "2020."),
    ("it", "Mosca ha avvertito nel maggio 2020 che sarebbe uscita dal trattato Cieli aperti."),
    ("it", "Né la Svizzera né la Serbia hanno firmato il trattato Cieli aperti."),
    ("it", "La Cina si rifiuta di firmare il trattato INF e non lo ha firmato."),
    ("it", "Il trattato INF, firmato da Reagan e Gorbaciov, è crollato nel 2019."),
    ("it", "Le ispezioni del trattato INF sono terminate nel 2001."),
    ("it", "Circa 28 alleati hanno firmato una lettera a favore del trattato Cieli aperti."),
    ("es", "Estados Unidos dejó la Unesco en 2018, el Tratado INF en 2019 y Cielos Abiertos en 2020."),
    ("es", "Moscú avisó en mayo de 2020 de que saldría del Tratado de Cielos Abiertos."),
    ("es", "Ni Suiza ni Serbia firmaron el Tratado de Cielos Abiertos."),
    ("es", "China se niega a firmar el Tratado INF, que nunca firmó."),
    ("es", "El Tratado INF, firmado por Reagan y Gorbachov, se derrumbó en 2019."),
    ("es", "Las inspecciones del Tratado INF concluyeron en 2001 y la eliminación llegó a su fin en 1991."),
    ("es", "Unos 28 aliados firmaron una carta a favor del Tratado de Cielos Abiertos."),
    ("ru", "США вышли из ЮНЕСКО в 2018 году, из Договора РСМД в 2019-м, а из Договора по открытому небу в "
     "2020-м."),
    ("ru", "Подписанный Рейганом и Горбачёвым Договор РСМД рухнул в 2019 году."),
    ("ru", "Москва предупредила в мае 2020 года, что выйдет из Договора по открытому небу."),
    ("ru", "Ни Швейцария, ни Сербия не подписали Договор по открытому небу."),
    ("ru", "Китай отказывается подписать Договор РСМД; Пекин его не подписал."),
    ("ru", "Инспекции по Договору РСМД завершились в 2001 году, ликвидация прекратила существование в 1991 "
     "году."),
    ("ru", "Госдума ратифицировала Договор по открытому небу 18 апреля 2001 года."),
    ("ru", "В 2007 году Россия приостановила подписанный в 1990 году ДОВСЕ."),
    ("vi", "Mỹ rời khỏi UNESCO năm 2018, Hiệp ước INF năm 2019 và Hiệp ước Bầu trời Mở năm 2020."),
    ("vi", "Nga cảnh báo hồi tháng 5/2020 rằng sẽ rút khỏi Hiệp ước Bầu trời Mở."),
    ("vi", "Cả Thụy Sĩ lẫn Serbia đều chưa ký Hiệp ước Bầu trời Mở."),
    ("vi", "Trung Quốc từ chối ký Hiệp ước INF."),
    ("vi", "Hiệp ước INF, do Reagan và Gorbachev ký, sụp đổ năm 2019."),
    ("vi", "Việc thanh sát theo Hiệp ước INF chấm dứt năm 2001."),
    ("vi", "Năm 2007, Nga đình chỉ Hiệp ước CFE ký năm 1990."),
    ("vi", "Duma Nga phê chuẩn Hiệp ước Bầu trời Mở ngày 18/4/2001."),
    ("vi", "Khoảng 28 nước đồng minh ký thư ủng hộ Hiệp ước Bầu trời Mở."),
    ("en", "The Open Skies Treaty, which Eisenhower had proposed in 1955, was signed only after the Cold War."),
    ("en", "It was in 2001 that Russia and Belarus, both signatories of the Open Skies Treaty, finally moved."),
    ("en", "The treaty signed in Prague in 2010 replaced START; the INF Treaty stayed as it was."),
    ("en", "By the time Donald Trump took office in January 2017 the INF Treaty, signed long ago, was in "
     "trouble."),
    ("en", "The INF Treaty had 13 parties on paper, though two mattered."),
    ("en", "The Open Skies Treaty, ratified by the Senate in 1993, waited for Moscow."),
    ("en", "In 2019 the Trump administration left the INF Treaty, signed under Reagan."),
    ("en", "On 21 May 2020 the president told reporters he was leaving the Open Skies Treaty."),
    ("en", "Russia's parliament voted on 2 June 2021 to withdraw from the Open Skies Treaty."),
    ("en", "Putin signed the law on leaving the Open Skies Treaty on 7 June 2021."),
    ("en", "Parties to the Open Skies Treaty held a conference on 20 July 2021."),
    ("en", "The second review conference of the Open Skies Treaty ended on 9 June 2010."),
    ("en", "With Turkey voting no, 32 of the 33 parties to the Open Skies Treaty agreed."),
    ("en", "Lavrov said last week that America left the Open Skies Treaty in November, two weeks after the "
     "vote."),
    ("en", "Georgia stopped Russian flights under the Open Skies Treaty in 2012 and Russia left Abkhazia "
     "alone."),
    ("en", "The Dutch left Volkel in 2006, years before Russia quit the CFE Treaty's advisory group."),
    ("en", "More than half of the 33 member states of the Open Skies Treaty own no aircraft; 24 states share."),
    ("en", "The CFE Treaty, provisionally applied from July 1992, was then ratified by all 30."),
    ("en", "In July 1992 the CFE Treaty entered into force provisionally."),
    ("en", "Iceland became a party to the CFE Treaty in 1991, the last signatory to ratify in 1992 was "
     "Belarus."),
    ("fr", "Le 21 mai 2020, le président a dit vouloir quitter le traité Ciel ouvert."),
    ("fr", "La Douma a voté le 19 mai 2021 la sortie du traité Ciel ouvert."),
    ("fr", "Poutine a signé le 7 juin 2021 la loi qui dénonce le traité Ciel ouvert."),
    ("fr", "La conférence d'examen du traité Ciel ouvert s'est terminée le 9 juin 2010."),
    ("fr", "En 2019, l'administration Trump a quitté le traité FNI, signé sous Reagan."),
    ("fr", "Le traité Ciel ouvert, proposé dès 1955, n'a été signé qu'après la guerre froide."),
    ("fr", "Sur 33 États, 32 membres du traité Ciel ouvert ont dit oui."),
    ("de", "Am 21. Mai 2020 kündigte Trump den Rückzug aus dem Open-Skies-Vertrag an."),
    ("de", "Die Duma stimmte am 19. Mai 2021 für den Austritt aus dem Open-Skies-Vertrag."),
    ("de", "Putin unterzeichnete am 7. Juni 2021 das Gesetz über den Austritt aus dem Open-Skies-Vertrag."),
    ("de", "Im Jahr 2019 verließ die Regierung Trump den unter Reagan unterzeichneten INF-Vertrag."),
    ("de", "Die Überprüfungskonferenz zum Open-Skies-Vertrag endete am 9. Juni 2010."),
    ("de", "32 der 33 Vertragsstaaten des Open-Skies-Vertrags stimmten zu."),
    ("it", "Il 21 maggio 2020 Trump ha annunciato il ritiro dal trattato Cieli aperti."),
    ("it", "La Duma ha votato il 19 maggio 2021 l'uscita dal trattato Cieli aperti."),
    ("it", "Putin ha firmato il 7 giugno 2021 la legge sull'uscita dal trattato Cieli aperti."),
    ("it", "La conferenza di revisione del trattato Cieli aperti si è conclusa nel 2010."),
    ("it", "Nel 2019 l'amministrazione Trump ha abbandonato il trattato INF firmato da Reagan."),
    ("it", "32 dei 33 Stati parte del trattato Cieli aperti hanno detto sì."),
    ("es", "El 21 de mayo de 2020 Trump anunció la retirada del Tratado de Cielos Abiertos."),
    ("es", "La Duma votó el 19 de mayo de 2021 la salida del Tratado de Cielos Abiertos."),
    ("es", "Putin firmó el 7 de junio de 2021 la ley de salida del Tratado de Cielos Abiertos."),
    ("es", "En 2019 el Gobierno de Trump abandonó el Tratado INF firmado por Reagan."),
    ("es", "32 de los 33 Estados parte del Tratado de Cielos Abiertos dijeron que sí."),
    ("ru", "21 мая 2020 года Трамп объявил о выходе США из Договора по открытому небу."),
    ("ru", "19 мая 2021 года Дума проголосовала за выход России из Договора по открытому небу."),
    ("ru", "Путин 7 июня 2021 года подписал закон о денонсации Договора по открытому небу."),
    ("ru", "В 2019 году администрация Трампа вышла из Договора РСМД, подписанного Рейганом."),
    ("ru", "32 из 33 государств — участников Договора по открытому небу сказали да."),
    ("ru", "Обзорная конференция по Договору по открытому небу завершилась 9 июня 2010 года."),
    ("vi", "Ngày 21/5/2020, ông Trump tuyên bố rút khỏi Hiệp ước Bầu trời Mở."),
    ("vi", "Ngày 19/5/2021, Duma Nga bỏ phiếu rút khỏi Hiệp ước Bầu trời Mở."),
    ("vi", "Ngày 7/6/2021, ông Putin ký luật rút khỏi Hiệp ước Bầu trời Mở."),
    ("vi", "Năm 2019, chính quyền Trump rút khỏi Hiệp ước INF ký dưới thời Reagan."),
    ("vi", "32 trên 33 nước thành viên Hiệp ước Bầu trời Mở đồng ý."),
    ("vi", "Hội nghị kiểm điểm Hiệp ước Bầu trời Mở kết thúc ngày 9/6/2010."),
)  # fmt: skip

FALSE: Final = (
    ("en", "The Treaty on Open Skies, signed in Vienna in 1991, covers the whole of Europe."),
    ("en", "The CFE Treaty took effect in 1994."),
    ("en", "Washington formally left the INF Treaty on 5 August 2019."),
    ("en", "The Open Skies Treaty has 36 states parties."),
    ("en", "A state must give nine months' notice to withdraw from the CFE Treaty."),
    ("en", "Poland is not a party to the Open Skies Treaty."),
    ("en", "Signed in 1988, the INF Treaty removed a class of missiles."),
    ("en", "The INF Treaty of 1988 removed a class of missiles."),
    ("fr", "Le traité FCE a été signé à Vienne en 1991."),
    ("fr", "Le traité FCE est entré en vigueur en 1994, après deux ans d'attente."),
    ("fr", "Washington a officiellement quitté le traité FNI le 5 août 2019."),
    ("fr", "Le traité Ciel ouvert compte 36 États parties."),
    ("fr", "La Pologne n'est pas partie au traité Ciel ouvert."),
    ("de", "Der KSE-Vertrag wurde 1991 in Wien unterzeichnet."),
    ("de", "Der 1988 unterzeichnete INF-Vertrag verbot eine ganze Klasse von Raketen."),
    ("de", "Die USA haben den INF-Vertrag am 5. August 2019 formell verlassen."),
    ("de", "Der Open-Skies-Vertrag hat 36 Vertragsstaaten."),
    ("de", "Polen ist kein Vertragsstaat des Open-Skies-Vertrags."),
    ("it", "Il trattato FACE fu firmato a Vienna nel 1991."),
    ("it", "Il trattato FACE entrò in vigore nel 1994."),
    ("it", "Il trattato Cieli aperti conta 36 Stati parte."),
    ("it", "Washington è uscita formalmente dal trattato INF il 5 agosto 2019."),
    ("es", "El Tratado FACE se firmó en Viena en 1991."),
    ("es", "El Tratado FACE entró en vigor en 1994."),
    ("es", "El Tratado de Cielos Abiertos tiene 36 Estados parte."),
    ("es", "Washington abandonó formalmente el Tratado INF el 5 de agosto de 2019."),
    ("ru", "ДОВСЕ был подписан в Вене в 1991 году."),
    ("ru", "ДОВСЕ вступил в силу в 1994 году."),
    ("ru", "В Договоре по открытому небу участвуют 36 государств."),
    ("ru", "США официально вышли из Договора РСМД 5 августа 2019 года."),
    ("vi", "Hiệp ước CFE được ký tại Vienna năm 1991."),
    ("vi", "Hiệp ước CFE có hiệu lực từ năm 1994."),
    ("vi", "Hiệp ước Bầu trời Mở có 36 quốc gia thành viên."),
    ("vi", "Hoa Kỳ chính thức rút khỏi Hiệp ước INF ngày 5/8/2019."),
    ("en", "The Treaty on Conventional Armed Forces in Europe entered into force on 9 November 1993."),
    ("en", "The United States and the Soviet Union signed the INF Treaty in Washington on 8 December 1988."),
    ("en", "Switzerland signed the Open Skies Treaty in Helsinki."),
    ("fr", "Les États-Unis et l'Union soviétique ont signé le traité FNI le 8 décembre 1988."),
    ("fr", "Le traité sur les forces armées conventionnelles en Europe, entré en vigueur le 9 novembre "
     "1993, limite les chars."),
    ("de", "Die USA und die Sowjetunion unterzeichneten den INF-Vertrag am 8. Dezember 1988."),
    ("de", "Der KSE-Vertrag trat am 9. November 1993 in Kraft."),
    ("it", "Gli Stati Uniti e l'Urss firmarono il trattato INF l'8 dicembre 1988."),
    ("es", "Estados Unidos y la URSS firmaron el Tratado INF el 8 de diciembre de 1988."),
    ("ru", "США и СССР подписали Договор РСМД 8 декабря 1988 года."),
    ("vi", "Mỹ và Liên Xô ký Hiệp ước INF ngày 8/12/1988."),
    ("vi", "Hiệp ước CFE bắt đầu có hiệu lực từ ngày 9/11/1993."),
)  # fmt: skip

LISTS: Final = (
    ("en", "The 34 parties to the Open Skies Treaty, including Belgium, Canada, Denmark, Estonia and "
     "Finland, meet in Vienna."),
    ("en", "Ten ministers, from Belgium, Finland, France, Germany and Italy among others, issued a joint "
     "statement on the Open Skies Treaty."),
    ("en", "The foreign ministers of Belgium, France, Germany, Italy and Spain met to discuss the Open "
     "Skies Treaty."),
    ("en", "Aircraft from Denmark, Norway, Sweden, Switzerland and Serbia were at the air show as the Open "
     "Skies Treaty was debated."),
    ("en", "NATO members Belgium, Croatia, Albania, Montenegro and Slovenia are not all in the Open Skies "
     "Treaty."),
    ("en", "Outside the Open Skies Treaty stand Albania, Austria, Cyprus, Ireland and Switzerland."),
    ("en", "The Open Skies Treaty parties Belgium, Canada, Denmark, Estonia and Finland flew over Russia."),
    ("en", "Six countries flew under the Open Skies Treaty: Belgium, Canada, Denmark, Estonia, Finland, "
     "France."),
    ("en", "Seven of the 34 parties to the Open Skies Treaty flew: Belgium, Canada, Denmark, Estonia, "
     "Finland, France and Italy."),
    ("en", "The 29 NATO allies, among them Belgium, Canada, Denmark and Estonia, back the Open Skies Treaty."),
    ("fr", "Les ministres de la Belgique, de la France, de l'Allemagne, de l'Italie et de l'Espagne ont "
     "parlé du traité Ciel ouvert."),
    ("fr", "Parmi les 34 États parties au traité Ciel ouvert figurent la Belgique, le Canada, le Danemark, "
     "l'Estonie et la Finlande."),
    ("fr", "Hors du traité Ciel ouvert restent l'Albanie, l'Autriche, Chypre, l'Irlande et la Suisse."),
    ("de", "Die Minister aus Belgien, Frankreich, Deutschland, Italien und Spanien sprachen über den "
     "Open-Skies-Vertrag."),
    ("de", "Zu den 34 Vertragsstaaten des Open-Skies-Vertrags zählen Belgien, Kanada, Dänemark, Estland "
     "und Finnland."),
    ("de", "Außerhalb des Open-Skies-Vertrags stehen Albanien, Österreich, Zypern, Irland und die Schweiz."),
    ("it", "I ministri di Belgio, Francia, Germania, Italia e Spagna hanno discusso del trattato Cieli aperti."),
    ("it", "Tra i 34 Stati parte del trattato Cieli aperti figurano Belgio, Canada, Danimarca, Estonia e "
     "Finlandia."),
    ("it", "Fuori dal trattato Cieli aperti restano Albania, Austria, Cipro, Irlanda e Svizzera."),
    ("es", "Los ministros de Bélgica, Francia, Alemania, Italia y España hablaron del Tratado de Cielos "
     "Abiertos."),
    ("es", "Entre los 34 Estados parte del Tratado de Cielos Abiertos están Bélgica, Canadá, Dinamarca, "
     "Estonia y Finlandia."),
    ("es", "Fuera del Tratado de Cielos Abiertos quedan Albania, Austria, Chipre, Irlanda y Suiza."),
    ("ru", "Министры Бельгии, Франции, Германии, Италии и Испании обсудили Договор по открытому небу."),
    ("ru", "Среди 34 участников Договора по открытому небу — Бельгия, Канада, Дания, Эстония и Финляндия."),
    ("ru", "Вне Договора по открытому небу остаются Албания, Австрия, Кипр, Ирландия и Швейцария."),
    ("vi", "Bộ trưởng các nước Bỉ, Pháp, Đức, Ý và Tây Ban Nha bàn về Hiệp ước Bầu trời Mở."),
    ("vi", "Trong số 34 nước thành viên Hiệp ước Bầu trời Mở có Bỉ, Canada, Đan Mạch, Estonia và Phần Lan."),
    ("vi", "Đứng ngoài Hiệp ước Bầu trời Mở có Albania, Áo, Síp, Ireland và Thụy Sĩ."),
)  # fmt: skip


def article(language: str, words: str, day: dt.date = dt.date(2021, 3, 1)) -> Article:
    """Read a sentence in its language, of 1 March 2021 where no day is told."""
    read = read_words(Source(words, "text"), day)
    assert read.language.code == language, words
    return read


@pytest.mark.parametrize("language", ["vi", "en", "fr", "de", "it", "ru", "es"])
def test_what_need_not_be_false_does_not_differ(language: str) -> None:
    """Chains of acts, laws on leaving, conferences that end and votes are no false days of a treaty."""
    for _, words in [one for one in INNOCENT if one[0] == language]:
        assert [str(one.why) for one in article(language, words).checks if one.verdict == "differs"] == [], words


@pytest.mark.parametrize("language", ["vi", "en", "fr", "de", "it", "ru", "es"])
def test_what_is_false_differs(language: str) -> None:
    """Wrong days, numbers and members told plainly are found in every language."""
    for _, words in [one for one in FALSE if one[0] == language]:
        assert "differs" in [one.verdict for one in article(language, words).checks], words


@pytest.mark.parametrize("language", ["vi", "en", "fr", "de", "it", "ru", "es"])
def test_a_list_of_some_is_no_list_of_all(language: str) -> None:
    """States named as some of the Parties, as others, or as those who came are not held against all Parties."""
    for _, words in [one for one in LISTS if one[0] == language]:
        read = article(language, words, dt.date(2020, 5, 24))
        assert [str(one.why) for one in read.checks if one.verdict == "differs"] == [], words


def test_a_list_that_says_who_the_parties_are_differs() -> None:
    """A sentence that says who they are and leaves most out is false."""
    words = "The parties to the Open Skies Treaty are Belgium, Switzerland, Denmark, Estonia and Finland."
    assert [one.verdict for one in article("en", words).checks] == ["differs"]


@pytest.mark.parametrize(
    ("words", "verdict"),
    [
        ("Switzerland signed the Open Skies Treaty in 1992, the paper recalls.", "differs"),
        ("La Suisse a signé le traité Ciel ouvert en 1992.", "differs"),
        ("Thụy Sĩ ký Hiệp ước Bầu trời Mở năm 1992.", "differs"),
        ("Finland signed the Open Skies Treaty on 24 March 1992 in Helsinki.", "cannot_tell"),
    ],
)
def test_the_right_day_of_a_signature_does_not_make_its_signer_right(words: str, verdict: str) -> None:
    """A State that never signed is told beside the day of the treaty; one that joined otherwise cannot be told."""
    found = {
        one.kind: one.verdict for one in article({"S": "en", "F": "en", "L": "fr", "T": "vi"}[words[0]], words).checks
    }
    assert found == {"signed": "agrees", "signed_by": verdict}
