# Summaries, lists, the hub, signing out and the demonstration. What is missing here is said in English.

no-answer = Níor tugadh freagra ar bith
change = Athraigh
remove = Bain
list-row-completed = Déanta
status-completed = Déanta
status-in-progress = Cuid de déanta
status-not-started = Níl sé tosaithe go fóill
hub-link-completed = Amharc ar na freagraí
hub-link-in-progress = Lean ar aghaidh leis an mhír
hub-link-not-started = Tosaigh an mhír
