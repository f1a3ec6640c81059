# How values are put together. What is missing here is said in English.

list-row-you = { " (Yersel)" }
