# Words for how values are put together.

submitted-at = { $date } am { $time }
list-row-you = { " (Chi)" }
