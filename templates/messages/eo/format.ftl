# How values are put together. What is missing here is said in English.

list-row-you = { " (Yersel)" }
date-range-html = <span class="date">{ $from }</span> tae <span class="date">{ $to }</span>
value-years =
    { $count ->
        [one] { $count } yeir
       *[other] { $count } yeirs
    }
value-months =
    { $count ->
        [one] { $count } mond
       *[other] { $count } monds
    }
