# Words for how values are put together.

submitted-at = { $date } am { $time }
list-row-you = { " (Chi)" }
date-range-html = <span class="date">{ $from }</span> i <span class="date">{ $to }</span>
value-years =
    { $count ->
        [zero] { $count } blwyddyn
        [one] { $count } flwyddyn
        [two] { $count } flynedd
        [few] { $count } blynedd
        [many] { $count } blynedd
       *[other] { $count } o flynyddoedd
    }
value-months =
    { $count ->
        [two] { $count } fis
       *[other] { $count } mis
    }
