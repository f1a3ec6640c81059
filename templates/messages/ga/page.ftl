# Pages and what surrounds them. What is missing here is said in English.

thank-you-title = Fuair muid do fhreagraí
previous = Roimhe
language-en = English
language-cy = Cymraeg
language-ga = Gaeilge
language-eo = Ultais
save-and-continue = Sábháil agus lean ar aghaidh
continue = Lean ar aghaidh
submit-answers = Cuir isteach na freagraí
