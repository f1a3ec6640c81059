# Pages and what surrounds them. What is missing here is said in English.

thank-you-title = We hae got yer repones
previous = Yin afore
language-en = English
language-cy = Cymraeg
language-ga = Gaeilge
language-eo = Ulstèr-Scotch
save-and-continue = Hain an conteenye
continue = Conteenye
submit-answers = Pit in repones
