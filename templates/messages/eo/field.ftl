# Input fields. What is missing here is said in English.

date-day = Day
date-month = Mond
date-year = Yeir
duration-years = Years
duration-months = Months
or = Or
checkbox-instruction = Ootwale aa tha yins 'at effeirs
dropdown-placeholder = Ootwale a repone
