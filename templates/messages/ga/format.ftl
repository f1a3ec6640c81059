# How values are put together. What is missing here is said in English.

list-row-you = { " (Tusa)" }
date-range-html = <span class="date">{ $from }</span> go <span class="date">{ $to }</span>
value-years =
    { $count ->
        [one] { $count } bliain
        [two] { $count } blianta
        [few] { $count } bliain
       *[other] { $count } blianta
    }
value-months =
    { $count ->
        [one] { $count } mí
       *[other] { $count } míonna
    }
