# Summaries, lists, the hub, signing out and the demonstration. What is missing here is said in English.

no-answer = Nae repone gien
change = Cheynge
remove = Redd
list-row-completed = Throcht
status-completed = Throcht
status-in-progress = Onlie pairtly fillt oot
status-not-started = No stairtit
hub-link-completed = Hae a leuk at repones
hub-link-in-progress = Conteenye wi lay-oot
hub-link-not-started = Stairt lay-oot
