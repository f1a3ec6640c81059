# Words for how values are put together.

submitted-at = { $date } at { $time }
list-row-you = { " (You)" }
date-range-html = <span class="date">{ $from }</span> to <span class="date">{ $to }</span>
value-years =
    { $count ->
        [one] { $count } year
       *[other] { $count } years
    }
value-months =
    { $count ->
        [one] { $count } month
       *[other] { $count } months
    }
