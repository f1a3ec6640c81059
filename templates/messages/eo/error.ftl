# What is wrong with an answer, and pages for what went wrong. What is missing here is said in English.

error-mandatory-question = Pit in a repone
error-mandatory-textfield = Pit in a repone
error-mandatory-number = Pit in a repone
error-mandatory-textarea = Pit in a repone
error-mandatory-dropdown = Ootwale a repone
error-mandatory-date = Pit in a date
error-invalid-number = Pit in a nummer
error-invalid-date = Pit in a richt date
not-found-title = Page no fun
