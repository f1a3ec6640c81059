# Words for what is wrong with an answer, and pages for what went wrong.

error-summary =
    { $count ->
        [one] There is a problem with your answer
       *[other] There are { $count } problems with your answer
    }
error-mandatory-question = Enter an answer
error-mandatory-textfield = Enter an answer
error-mandatory-number = Enter an answer
error-mandatory-textarea = Enter an answer
error-mandatory-radio-html = Select an answer <span class="ons-u-vh">to ‘{ $question_title }’</span>
error-mandatory-checkbox-html = Select at least one answer <span class="ons-u-vh">to ‘{ $question_title }’</span>
error-mandatory-dropdown = Select an answer
error-mandatory-date = Enter a date
error-mandatory-address = Enter an address
error-mandatory-duration = Enter a duration
error-mandatory-email = Enter an email address
error-mandatory-mobile-number = Enter a UK mobile number
error-not-a-choice = Choose one of the answers shown
error-not-choices = Choose only from the answers shown: { $values } is not one of them
error-number-too-small = Enter { $min } or more
error-number-too-small-exclusive = Enter a number above { $min }
error-number-too-large = Enter { $max } or less
error-number-too-large-exclusive = Enter a number below { $max }
error-total-sum-not-equals = Change your answers so that together they make { $total }
error-total-sum-not-less-than-or-equals = Change your answers so that together they make { $total } or less
error-total-sum-not-less-than = Change your answers so that together they make less than { $total }
error-total-sum-not-greater-than = Change your answers so that together they make more than { $total }
error-total-sum-not-greater-than-or-equals = Change your answers so that together they make { $total } or more
error-invalid-email-format = Enter an email address like name@example.com
error-invalid-number = Enter a number
error-invalid-integer = Enter a whole number
error-invalid-decimal = Enter a number with no more than { $max } decimal places
error-max-length-exceeded = Shorten your answer to { $max } characters or fewer
error-invalid-date = Enter a valid date
error-invalid-year-format = Enter a year of four figures, such as 2023
error-invalid-date-range = Enter an end date that comes after the start date
error-invalid-duration = Enter a valid duration
error-invalid-mobile-number = Enter a UK mobile number, such as 07700 900345 or +44 7700 900345
error-date-period-too-small = Enter dates that are { $min } or more apart
error-date-period-too-large = Enter dates that are { $max } or less apart
error-single-date-period-too-early = Enter a date after { $min }
error-single-date-period-too-late = Enter a date before { $max }
error-mutually-exclusive = Remove an answer

# Pages for what went wrong

business-surveys = Business surveys
other-surveys = All other surveys
sign-in-title = Page is not available
sign-in-heading = Sorry, you need to sign in again
sign-in-because = One of these has happened:
sign-in-inactive = you did nothing for 45 minutes, so we signed you out to keep your information safe
sign-in-not-signed-in = you opened a page that needs you to sign in first
sign-in-submitted = you opened a survey that has already been sent to us
sign-in-business-html = To get to your account, <a href="{ $href }">sign back in</a>
sign-in-social-html = To open this page, <a href="{ $href }">re-enter your access code</a>.
sign-in-either-business-html = If yours is a business survey, sign back in to <a href="{ $href }">your account</a>.
sign-in-either-other-html = If you began with an access code, <a href="{ $href }">re-enter your code</a>.
submission-complete-title = Submission Complete
submission-complete-heading = This page is no longer available
submission-complete-text = Your survey has been submitted
submission-complete-back = Return to previous page
forbidden-title = Sorry, there is a problem
forbidden-browser = A newer version of your browser may help.
forbidden-device = If not, try another browser, or another device.
forbidden-help-html = For further help, please <a href="{ $href }">contact us</a>.
forbidden-help-business-html = If yours is a business survey and you need more help, please <a href="{ $href }">contact us</a>.
forbidden-help-other-html = If you began with an access code and need more help, please <a href="{ $href }">contact us</a>.
not-found-title = Page not found
not-found-typed = If you typed the address, look it over for mistakes.
not-found-pasted = If you pasted it, make sure that you copied all of it.
not-found-either = If the address is right, or you came by a link or button, these can help.
not-found-help-html = If the address is right, or you came by a link or button, <a href="{ $href }">contact us</a> for more help.
not-found-help-business-html = If yours is a business survey, please <a href="{ $href }">contact us</a>.
not-found-help-other-html = If you began with an access code, please <a href="{ $href }">contact us</a>.
too-many-codes-title = You have reached the maximum number of individual access codes
too-many-codes-html = If you need more, please <a href="{ $href }">contact us</a>.
too-many-feedback-title = You have reached the maximum number of times for submitting feedback
too-many-feedback-html = If there is more you want to tell us, please <a href="{ $href }">contact us</a>.
problem-title = An error has occurred
problem-heading = Sorry, there is a problem with this service
problem-later = Try again later.
problem-saved = If you have started a survey, what you answered before is saved.
problem-business-html = If you were submitting your survey, check whether it reached us: <a href="{ $href }">sign in to your business survey account</a>.
problem-social-html = If you were submitting your survey, check whether it reached us: <a href="{ $href }">re-enter your code</a>.
problem-contact-html = If you need more help, <a href="{ $href }">contact us</a>.
problem-contact-business-html = If you need more help, <a href="{ $href }">contact us about business surveys</a>.
problem-contact-other-html = If you need more help, <a href="{ $href }">contact us about all other surveys</a>.
problem-reference = If you contact us, quote { $reference }
unavailable-title = Sorry, the service is busy
unavailable-safe = Everything you saved before is safe.
unavailable-not-saved = Your last answer is not saved yet. Wait a minute, then try again.
unavailable-wait = Wait a minute, then load this page again.
unavailable-help-html = If this goes on, <a href="{ $href }">contact us</a>.
unavailable-help-business-html = If this goes on and yours is a business survey, <a href="{ $href }">contact us</a>.
unavailable-help-other-html = If this goes on and you began with an access code, <a href="{ $href }">contact us</a>.
try-again = Try again
no-pdf-title = Sorry, the PDF cannot be made just now
no-pdf-safe = Nothing is lost: everything you saved or sent is safe. Wait a minute, then try again.
no-pdf-print-html = Or <a href="{ $href }">go back to the page</a> and print it from your browser.
