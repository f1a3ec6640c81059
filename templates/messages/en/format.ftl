# Words for how values are put together.

submitted-at = { $date } at { $time }
list-row-you = { " (You)" }
