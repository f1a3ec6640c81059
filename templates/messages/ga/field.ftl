# Input fields. What is missing here is said in English.

date-day = Lá
date-month = Mí
date-year = Bliain
duration-years = Years
duration-months = Months
or = Nó
checkbox-instruction = Roghnaigh na cinn uilig atá bainteach
dropdown-placeholder = Roghnaigh freagra
